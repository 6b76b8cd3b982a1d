package io.skyport.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What is measured, on what, and with which limits. Both sides get the same threads and memory.
 *
 * @param scale TPC-H scale factor
 * @param runs measured runs of each query, after the warm-up
 * @param only names of the measurements to run; empty: all
 * @param jar the packaged server
 * @param directory where data and logs go; the generated data stays there for later runs
 * @param document the file that the results are written to
 * @param threads threads of each DuckDB
 * @param memory memory limit of each DuckDB in MiB
 * @param serverOptions JVM options of the server; empty: what {@code java -jar} does
 */
record BenchSettings(
        double scale,
        int runs,
        List<String> only,
        Path jar,
        Path directory,
        Path document,
        int threads,
        int memory,
        List<String> serverOptions) {

    private static final String PREFIX = "skyport.bench.";

    static BenchSettings fromSystemProperties() {
        return new BenchSettings(
                Double.parseDouble(value("sf", "1")),
                Integer.parseInt(value("runs", "7")),
                split(value("only", ""), ","),
                path("jar", "target/skyport.jar"),
                path("directory", "target/bench"),
                path("document", "docs/benchmarks.md"),
                Integer.parseInt(
                        value("threads", Integer.toString(Runtime.getRuntime().availableProcessors()))),
                Integer.parseInt(value("memory", "4096")),
                split(value("server-options", ""), " "));
    }

    private static String value(String name, String otherwise) {
        String value = System.getProperty(PREFIX + name, "");
        return value.isBlank() ? otherwise : value;
    }

    private static Path path(String name, String otherwise) {
        return Path.of(value(name, otherwise)).toAbsolutePath();
    }

    private static List<String> split(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The same on less or more data. */
    BenchSettings withScale(double other) {
        return new BenchSettings(other, runs, only, jar, directory, document, threads, memory, serverOptions);
    }

    boolean measures(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** The scale as a directory name and in print: {@code 1}, {@code 0.1}. */
    String scaleName() {
        return scale == Math.rint(scale) ? Long.toString((long) scale) : Double.toString(scale);
    }
}
