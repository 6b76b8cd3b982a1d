package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's data directory lies outside the one directory whose files a statement may name here. */
class FileAccessTest extends CompilerTestBase {

    @TempDir
    Path outside;

    @Override
    Path data() {
        return outside;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_blob('%s/default.duckdb')",
                "SELECT * FROM READ_TEXT('%s/default.duckdb')",
                "SELECT * FROM read_text(ARRAY['%s/default.duckdb'])",
                "SELECT * FROM glob('%s/*')",
                "SELECT * FROM read_csv('%s/x.csv')",
                "SELECT * FROM parquet_schema('%s/x.parquet')",
                "SELECT * FROM '%s/x.csv'",
                "CREATE VIEW v AS SELECT * FROM read_blob('%s/default.duckdb')",
                "CREATE TABLE t AS SELECT * FROM read_blob('%s/default.duckdb')",
                "CREATE EXTERNAL TABLE e STORED AS CSV LOCATION '%s'",
                "CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '%s/x.arrow'"
            })
    void the_database_files_are_out_of_reach(String text) {
        SkyportException refused = failure(text.formatted(outside));

        assertThat(refused.code()).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        assertThat(refused.position())
                .map(SqlPosition::column)
                .hasValueSatisfying(column -> assertThat(column).isGreaterThan(10));
    }

    @Test
    void a_link_out_of_the_directory_is_followed_and_refused() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), outside);

        assertThat(failure("SELECT * FROM read_blob('" + directory + "/link/default.duckdb')")
                        .code())
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        assertThat(failure("SELECT * FROM read_blob('" + directory + "/../" + outside.getFileName()
                                + "/default.duckdb')")
                        .code())
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('%s/' || 'x')",
                "SELECT * FROM read_text(?)",
                "SELECT * FROM read_text(ARRAY['%s/x', upper('y')])"
            })
    void files_that_are_not_literals_are_refused(String text) {
        assertThat(failure(text.formatted(directory)).code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void files_inside_are_read_also_by_list_and_with_options() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "x;y\n1;2\n");
        Files.writeString(directory.resolve("b.csv"), "x;y\n3;4\n");

        assertThat(rows("SELECT sum(x) FROM read_csv(ARRAY['%s/a.csv', '%s/b.csv'], delim => ';')"
                        .formatted(directory, directory)))
                .containsExactly(List.of("4"));
        assertThat(rows("SELECT count(*) FROM glob('" + directory + "/*.csv')")).containsExactly(List.of("2"));
        assertThat(rows("SELECT x, y FROM '" + directory + "/a.csv'")).containsExactly(List.of("1", "2"));
    }

    @Test
    void a_parameter_in_two_places_does_not_break_the_engine() {
        assertThat(rows("SELECT typeof($1), CAST($1 AS VARCHAR)", "x")).containsExactly(List.of("VARCHAR", "x"));
        assertThat(engine.available()).isTrue();
    }
}
