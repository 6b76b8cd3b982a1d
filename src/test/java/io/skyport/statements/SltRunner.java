package io.skyport.statements;

import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlScript;
import io.skyport.statements.SltOptions.Comparison;
import io.skyport.statements.SltOptions.Errors;
import io.skyport.statements.SltRecord.Condition;
import io.skyport.statements.SltRecord.Control;
import io.skyport.statements.SltRecord.Ending;
import io.skyport.statements.SltRecord.ExpectedError;
import io.skyport.statements.SltRecord.Loop;
import io.skyport.statements.SltRecord.Query;
import io.skyport.statements.SltRecord.SortMode;
import io.skyport.statements.SltRecord.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs one file on an empty database. */
final class SltRunner implements AutoCloseable {

    /** What {@code skipif} and {@code onlyif} may call us: also the engine, whose dialect and answers are ours. */
    private static final Set<String> NAMES = Set.of("skyport", "duckdb");
    /** Requirements of DuckDB's files that always hold here. */
    private static final Set<String> MET = Set.of(
            "notwindows",
            "notmingw",
            "notmusl",
            "64bit",
            "longdouble",
            "noforcestorage",
            "skip_reload",
            "nothreadsan",
            "strinline",
            "vector_size",
            "exact_vector_size",
            "block_size",
            "ram",
            "disk_space",
            "noalternativeverify",
            "no_alternative_verify",
            "no_vector_verification",
            "no_block_verification",
            "no_latest_storage",
            "no_extension_autoloading",
            "allow_unsigned_extensions",
            "core_functions");

    private final SltOptions options;
    private final Path directory;
    private final SltReport report;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private SortMode sort = SortMode.NOSORT;
    private boolean substitution;
    private boolean skipping;
    private int databases;
    private PlainEngine plain;
    private EngineComparison comparison;
    private EmbeddedServer server;

    /** @param directory an empty one for databases and for what the file calls its test directory */
    SltRunner(String file, Path directory, SltOptions options) {
        this.options = options;
        this.directory = directory;
        this.report = new SltReport(file);
        this.plain = new PlainEngine(options.timeout());
        this.comparison = new EngineComparison(plain);
        this.server = serverOn(directory.resolve("data-0"));
    }

    private EmbeddedServer serverOn(Path data) {
        List<Path> directories = new ArrayList<>(options.directories());
        directories.add(tests());
        return new EmbeddedServer(data, directories, plain, options.timeout());
    }

    private Path tests() {
        try {
            return Files.createDirectories(directory.resolve("test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a file; whatever happens is in the report. */
    static SltReport run(Path file, String name, Path directory, SltOptions options) {
        try {
            return run(name, Files.readString(file), file, directory, options);
        } catch (IOException e) {
            SltReport report = new SltReport(name);
            report.fail(name + ": " + e);
            return report;
        }
    }

    static SltReport run(String name, String text, Path file, Path directory, SltOptions options) {
        List<SltRecord> records;
        try {
            records = SltParser.parse(name, text);
        } catch (SltFormatException e) {
            SltReport report = new SltReport(name);
            report.fail(e.getMessage());
            return report;
        }
        try (SltRunner runner = new SltRunner(name, directory, options)) {
            runner.include(records, file);
            return runner.report;
        }
    }

    /** Ends the file. */
    private static final class Halt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Halt() {
            super(null, null, false, false);
        }
    }

    private void include(List<SltRecord> records, Path file) {
        try {
            run(records, file);
        } catch (Halt halt) {
            // The rest was counted as skipped where it ended.
        }
    }

    private void run(List<SltRecord> records, Path file) {
        for (int i = 0; i < records.size(); i++) {
            try {
                run(records.get(i), file);
            } catch (Halt halt) {
                report.skip((int) records.subList(i + 1, records.size()).stream()
                        .filter(record -> !(record instanceof Control))
                        .count());
                throw halt;
            }
        }
    }

    private void run(SltRecord record, Path file) {
        if (record instanceof Control control) {
            control(control, file);
        } else if (skipping || !applies(record.place().conditions())) {
            report.skip(1);
        } else if (record instanceof Loop loop) {
            loop(loop, file);
        } else if (record instanceof Statement statement) {
            statement(statement);
        } else if (record instanceof Query query) {
            query(query);
        }
    }

    private boolean applies(List<Condition> conditions) {
        boolean only = conditions.stream().noneMatch(Condition::only);
        for (Condition condition : conditions) {
            boolean holds = holds(condition.name());
            if (!condition.only() && holds) {
                return false;
            }
            only |= condition.only() && holds;
        }
        return only;
    }

    private boolean holds(String name) {
        int equals = name.indexOf('=');
        return equals < 0
                ? NAMES.contains(name.toLowerCase(java.util.Locale.ROOT))
                : name.substring(equals + 1).equals(variables.get(name.substring(0, equals)));
    }

    private void loop(Loop loop, Path file) {
        List<String> arguments =
                loop.arguments().stream().map(this::substituted).toList();
        LoopValues values;
        try {
            values = LoopValues.of(loop.kind(), arguments);
        } catch (IllegalArgumentException e) {
            report.fail(loop.place() + ": " + e.getMessage());
            return;
        }
        for (List<String> round : values.rounds()) {
            for (int i = 0; i < values.names().size(); i++) {
                variables.put(values.names().get(i), round.get(i));
            }
            run(loop.body(), file);
        }
        values.names().forEach(variables::remove);
    }

    private String substituted(String text) {
        String result = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            result = result.replace("${" + variable.getKey() + "}", variable.getValue());
            if (substitution) {
                result = result.replace("$" + variable.getKey(), variable.getValue());
            }
        }
        String tests = tests().toString();
        return result.replace(substitution ? "$__TEST_DIR__" : "__TEST_DIR__", tests)
                .replace("__TEST_DIR__", tests)
                .replace("{TEST_DIR}", tests)
                .replace(
                        "__WORKING_DIRECTORY__",
                        options.directories().isEmpty()
                                ? tests
                                : options.directories().get(0).toString());
    }

    private void statement(Statement record) {
        String sql = substituted(record.sql());
        List<String> texts = texts(sql);
        Answer answer = new Answer.Count(0);
        for (String text : texts) {
            answer = execute(record, record.connection(), text, record.error());
            if (answer instanceof Answer.Failure) {
                break;
            }
        }
        String wrong = judge(record, answer, record.connection(), texts);
        if (wrong == null) {
            report.pass();
        } else {
            fail(record, sql, wrong);
        }
    }

    /** The statements of a text; a text that the cutter takes for none is left to Skyport to refuse. */
    private static List<String> texts(String sql) {
        List<String> texts = SqlScript.statements(sql).stream()
                .map(SqlScript.Statement::text)
                .toList();
        return texts.size() > 1 ? texts : List.of(sql);
    }

    private @Nullable String judge(Statement record, Answer answer, String connection, List<String> texts) {
        if (!(answer instanceof Answer.Failure failure)) {
            if (record.ending() == Ending.ERROR) {
                return "expected an error, got " + answer;
            }
            long count = answer instanceof Answer.Count affected
                    ? affected.rows()
                    : ((Answer.Rows) answer).rows().size();
            return record.count() < 0 || record.count() == count
                    ? null
                    : "expected " + record.count() + " rows, got " + count;
        }
        if (record.ending() == Ending.OK) {
            return failure.toString();
        }
        if (expected(record.error(), failure)) {
            return null;
        }
        if (options.errors() == Errors.ENGINE
                && !EngineComparison.REFUSALS.contains(failure.sqlState())
                && comparison.refused(connection, texts.get(texts.size() - 1)) instanceof Answer.Failure own
                && expected(record.error(), own)) {
            return null;
        }
        return "expected the error:\n" + record.error().text() + "\nactual:\n" + failure;
    }

    private boolean expected(ExpectedError error, Answer.Failure failure) {
        if (failure.sqlState().equals("XX000") && !error.text().equals("XX000")) {
            return false;
        }
        if (error.text().isEmpty() || options.errors() == Errors.ANY) {
            return true;
        }
        String message = failure.toString();
        return error.regex()
                ? Pattern.compile(error.text(), Pattern.DOTALL).matcher(message).find()
                : error.text().lines().allMatch(line -> message.contains(line.strip()));
    }

    private void query(Query record) {
        String sql = substituted(record.sql());
        List<String> texts = texts(sql);
        Answer answer = new Answer.Count(0);
        for (String text : texts) {
            answer = execute(record, record.connection(), text, null);
        }
        String wrong = answer instanceof Answer.Failure failure
                ? failure.toString()
                : mismatch(record, answer instanceof Answer.Rows rows ? rows : counted((Answer.Count) answer));
        if (wrong == null) {
            report.pass();
        } else {
            fail(record, sql, wrong);
        }
    }

    /** What a query of DML gives in DuckDB. */
    private static Answer.Rows counted(Answer.Count count) {
        return new Answer.Rows(
                List.of(new Answer.Column("Count", "BIGINT")), List.of(List.of(String.valueOf(count.rows()))));
    }

    private @Nullable String mismatch(Query record, Answer.Rows rows) {
        SortMode mode = record.sort() == null ? sort : record.sort();
        ExpectedRows judge = new ExpectedRows(record.types(), mode, options.tolerance(), rows);
        List<String> expected = record.expected();
        if (expected != null) {
            List<String> lines = expected.stream().map(this::substituted).toList();
            if (record.columnNames()) {
                String names = String.join(
                        " ", rows.columns().stream().map(Answer.Column::name).toList());
                if (lines.isEmpty() || !names.equals(lines.get(0).strip().replaceAll("\\s+", " "))) {
                    return "expected the columns:\n" + (lines.isEmpty() ? "" : lines.get(0)) + "\nactual:\n" + names;
                }
                lines = lines.subList(1, lines.size());
            }
            String wrong = judge.mismatch(lines);
            if (wrong != null) {
                return wrong;
            }
        }
        if (record.label() != null) {
            String known = labels.putIfAbsent(record.label(), judge.hash());
            if (known != null && !known.equals(judge.hash())) {
                return "the rows are not those of the earlier query with the label " + record.label() + ":\n"
                        + ExpectedRows.text(ExpectedRows.printed(rows.rows()));
            }
        }
        return null;
    }

    private Answer execute(SltRecord record, String connection, String sql, @Nullable ExpectedError error) {
        CompiledStatement compiled = server.compiled(connection, sql);
        Answer answer;
        try {
            answer = server.run(connection, sql);
        } catch (RuntimeException | StackOverflowError e) {
            answer = new Answer.Failure("XX000", "not Skyport's own exception: " + e, null);
        }
        if (options.comparison() != Comparison.OFF) {
            EngineComparison.Verdict verdict = comparison.compare(connection, sql, compiled, answer);
            if (verdict.compared()) {
                report.compared();
            }
            String difference = verdict.difference();
            if (difference != null && record.place().differs() == null) {
                String text = record.place() + ": " + difference + "\n" + sql;
                report.differ(text);
                if (options.comparison() == Comparison.FAIL) {
                    report.fail(text);
                }
            }
        }
        return answer;
    }

    private void fail(SltRecord record, String sql, String wrong) {
        report.fail(record.place() + ": " + wrong + "\n" + sql);
    }

    private void control(Control control, Path file) {
        List<String> arguments = control.arguments();
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        switch (control.name()) {
            case "mode" -> skipping = first.equals("skip") || (skipping && !first.equals("unskip"));
            case "halt" -> halt(control, "halt");
            case "require" -> {
                if (!MET.contains(first) && !plain.hasExtension(first)) {
                    halt(control, "requires " + String.join(" ", arguments));
                }
            }
            case "require-env" -> requireEnvironment(control, arguments);
            case "test-env" -> variables.put(first, arguments.size() > 1 ? arguments.get(1) : "");
            case "set" -> {
                if (first.equals("seed") && applies(control.place().conditions())) {
                    String seed = "SELECT setseed(" + arguments.get(1) + ")";
                    server.run(SltParser.DEFAULT_CONNECTION, seed);
                    plain.run(SltParser.DEFAULT_CONNECTION, seed);
                }
            }
            case "reset" -> labels.remove(arguments.size() > 1 ? arguments.get(1) : "");
            case "control" -> setting(first, arguments.size() > 1 ? arguments.get(1) : "");
            case "load" -> reopen(directory.resolve("data-" + ++databases), true);
            case "restart" -> reopen(directory.resolve("data-" + databases), false);
            case "reconnect" -> {
                server.disconnect(SltParser.DEFAULT_CONNECTION);
                plain.disconnect(SltParser.DEFAULT_CONNECTION);
            }
            case "include" -> arguments.forEach(name -> included(control, file, name));
            case "system" -> report.skip(1);
            default -> {
                // hash-threshold, sleep, unzip, subtest, tags, user, retry, connection: nothing to do here.
            }
        }
    }

    private void requireEnvironment(Control control, List<String> arguments) {
        String value = arguments.isEmpty() ? null : System.getenv(arguments.get(0));
        if (value == null || (arguments.size() > 1 && !value.equals(arguments.get(1)))) {
            halt(control, "requires the environment variable " + String.join(" ", arguments));
        }
        variables.put(arguments.get(0), value);
    }

    private void setting(String name, String value) {
        if (name.equals("sortmode")) {
            sort = SortMode.valueOf(value.toUpperCase(java.util.Locale.ROOT));
        } else if (name.equals("substitution")) {
            substitution = value.equals("on");
        }
    }

    private void halt(Control control, String why) {
        if (applies(control.place().conditions())) {
            report.note("line " + control.place().line() + ": " + why);
            throw new Halt();
        }
    }

    private void included(Control control, Path file, String name) {
        Path included = file.resolveSibling(substituted(name));
        try {
            run(SltParser.parse(included.getFileName().toString(), Files.readString(included)), included);
        } catch (IOException | SltFormatException e) {
            report.fail(control.place() + ": include: " + e.getMessage());
        }
    }

    /** Opens the server anew; the engine beside it keeps its database, unless a new one is begun. */
    private void reopen(Path data, boolean empty) {
        server.close();
        if (empty) {
            comparison.close();
            plain = new PlainEngine(options.timeout());
            comparison = new EngineComparison(plain);
        } else {
            plain.disconnect(SltParser.DEFAULT_CONNECTION);
        }
        server = serverOn(data);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IllegalStateException e) {
            report.fail(report.file() + ": " + e.getMessage());
        } finally {
            comparison.close();
        }
    }
}
