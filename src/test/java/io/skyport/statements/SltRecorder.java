package io.skyport.statements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a file of statements from the statements alone: {@code java ... SltRecorder <input> <output> ...}. The input has
 * statements that end with a semicolon at the end of a line, {@code #} comments and directives; answers are what Skyport
 * says now. Whoever records must read what was recorded.
 */
public final class SltRecorder {

    private final List<String> output = new ArrayList<>();
    private final EmbeddedServer server;
    private final EngineComparison comparison;

    private SltRecorder(EmbeddedServer server, EngineComparison comparison) {
        this.server = server;
        this.comparison = comparison;
    }

    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            System.out.println("=== " + arguments[i]);
            record(Path.of(arguments[i]), Path.of(arguments[i + 1]));
        }
    }

    private static void record(Path input, Path output) throws IOException {
        Path work = Files.createTempDirectory("skyport-record");
        SltOptions options = SltOptions.strict();
        try (PlainEngine plain = new PlainEngine(options.timeout());
                EmbeddedServer server = new EmbeddedServer(work, List.of(), plain, options.timeout())) {
            SltRecorder recorder = new SltRecorder(server, new EngineComparison(plain));
            recorder.record(Files.readAllLines(input));
            Files.createDirectories(output.toAbsolutePath().getParent());
            Files.write(output, recorder.output);
        }
    }

    private void record(List<String> lines) {
        List<String> sql = new ArrayList<>();
        for (String line : lines) {
            if (sql.isEmpty() && (line.isBlank() || line.startsWith("#"))) {
                output.add(line);
            } else {
                sql.add(line);
                if (line.endsWith(";")) {
                    String text = String.join("\n", sql);
                    record(text.substring(0, text.length() - 1));
                    sql.clear();
                }
            }
        }
    }

    /** A statement that begins with ! is expected to fail. What goes otherwise than it should becomes a comment. */
    private void record(String line) {
        boolean mustFail = line.startsWith("! ");
        String sql = mustFail ? line.substring(2) : line;
        Answer answer;
        try {
            answer = server.run(SltParser.DEFAULT_CONNECTION, sql);
        } catch (RuntimeException e) {
            left(e.toString(), sql);
            return;
        }
        EngineComparison.Verdict verdict = comparison.compare(
                SltParser.DEFAULT_CONNECTION, sql, server.compiled(SltParser.DEFAULT_CONNECTION, sql), answer);
        if (verdict.difference() != null) {
            left(verdict.difference(), sql);
            return;
        }
        if (mustFail != answer instanceof Answer.Failure) {
            left(answer.toString(), sql);
            return;
        }
        if (answer instanceof Answer.Rows rows) {
            String letters = String.join(
                    "", rows.columns().stream().map(SltRecorder::letter).toList());
            boolean ordered = EngineComparison.ordered(sql) || rows.rows().size() < 2;
            output.add("query " + letters + (ordered ? "" : " rowsort"));
            output.add(sql);
            output.add("----");
            SltRecord.SortMode mode = ordered ? SltRecord.SortMode.NOSORT : SltRecord.SortMode.ROWSORT;
            ExpectedRows.sorted(ExpectedRows.printed(rows.rows()), mode)
                    .forEach(row -> output.add(String.join("\t", row)));
        } else if (answer instanceof Answer.Count count) {
            output.add(count.rows() == 0 ? "statement ok" : "statement count " + count.rows());
            output.add(sql);
        } else if (answer instanceof Answer.Failure failure) {
            output.add("statement error");
            output.add(sql);
            output.add("----");
            output.add(failure.sqlState());
            failure.position().ifPresent(position -> output.add(position.toString()));
        }
        output.add("");
    }

    private void left(String why, String sql) {
        System.out.println("LEFT OUT " + why + "\n" + sql + "\n");
    }

    private static String letter(Answer.Column column) {
        String type = column.type();
        if (type.equals("DOUBLE") || type.equals("FLOAT") || type.startsWith("DECIMAL")) {
            return "R";
        }
        return type.endsWith("INT") || type.equals("INTEGER") || type.equals("UINTEGER") ? "I" : "T";
    }
}
