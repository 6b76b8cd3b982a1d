package io.skyport.statements;

import io.skyport.statements.SltRecord.Condition;
import io.skyport.statements.SltRecord.Control;
import io.skyport.statements.SltRecord.Ending;
import io.skyport.statements.SltRecord.ExpectedError;
import io.skyport.statements.SltRecord.Loop;
import io.skyport.statements.SltRecord.Place;
import io.skyport.statements.SltRecord.Query;
import io.skyport.statements.SltRecord.SortMode;
import io.skyport.statements.SltRecord.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads sqllogictest files as SQLite, DuckDB and sqllogictest-rs (DataFusion, CockroachDB) write them.
 *
 * <p>Where the tools disagree, the form tells: {@code statement error} may have its text on the line (sqllogictest-rs) or
 * after {@code ----} (DuckDB); the word after a query's types is a sort mode, or else DuckDB's name of a connection.
 */
final class SltParser {

    /** The session of records that name none. */
    static final String DEFAULT_CONNECTION = "default";

    private static final String SEPARATOR = "----";
    private static final String DIFFERS = "skyport: differs";
    private static final Set<String> LOOPS = Set.of("loop", "foreach", "concurrentloop", "concurrentforeach");
    private static final Set<String> CONTROLS = Set.of(
            "halt",
            "hash-threshold",
            "mode",
            "require",
            "require-env",
            "test-env",
            "load",
            "restart",
            "reconnect",
            "set",
            "reset",
            "sleep",
            "unzip",
            "include",
            "connection",
            "control",
            "subtest",
            "tags",
            "user",
            "system",
            "retry",
            "continue");

    private final String file;
    private final List<String> lines;
    private final List<Condition> conditions = new ArrayList<>();
    private @Nullable String differs;
    private String connection = DEFAULT_CONNECTION;
    private int at;

    private SltParser(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    /** @throws SltFormatException naming the line that cannot be read */
    static List<SltRecord> parse(String file, String text) {
        return new SltParser(file, text).records(false);
    }

    private List<SltRecord> records(boolean inLoop) {
        List<SltRecord> records = new ArrayList<>();
        while (at < lines.size()) {
            String line = lines.get(at).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                comment(line);
                at++;
            } else if (line.equals("endloop")) {
                if (!inLoop) {
                    throw wrong("endloop without loop");
                }
                at++;
                return records;
            } else {
                SltRecord record = record(line);
                if (record != null) {
                    records.add(record);
                    conditions.clear();
                    differs = null;
                }
            }
        }
        if (inLoop) {
            throw wrong("loop without endloop");
        }
        return records;
    }

    private void comment(String line) {
        String text = line.isEmpty() ? "" : line.substring(1).strip();
        if (text.startsWith(DIFFERS)) {
            differs = text.substring(DIFFERS.length()).strip();
            if (differs.isEmpty()) {
                throw wrong("a difference needs its reason");
            }
        }
    }

    private @Nullable SltRecord record(String line) {
        int comment = line.indexOf(" #");
        String[] words = line.split("\\s+");
        String name = words[0];
        if (name.equals("skipif") || name.equals("onlyif")) {
            if (words.length < 2) {
                throw wrong(name + " needs a name");
            }
            conditions.add(new Condition(name.equals("onlyif"), words[1]));
            at++;
            return null;
        }
        if (name.equals("statement")) {
            return statement(line, words);
        }
        if (name.equals("query")) {
            return query(line, words);
        }
        List<String> arguments = arguments(comment < 0 ? line : line.substring(0, comment));
        if (LOOPS.contains(name)) {
            Place place = place();
            at++;
            return new Loop(place, name, arguments, records(true));
        }
        if (!CONTROLS.contains(name)) {
            throw wrong("unknown directive: " + line);
        }
        Control control = new Control(place(), name, arguments);
        at++;
        if (name.equals("connection")) {
            connection = arguments.isEmpty() ? DEFAULT_CONNECTION : arguments.get(0);
        } else if (name.equals("system")) {
            body();
            result();
        }
        return control;
    }

    private static List<String> arguments(String line) {
        String[] words = line.strip().split("\\s+");
        return List.copyOf(Arrays.asList(words).subList(1, words.length));
    }

    private Place place() {
        return new Place(file, at + 1, List.copyOf(conditions), differs);
    }

    private Statement statement(String line, String[] words) {
        Place place = place();
        String kind = words.length > 1 ? words[1] : "";
        String rest = after(line, 2);
        at++;
        String sql = body();
        List<String> result = result();
        return switch (kind) {
            case "ok" -> new Statement(place, Ending.OK, ExpectedError.ANY, -1, connectionOr(withoutRetry(rest)), sql);
            case "count" ->
                new Statement(place, Ending.OK, ExpectedError.ANY, number(place, rest), connectionOr(""), sql);
            case "maybe" -> new Statement(place, Ending.MAYBE, error("", result), -1, connectionOr(rest), sql);
            case "error" -> {
                // DuckDB: a connection's name on the line and the text below; sqllogictest-rs: the text on the line.
                boolean named = result != null && !rest.isEmpty() && !rest.contains(" ");
                yield new Statement(
                        place,
                        Ending.ERROR,
                        error(named ? "" : rest, result),
                        -1,
                        connectionOr(named ? rest : ""),
                        sql);
            }
            default ->
                throw new SltFormatException(file, place.line(), "statement ok, error, maybe or count, not: " + line);
        };
    }

    private static ExpectedError error(String onLine, @Nullable List<String> below) {
        String text = below == null || below.isEmpty()
                ? onLine
                : String.join("\n", below).strip();
        if (text.startsWith("<REGEX>:")) {
            return new ExpectedError(text.substring("<REGEX>:".length()), true);
        }
        return new ExpectedError(text, below == null && !onLine.isEmpty());
    }

    private long number(Place place, String text) {
        try {
            return Long.parseLong(text.split(" ")[0]);
        } catch (NumberFormatException e) {
            throw new SltFormatException(file, place.line(), "a number of rows, not: " + text);
        }
    }

    private static String withoutRetry(String rest) {
        return rest.startsWith("retry ") ? "" : rest;
    }

    private String connectionOr(String named) {
        return named.isBlank() || named.startsWith("#") ? connection : named.split("\\s+")[0];
    }

    private SltRecord query(String line, String[] words) {
        Place place = place();
        at++;
        String sql = body();
        List<String> expected = result();
        if (words.length > 1 && words[1].equals("error")) {
            return new Statement(place, Ending.ERROR, error(after(line, 2), expected), -1, connectionOr(""), sql);
        }
        QueryWords head = new QueryWords(connection);
        for (int i = 2; i < words.length && !words[i].startsWith("#"); i++) {
            if (words[i].equals("retry")) {
                break;
            }
            for (String word : words[i].split(",")) {
                head.add(word);
            }
        }
        String types = words.length > 1 ? words[1] : "";
        return new Query(place, types, head.sort, head.columnNames, head.label, head.connection, sql, expected);
    }

    /** What follows a query's types. */
    private static final class QueryWords {
        private @Nullable SortMode sort;
        private boolean columnNames;
        private @Nullable String label;
        private String connection;
        private int words;

        QueryWords(String connection) {
            this.connection = connection;
        }

        void add(String word) {
            boolean first = words++ == 0;
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.equals("nosort") || lower.equals("rowsort") || lower.equals("valuesort")) {
                sort = SortMode.valueOf(lower.toUpperCase(Locale.ROOT));
            } else if (lower.startsWith("partialsort")) {
                // Sorted by some columns only: the order of the others is open.
                sort = SortMode.ROWSORT;
            } else if (lower.equals("colnames")) {
                columnNames = true;
            } else if (first && !word.startsWith("label")) {
                connection = word;
            } else if (!word.isEmpty()) {
                label = word;
            }
        }
    }

    /** The SQL: up to a blank line or the separator, which is left. */
    private String body() {
        List<String> sql = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).isBlank() && !isSeparator()) {
            sql.add(lines.get(at++));
        }
        return String.join("\n", sql);
    }

    /** What follows the separator up to a blank line; null without a separator. */
    private @Nullable List<String> result() {
        if (at >= lines.size() || !isSeparator()) {
            return null;
        }
        at++;
        List<String> result = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).isBlank()) {
            result.add(lines.get(at++));
        }
        return result;
    }

    private boolean isSeparator() {
        return lines.get(at).strip().equals(SEPARATOR);
    }

    private static String after(String line, int words) {
        String[] parts = line.split("\\s+", words + 1);
        return parts.length > words ? parts[words].strip() : "";
    }

    private SltFormatException wrong(String text) {
        return new SltFormatException(file, Math.min(at + 1, lines.size()), text);
    }
}
