package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest extends EngineTestBase {

    private Path outside;

    @BeforeEach
    void create_files() throws IOException {
        outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret.csv"), "a,b\n1,2\n");
        Files.writeString(allowed().resolve("open.csv"), "a,b\n1,2\n");
        Files.createSymbolicLink(allowed().resolve("file-link.csv"), outside.resolve("secret.csv"));
        Files.createSymbolicLink(allowed().resolve("directory-link"), outside);
    }

    private String located(String sql) {
        return sql.replace("ALLOWED", allowed().toString())
                .replace("OUTSIDE", outside.toString())
                .replace("DATA", data().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('OUTSIDE/secret.csv')",
                "SELECT * FROM 'OUTSIDE/secret.csv'",
                "SELECT * FROM read_text('OUTSIDE/secret.csv')",
                "SELECT * FROM read_blob('/etc/hostname')",
                "SELECT * FROM glob('OUTSIDE/*')",
                "SELECT * FROM read_csv('ALLOWED/../outside/secret.csv')",
                "SELECT * FROM read_csv('ALLOWED/file-link.csv')",
                "SELECT * FROM read_csv('ALLOWED/directory-link/secret.csv')",
                "SELECT * FROM read_csv('ALLOWED/directory-link/*.csv')",
                "SELECT * FROM read_csv(['ALLOWED/open.csv', 'OUTSIDE/secret.csv'])",
                "SELECT * FROM read_parquet('https://example.org/x.parquet')",
                "COPY (SELECT 1) TO 'OUTSIDE/out.csv'",
                "COPY (SELECT 1) TO 'ALLOWED/../outside/out.csv'",
                "COPY (SELECT 1) TO 'ALLOWED/directory-link/out.csv'",
                "COPY (SELECT 1) TO 'DATA/out.csv'",
                "ATTACH 'OUTSIDE/other.duckdb' AS other",
                "ATTACH 'DATA/other.duckdb' AS other",
                "INSTALL httpfs",
                "LOAD 'OUTSIDE/x.duckdb_extension'"
            })
    void what_lies_outside_the_allowed_directories_is_refused(String sql) throws IOException {
        assertThat(codeOf(() -> update(located(sql)))).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        try (var files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("secret.csv"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET TimeZone = 'CET'",
                "SET GLOBAL threads = 1",
                "SET enable_external_access = true",
                "SET GLOBAL allowed_directories = ['/']",
                "RESET lock_configuration",
                "SET lock_configuration = false",
                "SET errors_as_json = false"
            })
    void no_setting_changes_any_more(String sql) {
        assertThat(codeOf(() -> update(sql))).isNotNull();
        assertThat(value("SELECT current_setting('lock_configuration')")).isEqualTo(true);
        assertThat(value("SELECT current_setting('enable_external_access')")).isEqualTo(false);
        assertThat(value("SELECT current_setting('TimeZone')")).isEqualTo("UTC");
    }

    @Test
    void allowed_directories_are_read_and_written() {
        assertThat(query(located("SELECT * FROM read_csv('ALLOWED/open.csv')"))).containsExactly(List.of(1L, 2L));
        update(located("COPY (SELECT 7 AS i) TO 'ALLOWED/out.parquet' (FORMAT parquet)"));
        assertThat(value(located("SELECT i FROM 'ALLOWED/out.parquet'"))).isEqualTo(7);
    }

    @Test
    void a_prefix_of_an_allowed_directory_is_not_allowed() throws IOException {
        Path sibling = Files.createDirectories(directory.resolve("allowed-not"));
        Files.writeString(sibling.resolve("x.csv"), "a\n1\n");
        assertThat(codeOf(() -> query("SELECT * FROM read_csv('" + sibling + "/x.csv')")))
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void databases_write_checkpoint_and_spill_behind_the_sandbox() {
        update("CREATE TABLE \"default\".main.t AS SELECT i, hash(i) AS h FROM range(200000) t(i)");
        update("CHECKPOINT \"default\"");
        update("DELETE FROM \"default\".main.t WHERE i % 2 = 0");
        update("FORCE CHECKPOINT \"default\"");
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(100_000L);
        assertThat(data().resolve("tmp")).isDirectory();
    }
}
