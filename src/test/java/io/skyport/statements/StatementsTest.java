package io.skyport.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every file under {@code src/test/resources/statements}: as expected, and as the engine itself answers. */
class StatementsTest {

    /** Some files only: those whose path under {@code statements} contains this. */
    private static final String ONLY = System.getProperty("statements.only", "");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> each_statement_of_the_corpus_is_answered_as_expected_and_as_the_engine_does()
            throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(StatementsTest.class.getResource("/statements"))
                .toURI());
        return SltFiles.under(root).stream()
                .filter(file -> root.relativize(file).toString().contains(ONLY))
                .map(file -> DynamicTest.dynamicTest(
                        root.relativize(file).toString(), file.toUri(), () -> check(root, file)));
    }

    private void check(Path root, Path file) throws IOException {
        Path work = Files.createTempDirectory(directory, "file");
        SltReport report = SltRunner.run(file, root.relativize(file).toString(), work, SltOptions.strict());
        System.out.println(report.summary() + ", " + report.comparisons() + " compared");
        assertThat(report.failures()).as(report.summary()).isEqualTo(List.of());
        assertThat(report.passed()).as("statements of " + file).isPositive();
    }
}
