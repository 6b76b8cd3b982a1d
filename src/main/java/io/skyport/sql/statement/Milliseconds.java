package io.skyport.sql.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as PostgreSQL's settings write them: a number of milliseconds, or of another unit that stands behind it. */
final class Milliseconds {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|min|h|d|)");
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final long SECOND = 1_000;
    private static final int DIGITS = 3;

    private Milliseconds() {}

    /** What a text stands for; negative if it is no time. */
    static long of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return -1;
        }
        BigDecimal unit = BigDecimal.valueOf(UNITS.getOrDefault(matcher.group(2), 1L));
        return new BigDecimal(matcher.group(1))
                .multiply(unit)
                .setScale(0, RoundingMode.UP)
                .longValueExact();
    }

    /** In seconds, with as many digits as it needs. */
    static String seconds(long milliseconds) {
        BigDecimal seconds = BigDecimal.valueOf(milliseconds, DIGITS).stripTrailingZeros();
        return (seconds.scale() < 0 ? seconds.setScale(0) : seconds).toPlainString();
    }

    /** As PostgreSQL shows it. */
    static String text(long milliseconds) {
        if (milliseconds == 0) {
            return "0";
        }
        return milliseconds % SECOND == 0 ? milliseconds / SECOND + "s" : milliseconds + "ms";
    }
}
