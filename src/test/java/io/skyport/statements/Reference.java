package io.skyport.statements;

import io.skyport.error.SkyportException;
import io.skyport.sql.functions.Synonym;
import io.skyport.sql.functions.Synonyms;
import io.skyport.sql.parser.SkyportParserConstants;
import io.skyport.sql.statement.RefusedStatement;
import io.skyport.sql.text.SqlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parts of the SQL reference that are made from the grammar, the server and the engine's functions. */
final class Reference {

    /** What a session may have for itself. */
    private static final Set<String> TEMPORARY = Set.of(
            "CreateMacroStatement",
            "CreateSequenceStatement",
            "CreateTableStatement",
            "CreateTypeStatement",
            "CreateViewStatement");

    private static final Path GRAMMAR = Path.of("src/main/codegen/includes");

    /** A production of a statement with the syntax in its comment; CREATE's share what stands before them. */
    private static final Pattern STATEMENT =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*SqlNode (\\w+Statement)\\((Span s)?", Pattern.DOTALL);

    /** Productions that only choose among others, or refuse. */
    private static final Set<String> NOT_SHOWN =
            Set.of("RefusedStatement", "CreateStatement", "CreateObjectStatement", "DmlStatement", "WithStatement");

    private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Z_0-9]*)\"");

    private final EmbeddedServer server;

    Reference(EmbeddedServer server) {
        this.server = server;
    }

    /** A generated part by its name. */
    String part(String name) {
        return switch (name) {
            case "statements" -> statements();
            case "refused statements" -> refused();
            case "settings" -> settings();
            case "reserved words" -> reserved();
            case "functions" -> functions();
            case "names of other servers" -> synonyms();
            default -> throw new IllegalArgumentException("there is no generated part " + name);
        };
    }

    private static String statements() {
        TreeMap<String, String> syntax = new TreeMap<>();
        try (Stream<Path> files = Files.list(GRAMMAR)) {
            for (Path file : files.sorted().toList()) {
                STATEMENT.matcher(Files.readString(file)).results().forEach(match -> add(match, syntax));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "```\n" + String.join("\n\n", syntax.values()) + "\n```\n";
    }

    private static void add(MatchResult match, TreeMap<String, String> syntax) {
        if (NOT_SHOWN.contains(match.group(2))) {
            return;
        }
        String comment = match.group(1)
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", "").stripTrailing())
                .collect(Collectors.joining("\n"))
                .strip();
        syntax.put(match.group(2), match.group(3) == null ? comment : create(match.group(2)) + comment);
    }

    private static String create(String production) {
        return "CREATE [ OR REPLACE ] " + (TEMPORARY.contains(production) ? "[ TEMPORARY ] " : "");
    }

    private static String refused() {
        StringBuilder table = new StringBuilder("| statement | because |\n|---|---|\n");
        new TreeMap<>(RefusedStatement.reasons())
                .forEach((word, reason) -> table.append("| `" + word + " ...` | " + reason + " |\n"));
        new TreeMap<>(RefusedStatement.objects())
                .forEach((kind, reason) ->
                        table.append("| `{ CREATE | ALTER | DROP } " + kind + " ...` | " + reason + " |\n"));
        return table.toString();
    }

    private String settings() {
        StringBuilder table = new StringBuilder("| setting | initially | meaning |\n|---|---|---|\n");
        for (List<String> row : rows("SHOW ALL")) {
            table.append("| `%s` | %s | %s |\n".formatted(row.get(0), code(row.get(1)), row.get(2)));
        }
        return table.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    /** Words that cannot name a column without quotes. */
    private static String reserved() {
        TreeSet<String> words = new TreeSet<>();
        for (String image : SkyportParserConstants.tokenImage) {
            Matcher word = WORD.matcher(image);
            if (word.matches() && !isName(word.group(1))) {
                words.add(word.group(1));
            }
        }
        return "`" + String.join("`, `", words) + "`\n";
    }

    private static boolean isName(String word) {
        try {
            SqlText.parse("SELECT t.a, " + word + " FROM t WHERE " + word + " = 1");
            return true;
        } catch (SkyportException e) {
            return false;
        }
    }

    private String functions() {
        StringBuilder text = new StringBuilder();
        for (String kind : List.of("scalar", "aggregate", "table", "macro", "table_macro")) {
            text.append("\n## ").append(title(kind)).append("\n\n| function | |\n|---|---|\n");
            for (List<String> row : rows("SELECT function_name,"
                    + " array_to_string(list_sort(list(DISTINCT"
                    + " array_to_string(coalesce(parameters, CAST([] AS VARCHAR[])), ', '))), ';')"
                    + " AS parameters, coalesce(min(description), '') AS description FROM duckdb_functions()"
                    + " WHERE function_type = '" + kind + "' AND database_name = 'system'"
                    + " AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')"
                    + " GROUP BY function_name ORDER BY function_name")) {
                if (available(row.get(0), kind)) {
                    text.append("| %s | %s |\n".formatted(signatures(row.get(0), row.get(1)), sentence(row.get(2))));
                }
            }
        }
        return text.toString();
    }

    private static String synonyms() {
        StringBuilder table = new StringBuilder("| written | is |\n|---|---|\n");
        for (Synonym synonym : Synonyms.all()) {
            String arguments = synonym.arguments() == Synonym.ANY
                    ? "..."
                    : IntStream.rangeClosed(1, synonym.arguments())
                            .mapToObj(i -> "$" + i)
                            .collect(Collectors.joining(", "));
            String is = synonym.isName() ? synonym.form() + "(" + arguments + ")" : synonym.form();
            table.append("| `%s(%s)` | `%s` |\n".formatted(synonym.name(), arguments, is.replace("|", "\\|")));
        }
        return table.append("| `date_format`, `str_to_date` | strftime, strptime with MySQL's formats |\n")
                .append(
                        "| `to_char`, `to_date`, `to_timestamp` with a format | strftime, strptime with PostgreSQL's templates |\n")
                .append("| `named_struct('a', 1, ...)` | `{'a': 1, ...}` |\n")
                .append("| `struct(a, ...)` | `{'c0': a, ...}` |\n")
                .append("| `first_value(...)`, `last_value(...)` without OVER | `first(...)`, `last(...)` |\n")
                .append("| `database()`, `schema()` | `current_database()`, `current_schema()` |\n")
                .toString();
    }

    private static String title(String kind) {
        return switch (kind) {
            case "scalar" -> "Scalar functions";
            case "aggregate" -> "Aggregates";
            case "table" -> "Table functions";
            case "macro" -> "Macros";
            default -> "Table macros";
        };
    }

    private boolean available(String name, String kind) {
        boolean table = kind.startsWith("table");
        Answer answer = server.run("reference", table ? "SELECT * FROM " + name + "()" : "SELECT \"" + name + "\"()");
        return !(answer instanceof Answer.Failure failure && failure.toString().contains("is not available"));
    }

    /** @param parameters those of each overload, with semicolons between */
    private static String signatures(String name, String parameters) {
        return Arrays.stream(parameters.split(";", -1))
                .map(arguments -> "`" + name + "(" + arguments.strip() + ")`")
                .collect(Collectors.joining("<br>"));
    }

    private static String sentence(String description) {
        String flat = description.replaceAll("\\s+", " ").strip();
        int end = flat.indexOf(". ");
        return (end < 0 ? flat : flat.substring(0, end + 1)).replace("|", "\\|");
    }

    private List<List<String>> rows(String sql) {
        Answer answer = server.run("reference", sql);
        if (!(answer instanceof Answer.Rows rows)) {
            throw new IllegalStateException(sql.toLowerCase(Locale.ROOT) + ": " + answer);
        }
        return rows.rows();
    }
}
