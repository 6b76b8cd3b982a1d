package io.skyport.statements;

import io.skyport.statements.SltRecord.SortMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges a query's rows by what its file expects. */
final class ExpectedRows {

    private static final Pattern HASH = Pattern.compile("(\\d+) values hashing to ([0-9a-f]{32})");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Comparator<List<String>> BY_VALUES = (a, b) -> {
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private final String types;
    private final SortMode sort;
    private final double tolerance;
    private final Answer.Rows answer;
    private final List<List<String>> actual;

    /** @param types the letters after {@code query} */
    ExpectedRows(String types, SortMode sort, double tolerance, Answer.Rows answer) {
        this.types = types;
        this.sort = sort;
        this.tolerance = tolerance;
        this.answer = answer;
        this.actual = sorted(printed(answer.rows()), sort);
    }

    /** Values as files have them. */
    static List<List<String>> printed(List<List<@Nullable String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(ExpectedRows::printed).toList())
                .toList();
    }

    private static String printed(@Nullable String value) {
        return value == null ? "NULL" : value.isEmpty() ? "(empty)" : value;
    }

    static List<List<String>> sorted(List<List<String>> rows, SortMode mode) {
        List<List<String>> sorted = new ArrayList<>(rows);
        if (mode == SortMode.ROWSORT) {
            sorted.sort(BY_VALUES);
        } else if (mode == SortMode.VALUESORT) {
            return flat(rows).stream().sorted().map(List::of).collect(Collectors.toList());
        }
        return sorted;
    }

    private static List<String> flat(List<List<String>> rows) {
        return rows.stream().flatMap(List::stream).toList();
    }

    /** What differs, or null. */
    @Nullable
    String mismatch(List<String> expected) {
        int columns = answer.columns().size();
        if (!types.isEmpty() && types.length() != columns) {
            return "expected " + types.length() + " columns (" + types + "), got " + columns + ": " + answer.columns();
        }
        Matcher hash = expected.size() == 1 ? HASH.matcher(expected.get(0).strip()) : HASH.matcher("");
        if (hash.matches()) {
            return hashMismatch(Integer.parseInt(hash.group(1)), hash.group(2));
        }
        List<List<String>> rows = rows(expected);
        if (matches(actual, rows) || (sort != SortMode.NOSORT && matches(actual, sorted(rows, sort)))) {
            return null;
        }
        return "expected:\n" + String.join("\n", expected) + "\nactual:\n" + text(actual);
    }

    static String text(List<List<String>> rows) {
        String text = rows.stream().limit(50).map(row -> String.join("\t", row)).collect(Collectors.joining("\n"));
        return rows.size() > 50 ? text + "\n... " + rows.size() + " rows" : text;
    }

    /** The MD5 of the values, each with a line feed. */
    String hash() {
        return hash(flat(actual));
    }

    static String hash(List<String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (String value : values) {
                digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return String.format("%032x", new BigInteger(1, digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable String hashMismatch(int count, String expected) {
        List<String> values = flat(actual);
        if (values.size() != count) {
            return "expected " + count + " values, got " + values.size() + ":\n" + text(actual);
        }
        if (hash(values).equals(expected) || hash(flat(asSqlitePrints())).equals(expected)) {
            return null;
        }
        return "expected values hashing to " + expected + ", got " + hash(values) + ":\n" + text(actual);
    }

    /** SQLite's runner prints by the letters: I without fraction, R with three digits of it. */
    private List<List<String>> asSqlitePrints() {
        List<List<String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : answer.rows()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(asSqlitePrints(i < types.length() ? types.charAt(i) : 'T', row.get(i)));
            }
            rows.add(values);
        }
        return sorted(rows, sort);
    }

    private static String asSqlitePrints(char letter, @Nullable String value) {
        if (value == null || !NUMBER.matcher(value).matches()) {
            return printed(value);
        }
        return switch (letter) {
            case 'I' -> new BigDecimal(value).toBigInteger().toString();
            case 'R' -> String.format(Locale.ROOT, "%.3f", Double.parseDouble(value));
            default -> value;
        };
    }

    /** The expected lines as rows: one value a line, or one row a line with tabs or blanks between the values. */
    private List<List<String>> rows(List<String> lines) {
        int columns = sort == SortMode.VALUESORT ? 1 : answer.columns().size();
        boolean rowWise = columns > 1 && lines.size() == answer.rows().size()
                || lines.size() % columns != 0
                || columns > 1 && lines.stream().allMatch(line -> line.contains("\t"));
        if (sort == SortMode.VALUESORT) {
            int width = answer.columns().size();
            boolean rowsOfValues = width > 1
                    && lines.size() == answer.rows().size()
                    && lines.size() > 0
                    && answer.rows().size() * width != lines.size();
            List<String> values = rowsOfValues
                    ? lines.stream()
                            .flatMap(line -> split(line, width).stream())
                            .toList()
                    : lines;
            return values.stream().map(List::of).toList();
        }
        if (rowWise) {
            return lines.stream().map(line -> split(line, columns)).toList();
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += columns) {
            rows.add(lines.subList(i, i + columns));
        }
        return rows;
    }

    private static List<String> split(String line, int columns) {
        if (columns == 1) {
            return List.of(line);
        }
        List<String> byTab = List.of(line.split("\t", -1));
        if (byTab.size() == columns) {
            return byTab;
        }
        List<String> byBlank = List.of(line.strip().split("\\s+"));
        return byBlank.size() == columns ? byBlank : List.of(line);
    }

    private boolean matches(List<List<String>> rows, List<List<String>> expected) {
        if (rows.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!rowMatches(rows.get(i), expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean rowMatches(List<String> row, List<String> expected) {
        if (row.size() != expected.size()) {
            // A row on a line whose values have blanks in them.
            return expected.size() == 1 && words(String.join(" ", row)).equals(words(expected.get(0)));
        }
        for (int i = 0; i < row.size(); i++) {
            boolean one = answer.columns().size() == row.size();
            String type = one ? answer.columns().get(i).type() : "VARCHAR";
            if (!valueMatches(row.get(i), expected.get(i), type, one && i < types.length() ? types.charAt(i) : 'T')) {
                return false;
            }
        }
        return true;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private boolean valueMatches(String value, String expected, String type, char letter) {
        if (value.equals(expected)) {
            return true;
        }
        if (expected.startsWith("<REGEX>:")) {
            return Pattern.compile(expected.substring(8), Pattern.DOTALL)
                    .matcher(value)
                    .find();
        }
        if (expected.startsWith("<!REGEX>:")) {
            return !Pattern.compile(expected.substring(9), Pattern.DOTALL)
                    .matcher(value)
                    .find();
        }
        if (type.equals("BOOLEAN")) {
            return truth(expected).contains(value);
        }
        if (type.startsWith("TIMESTAMP") && expected.length() > 10 && expected.charAt(10) == 'T') {
            return value.equals(
                    expected.substring(0, 10) + ' ' + expected.substring(11).replaceFirst("Z$", ""));
        }
        if (numeric(type) || letter == 'R' || letter == 'I') {
            return numberMatches(value, expected, type.equals("DOUBLE") || type.equals("FLOAT") || letter == 'R');
        }
        return words(value).equals(words(expected));
    }

    private static Set<String> truth(String expected) {
        return switch (expected.toLowerCase(Locale.ROOT)) {
            case "1", "t", "true" -> Set.of("true");
            case "0", "f", "false" -> Set.of("false");
            default -> Set.of();
        };
    }

    private static boolean numeric(String type) {
        return type.endsWith("INT")
                || type.equals("INTEGER")
                || type.equals("UINTEGER")
                || type.startsWith("DECIMAL")
                || type.equals("DOUBLE")
                || type.equals("FLOAT");
    }

    private boolean numberMatches(String value, String expected, boolean approximate) {
        String number = expected.strip();
        if (approximate && value.equalsIgnoreCase(number)) {
            return true;
        }
        if (!NUMBER.matcher(value).matches() || !NUMBER.matcher(number).matches()) {
            return approximate && special(value).equals(special(number));
        }
        if (!approximate) {
            return new BigDecimal(value).compareTo(new BigDecimal(number)) == 0;
        }
        double a = Double.parseDouble(value);
        double e = Double.parseDouble(number);
        double half = number.contains(".") && number.indexOf('e') < 0
                ? 0.5 * Math.pow(10, number.indexOf('.') + 1 - number.length())
                : 0;
        return Math.abs(a - e) <= Math.max(Math.abs(e) * tolerance + 1e-12, half * (1 + 1e-9));
    }

    private static String special(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals("infinity") ? "inf" : lower.equals("-infinity") ? "-inf" : lower;
    }
}
