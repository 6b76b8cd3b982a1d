package io.skyport.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomQueriesTest {

    private static final int STATEMENTS = 6_000;
    private static final int DEPTH = 2;

    @TempDir
    Path directory;

    @Test
    void random_queries_have_the_engines_rows_names_and_types() throws InterruptedException {
        RandomStatements.Found found = RandomStatements.run(directory, "queries", STATEMENTS, random -> {
            return () -> new RandomQueries(random).query(DEPTH);
        });

        assertThat(found.differences()).isEmpty();
        assertThat(found.failing())
                .as("statements that fail in both")
                .isBetween(found.statements() / 100, found.statements() / 2);
    }
}
