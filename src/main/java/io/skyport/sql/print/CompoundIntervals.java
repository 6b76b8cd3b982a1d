package io.skyport.sql.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;

/** Intervals of several fields, as SQL writes them, in the engine's words, which has units for single fields only. */
final class CompoundIntervals {

    private static final Pattern YEAR_TO_MONTH = Pattern.compile("([+-]?)(\\d+)-(\\d+)");
    private static final Pattern DAY_TIME =
            Pattern.compile("([+-]?)(?:(\\d+) +)?(\\d+)(?::(\\d+))?(?::(\\d+))?(?:\\.(\\d{1,6})\\d*)?");
    private static final List<TimeUnit> UNITS = List.of(TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE, TimeUnit.SECOND);
    private static final int MICROSECOND_DIGITS = 6;
    private static final int[] MOST = {Integer.MAX_VALUE, 23, 59, 59};

    private CompoundIntervals() {}

    /** {@code 1-2} YEAR TO MONTH as {@code 1 YEAR 2 MONTH}; empty if the text is not of that form. */
    static Optional<String> engineText(String text, SqlIntervalQualifier qualifier, int sign) {
        String written = text.strip();
        if (written.chars().anyMatch(Character::isLetter)) {
            return sign < 0 ? Optional.empty() : Optional.of(written);
        }
        return qualifier.isYearMonth() ? yearToMonth(written, sign) : dayTime(written, qualifier, sign);
    }

    private static Optional<String> yearToMonth(String text, int sign) {
        Matcher fields = YEAR_TO_MONTH.matcher(text);
        if (!fields.matches() || number(fields.group(3)) > 11) {
            return Optional.empty();
        }
        String minus = minus(fields.group(1), sign);
        return Optional.of(minus + fields.group(2) + " YEAR " + minus + fields.group(3) + " MONTH");
    }

    /** The time's fields are those that end where the qualifier ends. */
    private static Optional<String> dayTime(String text, SqlIntervalQualifier qualifier, int sign) {
        Matcher matcher = DAY_TIME.matcher(text);
        int first = field(qualifier.getStartUnit());
        int last = field(qualifier.getEndUnit());
        if (!matcher.matches() || (matcher.group(2) == null) == (first == 0)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int group = 2; group <= 5; group++) {
            if (matcher.group(group) != null) {
                values.add(matcher.group(group));
            }
        }
        boolean fraction = matcher.group(6) != null;
        if (values.size() != last - first + 1 || (fraction && last != field(TimeUnit.SECOND))) {
            return Optional.empty();
        }
        String minus = minus(matcher.group(1), sign);
        StringBuilder engine = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0 && number(values.get(i)) > MOST[first + i]) {
                return Optional.empty();
            }
            engine.append(minus)
                    .append(values.get(i))
                    .append(' ')
                    .append(UNITS.get(first + i))
                    .append(' ');
        }
        if (fraction) {
            String digits = Objects.requireNonNull(matcher.group(6));
            engine.append(minus).append(digits).append("0".repeat(MICROSECOND_DIGITS - digits.length()));
            engine.append(" MICROSECOND");
        }
        return Optional.of(engine.toString().strip());
    }

    private static int field(TimeUnit unit) {
        return UNITS.indexOf(unit);
    }

    private static long number(String digits) {
        return digits.length() > MICROSECOND_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static String minus(String written, int sign) {
        return written.equals("-") == sign > 0 ? "-" : "";
    }
}
