package io.skyport.statements;

import io.skyport.sql.CompiledStatement;
import io.skyport.sql.EngineStatement;
import io.skyport.sql.StatementKind;
import io.skyport.statements.SltRecord.SortMode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine beside Skyport: the same texts in the same order on a database of its own.
 *
 * <p>DDL and DML that Skyport alone understands is replayed in the engine's SQL that Skyport made of it. When that fails
 * too, the two histories differ and nothing more is compared until {@link #restart}.
 */
final class EngineComparison implements AutoCloseable {

    private static final Pattern ORDER_BY = Pattern.compile("(?i)\\border\\s+by\\b");
    /** Strings, quoted names, comments and, from the inside out, what stands in parentheses. */
    private static final Pattern NESTED = Pattern.compile("(?s)'[^']*'|\"[^\"]*\"|--[^\\n]*|/\\*.*?\\*/|\\([^()]*\\)");
    /** The file that it makes is the same in both. */
    private static final Pattern COPY_TO = Pattern.compile("(?is)\\s*COPY\\b.*\\sTO\\s+'.*");

    /** Skyport answers these itself. */
    private static final Set<String> OWN_ANSWERS =
            Set.of("EXPLAIN", "SHOW", "DESCRIBE", "DESC", "SET", "RESET", "PRAGMA");

    /** What Skyport refuses by intention may touch files, or settings of the whole process: not run in the engine. */
    static final Set<String> REFUSALS = Set.of("0A000", "42501");

    private final PlainEngine engine;
    private boolean stale;

    EngineComparison(PlainEngine engine) {
        this.engine = engine;
    }

    /**
     * @param compared whether the engine could be asked
     * @param difference what differs, or null
     */
    record Verdict(boolean compared, @Nullable String difference) {
        static final Verdict NONE = new Verdict(false, null);
    }

    /** Runs the text and compares. {@code compiled} is what Skyport made of it, null if it refused it. */
    Verdict compare(String connection, String sql, @Nullable CompiledStatement compiled, Answer answer) {
        if (stale || PlainEngine.firstWord(sql).equals("PRAGMA")) {
            return Verdict.NONE;
        }
        if (answer instanceof Answer.Failure failure && REFUSALS.contains(failure.sqlState())) {
            return Verdict.NONE;
        }
        if (answer instanceof Answer.Failure failure) {
            Answer own = refused(connection, sql);
            boolean both = own instanceof Answer.Failure;
            return new Verdict(true, both ? null : "Skyport refuses what the engine accepts: " + failure);
        }
        Answer own = engine.run(connection, sql);
        if (own instanceof Answer.Failure) {
            boolean reads = COPY_TO.matcher(sql).matches()
                    || compiled != null
                            && (compiled.kind() == StatementKind.QUERY || compiled.kind() == StatementKind.SESSION);
            if (!reads) {
                replay(connection, compiled);
            }
            return Verdict.NONE;
        }
        if (compiled != null) {
            compiled.companions().after().forEach(companion -> engine.run(connection, companion.sql()));
        }
        if (OWN_ANSWERS.contains(PlainEngine.firstWord(sql))) {
            return Verdict.NONE;
        }
        boolean repeatable = compiled != null && !compiled.isVolatile();
        return new Verdict(true, difference(sql, answer, own, repeatable));
    }

    /** The engine's answer to what Skyport refused, without effect on its data. */
    Answer refused(String connection, String sql) {
        if (PlainEngine.isQuery(sql)) {
            return engine.run(connection, sql);
        }
        if (engine.run(connection, "BEGIN TRANSACTION") instanceof Answer.Failure) {
            return engine.run(connection, sql);
        }
        Answer answer = engine.run(connection, sql);
        engine.run(connection, "ROLLBACK");
        return answer;
    }

    private void replay(String connection, @Nullable CompiledStatement compiled) {
        stale = compiled == null
                || compiled.preparation() != null
                || Stream.of(
                                compiled.companions().before().stream().map(EngineStatement::sql),
                                Stream.of(compiled.engineSql()),
                                compiled.companions().after().stream().map(EngineStatement::sql))
                        .flatMap(texts -> texts)
                        .anyMatch(text -> engine.run(connection, text) instanceof Answer.Failure);
    }

    boolean stale() {
        return stale;
    }

    /** The difference of two answers, of which an error is one: the SQLSTATEs must be of one class. */
    @Nullable
    String difference(String sql, Answer answer, Answer own) {
        if (answer instanceof Answer.Failure failure && own instanceof Answer.Failure engineFailure) {
            boolean internal = failure.sqlState().startsWith("XX");
            return internal || !sameClass(failure, engineFailure)
                    ? "the engine's error: " + engineFailure + "\nSkyport's: " + failure
                    : null;
        }
        if (answer instanceof Answer.Failure || own instanceof Answer.Failure) {
            return "engine:  " + own + "\nSkyport: " + answer;
        }
        return difference(sql, answer, own, true);
    }

    private static boolean sameClass(Answer.Failure a, Answer.Failure b) {
        return a.sqlState().substring(0, 2).equals(b.sqlState().substring(0, 2));
    }

    private static @Nullable String difference(String sql, Answer answer, Answer own, boolean repeatable) {
        if (answer instanceof Answer.Rows rows && own instanceof Answer.Rows engineRows) {
            if (!sameColumns(rows.columns(), engineRows.columns())) {
                return "columns differ from the engine's\nengine:  " + engineRows.columns() + "\nSkyport: "
                        + rows.columns();
            }
            SortMode mode = ordered(sql) ? SortMode.NOSORT : SortMode.ROWSORT;
            List<List<String>> expected = ExpectedRows.sorted(ExpectedRows.printed(engineRows.rows()), mode);
            List<List<String>> actual = ExpectedRows.sorted(ExpectedRows.printed(rows.rows()), mode);
            return !repeatable || expected.equals(actual)
                    ? null
                    : "rows differ from the engine's\nengine:\n" + ExpectedRows.text(expected) + "\nSkyport:\n"
                            + ExpectedRows.text(actual);
        }
        if (answer instanceof Answer.Count count && own instanceof Answer.Count engineCount) {
            return !repeatable || count.equals(engineCount)
                    ? null
                    : "the engine affects " + engineCount.rows() + " rows, Skyport " + count.rows();
        }
        return null;
    }

    static boolean ordered(String sql) {
        String text = sql;
        String outer;
        while (!(outer = NESTED.matcher(text).replaceAll(" ")).equals(text)) {
            text = outer;
        }
        return ORDER_BY.matcher(text).find();
    }

    private static boolean sameColumns(List<Answer.Column> columns, List<Answer.Column> engine) {
        if (columns.size() != engine.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            Answer.Column column = columns.get(i);
            Answer.Column own = engine.get(i);
            if (!sameName(column.name(), own.name()) || !sameType(column.type(), own.type())) {
                return false;
            }
        }
        return true;
    }

    /** With integer_division the engine writes {@code /} as {@code //}; it quotes some names of types. */
    private static boolean sameName(String name, String own) {
        return spelled(name).equals(spelled(own));
    }

    private static String spelled(String label) {
        return label.replace("//", "/").replace("\"", "").replace(", ", ",");
    }

    /** The sum of integers is BIGINT in Skyport and HUGEINT in the engine, and so is what is computed of it. */
    private static boolean sameType(String type, String own) {
        return type.equals(own) || type.equals(own.replace("HUGEINT", "BIGINT"));
    }

    @Override
    public void close() {
        engine.close();
    }
}
