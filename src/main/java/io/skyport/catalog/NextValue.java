package io.skyport.catalog;

import io.skyport.catalog.EngineSqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defaults that are the next value of a sequence. */
final class NextValue {

    private static final Pattern CALL =
            Pattern.compile("[(\\s]*(?:CAST\\()?[(\\s]*nextval\\('((?:[^']|'')*)'.*", Pattern.DOTALL);

    private static final int PARTS = 3;

    private NextValue() {}

    static boolean is(String defaultExpression) {
        return CALL.matcher(defaultExpression).matches();
    }

    /** The sequence, if its full name is written. */
    static Optional<ObjectName> sequence(String defaultExpression) {
        Matcher call = CALL.matcher(defaultExpression);
        return call.matches() ? name(call.group(1).replace("''", "'")) : Optional.empty();
    }

    private static Optional<ObjectName> name(String text) {
        List<String> parts = new ArrayList<>();
        for (Token token : EngineSqlTokens.of(text)) {
            if (token.isName()) {
                parts.add(token.text());
            }
        }
        return parts.size() == PARTS
                ? Optional.of(new ObjectName(parts.get(0), parts.get(1), parts.get(2)))
                : Optional.empty();
    }
}
