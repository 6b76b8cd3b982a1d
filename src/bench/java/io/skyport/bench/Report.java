package io.skyport.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a Markdown document. */
record Report(Map<String, String> conditions, List<Result> results) {

    private static final String GOALS = "\n## Goals\n\n";

    private static final String HEAD = """
            # Benchmarks

            Skyport over Arrow Flight SQL on loopback, in a JVM of its own, beside the same version of DuckDB used directly
            in the client's process. Both have the same data in a database file each, the same threads and memory, and take
            turns. Results are fetched whole, as Arrow, on both sides. `./mvnw -Pbench verify` writes this file.

            The ratio is Skyport's figure divided by DuckDB's. Every figure is of one run on one machine: read the ratios, not
            the milliseconds, and compare only what stands in one table.
            """;

    void write(Path file) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.writeString(file, markdown());
    }

    /**
     * Puts the results of a part of the measurements where the document has older ones, or after its others; each says
     * when it was measured, and on how busy a machine.
     */
    void update(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : HEAD + goals(List.of());
        String apart = " Measured by itself on " + LocalDate.now() + "; load average then: "
                + Result.ratio(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()) + ".";
        for (Result measured : results) {
            Result result = measured.noting(apart);
            text = replaced(text, "\n## " + result.title() + "\n", section(result));
            for (Result.Goal goal : result.goals()) {
                text = withGoal(text, goal);
            }
        }
        Files.writeString(file, text);
    }

    private static String replaced(String text, String heading, String section) {
        int start = text.indexOf(heading);
        if (start < 0) {
            int conditions = text.indexOf("\n## Conditions\n");
            start = conditions < 0 ? text.length() : conditions;
            return text.substring(0, start) + section + text.substring(start);
        }
        int end = text.indexOf("\n## ", start + heading.length());
        return text.substring(0, start) + section + (end < 0 ? "" : text.substring(end));
    }

    private static String withGoal(String text, Result.Goal goal) {
        String row = "| " + goal.goal() + " | " + goal.measured() + " | " + (goal.met() ? "yes" : "no") + " |";
        int start = text.indexOf("| " + goal.goal() + " |");
        if (start < 0) {
            int table = text.indexOf(GOALS) + GOALS.length();
            int end = text.indexOf("\n\n", table);
            return end < 0 ? text + row + "\n" : text.substring(0, end) + "\n" + row + text.substring(end);
        }
        int end = text.indexOf('\n', start);
        return text.substring(0, start) + row + text.substring(end);
    }

    private String markdown() {
        StringBuilder text = new StringBuilder(HEAD).append(goals(results));
        results.forEach(result -> text.append(section(result)));
        text.append("\n## Conditions\n\n");
        table(
                text,
                List.of("", ""),
                conditions.entrySet().stream()
                        .map(condition -> List.of(condition.getKey(), condition.getValue()))
                        .toList());
        return text.toString();
    }

    static String goals(List<Result> results) {
        StringBuilder text = new StringBuilder(GOALS);
        table(
                text,
                List.of("Goal", "Measured", "Met"),
                results.stream()
                        .flatMap(result -> result.goals().stream())
                        .map(goal -> List.of(goal.goal(), goal.measured(), goal.met() ? "yes" : "no"))
                        .toList());
        return text.toString();
    }

    static String section(Result result) {
        StringBuilder text = new StringBuilder("\n## ").append(result.title()).append("\n\n");
        text.append(result.about()).append("\n\n");
        table(text, result.columns(), result.rows());
        return text.toString();
    }

    private static void table(StringBuilder text, List<String> columns, List<List<String>> rows) {
        line(text, columns);
        line(
                text,
                columns.stream()
                        .map(column -> column.isEmpty() || column.equals("Goal") ? "---" : "---:")
                        .toList());
        rows.forEach(row -> line(text, row));
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
