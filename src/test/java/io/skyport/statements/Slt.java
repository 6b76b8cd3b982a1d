package io.skyport.statements;

import io.skyport.statements.SltOptions.Comparison;
import io.skyport.statements.SltOptions.Errors;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs anyone's files: {@code ./mvnw -Pslt verify -Dslt.path=<file or folder>}.
 *
 * <p>Prints a line for each file and what failed; the report has the differences from the engine as well. Ends with status
 * 1 if anything failed, 2 if there was nothing to run.
 */
public final class Slt {

    private static final int SHOWN_FAILURES = 20;

    private final SltOptions options;
    private final Path work;
    private final PrintStream report;
    private int passed;
    private int failed;
    private int skipped;
    private int differences;

    private Slt(SltOptions options, Path work, PrintStream report) {
        this.options = options;
        this.work = work;
        this.report = report;
    }

    /** System properties {@code slt.path}, {@code slt.output} and those of {@link #options()}. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(
                Path.of(System.getProperty("slt.path", "")), Path.of(System.getProperty("slt.output", "target/slt"))));
    }

    /** @return the status to end with */
    static int run(Path path, Path output) throws IOException {
        if (path.toString().isEmpty() || !Files.exists(path)) {
            System.err.println("-Dslt.path=<file or folder>: there is no '" + path + "'");
            return 2;
        }
        List<Path> files = SltFiles.under(path);
        if (files.isEmpty()) {
            System.err.println("there is no file to run in " + path);
            return 2;
        }
        Files.createDirectories(output);
        Path work = Files.createTempDirectory("skyport-slt");
        try (PrintStream report = new PrintStream(output.resolve("report.txt").toFile(), "UTF-8")) {
            Slt slt = new Slt(options(), work, report);
            for (Path file : files) {
                slt.run(
                        file,
                        path.equals(file)
                                ? file.getFileName().toString()
                                : path.relativize(file).toString());
            }
            return slt.end(files.size());
        } finally {
            delete(work);
        }
    }

    private static SltOptions options() {
        SltOptions lenient = SltOptions.lenient();
        List<Path> directories = new ArrayList<>();
        String directory = System.getProperty("slt.directory", "");
        if (!directory.isBlank()) {
            directories.add(Path.of(directory));
        }
        return new SltOptions(
                Errors.valueOf(setting("slt.errors", lenient.errors())),
                Comparison.valueOf(setting("slt.compare", lenient.comparison())),
                lenient.tolerance(),
                Duration.ofSeconds(Long.getLong("slt.timeout", lenient.timeout().toSeconds())),
                directories);
    }

    private static String setting(String name, Enum<?> otherwise) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? otherwise.name() : value.toUpperCase(Locale.ROOT);
    }

    private void run(Path file, String name) throws IOException {
        Path directory = Files.createTempDirectory(work, "file");
        SltReport done = SltRunner.run(file, name, directory, options);
        delete(directory);
        passed += done.passed();
        failed += done.failures().size();
        skipped += done.skipped();
        differences += done.differences().size();
        System.out.println(done.summary());
        done.failures().stream().limit(SHOWN_FAILURES).forEach(failure -> System.out.println("  " + indented(failure)));
        if (done.failures().size() > SHOWN_FAILURES) {
            System.out.println("  ... and " + (done.failures().size() - SHOWN_FAILURES) + " more in the report");
        }
        report.println(done.summary());
        done.failures().forEach(failure -> report.println("FAILED " + failure + "\n"));
        done.differences().forEach(difference -> report.println("DIFFERS " + difference + "\n"));
        report.flush();
    }

    private static String indented(String text) {
        return text.replace("\n", "\n    ");
    }

    private int end(int files) {
        String summary = String.format(
                "%d files: %d passed, %d failed, %d skipped, %d differ from the engine",
                files, passed, failed, skipped, differences);
        System.out.println(summary);
        report.println(summary);
        return failed == 0 ? 0 : 1;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted((a, b) -> b.compareTo(a)).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
