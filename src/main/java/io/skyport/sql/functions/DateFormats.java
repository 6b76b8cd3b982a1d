package io.skyport.sql.functions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats of dates as other servers write them, in the engine's own writing, strftime's. */
public final class DateFormats {

    /** MySQL's that mean something else to strftime. */
    private static final Map<Character, String> MYSQL = Map.ofEntries(
            Map.entry('c', "%-m"),
            Map.entry('e', "%-d"),
            Map.entry('k', "%-H"),
            Map.entry('h', "%I"),
            Map.entry('l', "%-I"),
            Map.entry('i', "%M"),
            Map.entry('s', "%S"),
            Map.entry('M', "%B"),
            Map.entry('W', "%A"),
            Map.entry('T', "%H:%M:%S"),
            Map.entry('r', "%I:%M:%S %p"));

    /** MySQL's that mean the same. */
    private static final String SAME = "YymdHISfpbajw%";

    private static final Pattern POSTGRES = Pattern.compile(
            "\"([^\"]*)\"|FM(?:DD|MM|HH24|HH12|HH|Month|Day)|YYYY|YY|DDD|DD|MM|MI|HH24|HH12|HH|SS|MS|US|AM|PM|am|pm"
                    + "|Month|Mon|Day|Dy|TZ|[A-Za-z0-9]|[^A-Za-z0-9\"]+");

    private static final Map<String, String> POSTGRES_PATTERNS = Map.ofEntries(
            Map.entry("YYYY", "%Y"),
            Map.entry("YY", "%y"),
            Map.entry("DDD", "%j"),
            Map.entry("DD", "%d"),
            Map.entry("FMDD", "%-d"),
            Map.entry("MM", "%m"),
            Map.entry("FMMM", "%-m"),
            Map.entry("MI", "%M"),
            Map.entry("HH24", "%H"),
            Map.entry("FMHH24", "%-H"),
            Map.entry("HH12", "%I"),
            Map.entry("HH", "%I"),
            Map.entry("FMHH12", "%-I"),
            Map.entry("FMHH", "%-I"),
            Map.entry("SS", "%S"),
            Map.entry("MS", "%g"),
            Map.entry("US", "%f"),
            Map.entry("AM", "%p"),
            Map.entry("PM", "%p"),
            Map.entry("FMMonth", "%B"),
            Map.entry("Mon", "%b"),
            Map.entry("FMDay", "%A"),
            Map.entry("Dy", "%a"),
            Map.entry("TZ", "%Z"),
            Map.entry("T", "T"));

    private DateFormats() {}

    /** A format of MySQL's DATE_FORMAT and STR_TO_DATE; empty if strftime cannot say it. */
    public static Optional<String> ofMySql(String format) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                written.append(c == '%' ? "%%" : String.valueOf(c));
                continue;
            }
            char letter = format.charAt(++i);
            String pattern = SAME.indexOf(letter) >= 0 ? "%" + letter : MYSQL.get(letter);
            if (pattern == null) {
                return Optional.empty();
            }
            written.append(pattern);
        }
        return Optional.of(written.toString());
    }

    /** A template of PostgreSQL's to_char and to_timestamp; empty if strftime cannot say it. */
    public static Optional<String> ofPostgres(String template) {
        StringBuilder written = new StringBuilder();
        Matcher part = POSTGRES.matcher(template);
        int at = 0;
        while (part.find(at) && part.start() == at) {
            String text = part.group();
            String pattern = POSTGRES_PATTERNS.get(text);
            boolean literal = part.group(1) != null || !Character.isLetterOrDigit(text.charAt(0));
            if (pattern == null && !literal) {
                return Optional.empty();
            }
            String plain = part.group(1) != null ? part.group(1) : text;
            written.append(pattern != null ? pattern : plain.replace("%", "%%"));
            at = part.end();
        }
        return at == template.length() ? Optional.of(written.toString()) : Optional.empty();
    }

    /** Of which server the formats are that {@code function} takes; empty if it takes none. */
    public static Optional<String> inEngineForm(String function, String format) {
        return switch (function.toLowerCase(Locale.ROOT)) {
            case "date_format", "str_to_date" -> ofMySql(format);
            default -> ofPostgres(format);
        };
    }
}
