package io.skyport.catalog;

import io.skyport.catalog.EngineSqlTokens.Token;
import io.skyport.engine.Connections;
import io.skyport.engine.EngineConnection;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The values that parameters of macros have when a call gives none. The engine tells them only to who calls a macro in a way
 * that it does not take: in the text of the failure.
 */
final class MacroDefaults {

    private static final String CANDIDATES = "Candidate macros:";

    private MacroDefaults() {}

    /**
     * The defaults of each overload, as SQL, by parameter: empty where there is none.
     *
     * @param overloads of one macro
     */
    static List<List<String>> of(Connections connections, List<DatabaseDefinition.Macro> overloads) {
        int most = overloads.stream()
                .mapToInt(overload -> overload.parameters().size())
                .max()
                .orElse(0);
        DatabaseDefinition.Macro first = overloads.get(0);
        String call = DatabaseDefinition.quoted(first.name()) + "("
                + String.join(", ", Collections.nCopies(most + 1, "NULL")) + ")";
        try (EngineConnection connection = connections.acquire()) {
            connection.describe(first.inFrom() ? "SELECT * FROM " + call : "SELECT " + call);
            return none(overloads);
        } catch (SkyportException e) {
            int start = e.text().indexOf(CANDIDATES);
            return start < 0 ? none(overloads) : read(e.text().substring(start + CANDIDATES.length()), overloads);
        }
    }

    private static List<List<String>> none(List<DatabaseDefinition.Macro> overloads) {
        return overloads.stream()
                .map(overload -> Collections.nCopies(overload.parameters().size(), ""))
                .toList();
    }

    /** One candidate after the other: the name, and parameters in parentheses, some with {@code := value}. */
    private static List<List<String>> read(String text, List<DatabaseDefinition.Macro> overloads) {
        List<List<String>> all = new ArrayList<>();
        String rest = text;
        for (DatabaseDefinition.Macro overload : overloads) {
            String begin = "\t" + overload.name().name() + "(";
            int start = rest.indexOf(begin);
            if (start < 0) {
                return none(overloads);
            }
            rest = rest.substring(start + begin.length());
            List<String> defaults = new ArrayList<>();
            int end = readParameters(rest, defaults);
            if (defaults.size() != overload.parameters().size()) {
                return none(overloads);
            }
            all.add(defaults);
            rest = rest.substring(end);
        }
        return all;
    }

    /** Returns where the parenthesis is closed. */
    private static int readParameters(String text, List<String> defaults) {
        int depth = 0;
        int value = -1;
        Token before = Token.END;
        for (Token token : EngineSqlTokens.of(text)) {
            if (depth == 0 && token.isSymbol('=') && before.isSymbol(':')) {
                value = token.end();
            } else if (depth == 0 && (token.isSymbol(',') || token.isSymbol(')'))) {
                if (before != Token.END) {
                    defaults.add(
                            value < 0
                                    ? ""
                                    : text.substring(value, token.start()).strip());
                }
                value = -1;
                if (token.isSymbol(')')) {
                    return token.end();
                }
            } else if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                depth++;
            } else if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) {
                depth--;
            }
            before = token;
        }
        return text.length();
    }
}
