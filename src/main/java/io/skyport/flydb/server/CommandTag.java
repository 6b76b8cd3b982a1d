package io.skyport.flydb.server;

import io.skyport.sql.SqlScript;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a result says that is no rows, in the words of FlyDB's own server ("INSERT 2", "CREATE TABLE OK"). */
final class CommandTag {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}_\"$.]+");
    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");
    private static final Set<String> OBJECTS = Set.of(
            "TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "SEQUENCE", "TYPE", "FUNCTION", "MACRO", "USER", "ROLE");
    private static final int LEADING = 400;

    private final String text;
    private final Supplier<String> engineSql;

    /** @param engineSql for statements whose own words do not tell what they write */
    CommandTag(String text, Supplier<String> engineSql) {
        this.text = text;
        this.engineSql = engineSql;
    }

    /** Whether the result is the text of a statement: SHOW CREATE TABLE. */
    boolean defines() {
        List<String> words = words(text);
        return words.size() > 1 && words.get(0).equals("SHOW") && words.get(1).equals("CREATE");
    }

    /** For rows of a query, or of what it wrote. */
    String text(long rows) {
        String first = words(text).get(0);
        return (WRITES.contains(first) ? first : "SELECT") + " " + rows;
    }

    /** For a statement without rows. */
    String text(long count, String databaseBefore, String database) {
        List<String> words = words(text);
        String first = words.get(0);
        if (WRITES.contains(first)) {
            return first + " " + count;
        }
        return switch (first) {
            case "WITH", "EXECUTE", "FROM", "REPLACE" -> written() + " " + count;
            case "CREATE", "DROP", "ALTER", "TRUNCATE" -> object(words, databaseBefore, database);
            case "BEGIN", "START" -> "BEGIN";
            case "COMMIT", "END" -> "COMMIT";
            case "ROLLBACK", "ABORT" -> words.contains("TO") ? "ROLLBACK TO SAVEPOINT " + lastWord() : "ROLLBACK";
            case "SAVEPOINT" -> "SAVEPOINT " + lastWord();
            case "RELEASE" -> "RELEASE SAVEPOINT " + lastWord();
            case "USE" -> "USE " + lastWord() + " OK";
            default -> first + " OK";
        };
    }

    private static String object(List<String> words, String databaseBefore, String database) {
        String object = words.stream().filter(OBJECTS::contains).findFirst().orElse("TABLE");
        String tag = words.get(0) + " " + object + " OK";
        boolean switched = object.equals("DATABASE") && !databaseBefore.equals(database);
        return switched ? tag + " (switched to " + database + ")" : tag;
    }

    private String written() {
        return words(engineSql.get()).stream()
                .filter(WRITES::contains)
                .findFirst()
                .orElse("EXECUTE");
    }

    private String lastWord() {
        List<String> names = split(text).toList();
        return names.get(names.size() - 1).replace("\"", "");
    }

    /** The first ones, in capitals; never none. */
    private static List<String> words(String sql) {
        List<String> words =
                split(sql).map(word -> word.toUpperCase(Locale.ROOT)).toList();
        return words.isEmpty() ? List.of("") : words;
    }

    private static Stream<String> split(String sql) {
        String statement = SqlScript.statements(sql).stream()
                .map(SqlScript.Statement::text)
                .findFirst()
                .orElse("");
        String leading = statement.substring(0, Math.min(LEADING, statement.length()));
        return BETWEEN_WORDS.splitAsStream(leading).filter(word -> !word.isEmpty());
    }
}
