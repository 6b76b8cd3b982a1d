package io.skyport.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomExpressionsTest {

    private static final int STATEMENTS = 14_000;
    private static final int DEPTH = 3;

    @TempDir
    Path directory;

    @Test
    void random_expressions_have_the_engines_values_and_types() throws InterruptedException {
        RandomStatements.Found found = RandomStatements.run(directory, "expressions", STATEMENTS, random -> {
            RandomExpressions expressions = new RandomExpressions(random);
            List<RandomExpressions.Column> columns = List.of(
                    new RandomExpressions.Column("a", "INTEGER"),
                    new RandomExpressions.Column("b", "BIGINT"),
                    new RandomExpressions.Column("d", "DOUBLE"),
                    new RandomExpressions.Column("n", "DECIMAL"),
                    new RandomExpressions.Column("s", "VARCHAR"),
                    new RandomExpressions.Column("f", "BOOLEAN"),
                    new RandomExpressions.Column("dt", "DATE"),
                    new RandomExpressions.Column("ts", "TIMESTAMP"),
                    new RandomExpressions.Column("l", "LIST"));
            return () -> expressions.within(
                    columns,
                    () -> SqlTree.of(
                            "",
                            "SELECT ",
                            expressions.of(expressions.anyType(), DEPTH),
                            " FROM t",
                            SqlTree.maybe(random.nextInt(3) == 0 ? " WHERE a = 1" : "")));
        });

        assertThat(found.differences()).isEmpty();
        assertThat(found.failing())
                .as("statements that fail in both")
                .isBetween(found.statements() / 100, found.statements() / 2);
    }
}
