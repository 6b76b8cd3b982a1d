package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a session's SQL cannot do, whatever form it takes: read or write outside the allowed directories, reach the server's own
 * files, change the engine, or run text that the compiler has not read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxTest {

    private static final String SECRET = "what-nobody-may-read";
    private static final Set<ErrorCode> REFUSALS = Set.of(
            ErrorCode.INSUFFICIENT_PRIVILEGE,
            ErrorCode.FEATURE_NOT_SUPPORTED,
            ErrorCode.SYNTAX_ERROR,
            ErrorCode.UNDEFINED_TABLE,
            ErrorCode.UNDEFINED_OBJECT,
            ErrorCode.UNDEFINED_FUNCTION,
            ErrorCode.INVALID_CATALOG_NAME,
            ErrorCode.INVALID_SCHEMA_NAME,
            ErrorCode.INVALID_PARAMETER_VALUE,
            ErrorCode.INVALID_OBJECT_DEFINITION,
            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
            ErrorCode.SYNTAX_OR_ACCESS_RULE_VIOLATION);

    private final BufferAllocator allocator = new RootAllocator();

    private Path directory;
    private Path allowed;
    private Path outside;
    private Path data;
    private DuckDbEngine engine;
    private Sessions sessions;
    private Session session;
    private Set<String> before;

    @BeforeAll
    void open(@TempDir Path temporary) throws IOException {
        directory = temporary.toRealPath();
        allowed = Files.createDirectories(directory.resolve("allowed"));
        outside = Files.createDirectories(directory.resolve("outside"));
        data = directory.resolve("data");
        engine = new DuckDbEngine(data, EngineProperties.defaults().allowing(allowed), allocator);
        sessions = EmbeddedSessions.over(engine, List.of(allowed), allocator);
        session = sessions.session("alice", Set.of("admin"), "token");
        run("CREATE TABLE victim (a INTEGER)");
        run("INSERT INTO victim VALUES (42)");
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        run("CREATE TABLE child (id INTEGER REFERENCES parent ON DELETE CASCADE)");
        Files.writeString(outside.resolve("secret.csv"), "a,b\n" + SECRET + ",2\n");
        Files.writeString(data.resolve("token.key"), SECRET);
        Files.writeString(data.resolve("tmp/spilled.csv"), "a,b\n" + SECRET + ",2\n");
        Files.writeString(data.resolve("external/copy.csv"), "a,b\n" + SECRET + ",2\n");
        Files.writeString(allowed.resolve("open.csv"), "a,b\n1,2\n");
        Files.createSymbolicLink(allowed.resolve("link.csv"), outside.resolve("secret.csv"));
        Files.createSymbolicLink(allowed.resolve("database.bin"), data.resolve("default.duckdb"));
        Files.createSymbolicLink(allowed.resolve("link"), outside);
        Files.createSymbolicLink(allowed.resolve("server"), data);
    }

    @BeforeEach
    void look() throws IOException {
        before = everything();
    }

    @AfterEach
    void nothing_was_written() throws IOException {
        assertThat(everything()).isEqualTo(before);
        assertThat(rows("SELECT a FROM victim")).containsExactly("42");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1"))
                .containsExactly("child", "parent", "victim");
    }

    @AfterAll
    void close() {
        sessions.close();
        engine.close();
        allocator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('FILE')",
                "SELECT * FROM READ_CSV_AUTO('FILE')",
                "SELECT * FROM \"read_csv\"('FILE')",
                "SELECT * FROM main.read_text('FILE')",
                "SELECT * FROM system.main.read_text('FILE')",
                "SELECT * FROM read_blob('FILE')",
                "SELECT * FROM read_parquet('FILE')",
                "SELECT * FROM parquet_scan('FILE')",
                "SELECT * FROM parquet_metadata('FILE')",
                "SELECT * FROM parquet_bloom_probe('FILE', 'a', 1)",
                "SELECT * FROM read_json('FILE')",
                "SELECT * FROM read_ndjson_objects('FILE')",
                "SELECT * FROM read_duckdb('FILE')",
                "SELECT * FROM sniff_csv('FILE')",
                "SELECT * FROM glob('FILE')",
                "SELECT * FROM read_text(ARRAY['ALLOWED/open.csv', 'FILE'])",
                "SELECT * FROM read_text(['FILE'])",
                "SELECT * FROM TABLE(read_text('FILE'))",
                "CALL read_text('FILE')",
                "SELECT * FROM 'FILE'",
                "SELECT * FROM \"FILE\"",
                "SELECT read_text('FILE')",
                "SELECT 'FILE'.read_text()",
                "SELECT unnest(glob('FILE'))",
                "SELECT * FROM victim, LATERAL read_text('FILE')",
                "SELECT * FROM victim JOIN 'FILE' ON true",
                "SELECT * FROM victim WHERE a IN (SELECT size FROM read_blob('FILE'))",
                "WITH x AS (SELECT * FROM read_text('FILE')) SELECT * FROM x",
                "SELECT (SELECT content FROM read_text('FILE'))",
                "PIVOT 'FILE' ON a USING sum(b)",
                "UNPIVOT 'FILE' ON a",
                "SUMMARIZE SELECT * FROM 'FILE'",
                "DESCRIBE SELECT * FROM 'FILE'",
                "EXPLAIN SELECT * FROM 'FILE'",
                "EXPLAIN ANALYZE SELECT * FROM read_text('FILE')",
                "SELECT * FROM histogram('FILE', 'a')",
                "SELECT * FROM histogram_values('FILE', 'a')",
                "SELECT * FROM histogram(source => 'FILE', col_name => 'a')",
                "SELECT * FROM pragma_table_info('FILE')",
                "SELECT * FROM pragma_show('FILE')",
                "SELECT * FROM pragma_storage_info('FILE')",
                "SELECT * FROM duckdb_table_sample('FILE')",
                "SELECT * FROM seq_scan('FILE')",
                "PRAGMA table_info('FILE')",
                "INSERT INTO victim SELECT size FROM read_blob('FILE')",
                "UPDATE victim SET a = 1 FROM 'FILE'",
                "DELETE FROM victim USING 'FILE'",
                "MERGE INTO victim USING 'FILE' s ON true WHEN MATCHED THEN DELETE",
                "CREATE TABLE c AS SELECT * FROM read_text('FILE')",
                "CREATE TEMPORARY TABLE c AS SELECT * FROM 'FILE'",
                "CREATE VIEW v AS SELECT * FROM read_text('FILE')",
                "CREATE MATERIALIZED VIEW v AS SELECT * FROM read_text('FILE')",
                "CREATE MACRO m() AS TABLE SELECT * FROM read_text('FILE')",
                "CREATE MACRO m() AS (SELECT content FROM read_text('FILE'))",
                "CREATE TYPE e AS ENUM (SELECT content FROM read_text('FILE'))",
                "CREATE TABLE c (a VARCHAR DEFAULT (SELECT content FROM read_text('FILE')))",
                "CREATE EXTERNAL TABLE e STORED AS CSV LOCATION 'FILE'",
                "CREATE EXTERNAL TABLE e STORED AS PARQUET LOCATION 'FILE'",
                "CREATE EXTERNAL TABLE e STORED AS JSON LOCATION 'FILE'",
                "CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION 'FILE'",
                "COPY victim FROM 'FILE'",
                "COPY (SELECT * FROM 'FILE') TO 'ALLOWED/copied.csv'",
                "PREPARE p AS SELECT * FROM read_text('FILE')"
            })
    void files_outside_are_not_read(String sql) {
        for (String file : List.of(
                "OUTSIDE/secret.csv",
                "ALLOWED/../outside/secret.csv",
                "ALLOWED/link.csv",
                "ALLOWED/link/secret.csv",
                "ALLOWED/li*.csv",
                "ALLOWED/*/secret.csv",
                "ALLOWED/link/*",
                "ALLOWED/[l]ink.csv",
                "DATA/token.key",
                "DATA/default.duckdb",
                "DATA/tmp/spilled.csv",
                "DATA/external/copy.csv",
                "ALLOWED/data*.bin",
                "ALLOWED/serve[r]/default.duckdb",
                "ALLOWED/*/tmp/*",
                "/proc/self/environ",
                "/etc/passwd",
                "file://OUTSIDE/secret.csv",
                "file:OUTSIDE/secret.csv",
                "~/secret.csv",
                "http://127.0.0.1:1/x.csv",
                "https://127.0.0.1:1/x.csv",
                "s3://bucket/x.csv",
                "hf://datasets/x.csv")) {
            refused(sql.replace("FILE", file));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY victim TO 'DIR/new.csv'",
                "COPY (SELECT 1 AS a) TO 'DIR/new.parquet' (FORMAT parquet)",
                "COPY victim TO 'DIR/new' (FORMAT csv, PER_THREAD_OUTPUT true)",
                "COPY (SELECT 1 AS a, 2 AS b) TO 'DIR/new' (FORMAT csv, PARTITION_BY (b))",
                "COPY victim TO 'ALLOWED/new' (FORMAT csv, PER_THREAD_OUTPUT true, FILENAME_PATTERN '../../outside/new')",
                "COPY victim TO 'ALLOWED/new' (FORMAT csv, PER_THREAD_OUTPUT true, FILE_EXTENSION '/../../outside/new')",
                "COPY victim TO PROGRAM 'touch DIR/new'",
                "EXPORT DATABASE 'DIR/new'",
                "ATTACH 'DIR/new.duckdb' AS other",
                "CREATE DATABASE \"DIR/new\"",
                "CREATE DATABASE \"../outside/new\"",
                "SET temp_directory = 'DIR'",
                "SET profiling_output = 'DIR/new'",
                "SET log_query_path = 'DIR/new'",
                "PRAGMA enable_profiling = 'json'",
                "SELECT write_log('x')",
                "PREPARE p AS COPY victim TO 'DIR/new'"
            })
    void nothing_is_written_outside(String sql) {
        for (String place : List.of(
                "OUTSIDE",
                "ALLOWED/../outside",
                "ALLOWED/link",
                "ALLOWED/server",
                "DATA",
                "DATA/tmp",
                "DATA/external")) {
            refused(sql.replace("DIR", place));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM \"QUERY\"('SELECT 1')",
                "CALL query('SELECT 1')",
                "SELECT * FROM system.main.query('SELECT 1')",
                "SELECT * FROM query_table('victim')",
                "SELECT * FROM query_table(['victim'])",
                "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "SELECT json_deserialize_sql(json_serialize_sql('SELECT 1'))",
                "SELECT json_serialize_plan('SELECT 1')",
                "SELECT json_serialize_plan('SELECT * FROM read_csv(''DATA/tmp/spilled.csv'')', optimize := true)",
                "SELECT * FROM from_substrait('x')",
                "CREATE VIEW v AS SELECT * FROM query('SELECT 1')",
                "CREATE MACRO m(q) AS TABLE SELECT * FROM query(q)",
                "CREATE MACRO m(f) AS TABLE SELECT * FROM read_text(f)",
                "CREATE MACRO m(f) AS TABLE SELECT * FROM histogram(f, 'a')",
                "CREATE MACRO m(f) AS TABLE SELECT * FROM pragma_storage_info(f)",
                "CREATE TABLE c (a VARCHAR DEFAULT getenv('PATH'))",
                "CREATE TABLE c (a VARCHAR CHECK (a <> getenv('PATH')))",
                "CREATE TABLE c (a VARCHAR, b VARCHAR GENERATED ALWAYS AS (getenv('PATH')))",
                "CREATE INDEX i ON victim ((getenv('PATH')))",
                "CREATE VIEW v AS SELECT getenv('PATH')",
                "SELECT getenv('PATH')",
                "SELECT victim.a FROM victim ORDER BY getenv('PATH')",
                "PREPARE p AS SELECT * FROM read_text(?)",
                "PREPARE p AS SELECT * FROM read_text($1)",
                "PREPARE p AS SELECT * FROM pragma_storage_info(?)",
                "PREPARE p AS COPY victim TO ?",
                "PREPARE p AS COPY victim FROM ?",
                "SELECT * FROM read_text('ALLOWED/' || 'open.csv')",
                "SELECT * FROM pragma_storage_info('vic' || 'tim')",
                "SELECT * FROM victim; DROP TABLE victim",
                "EXECUTE IMMEDIATE 'DROP TABLE victim'"
            })
    void text_that_the_compiler_has_not_read_does_not_run(String sql) {
        refused(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSTALL httpfs",
                "FORCE INSTALL httpfs FROM 'OUTSIDE'",
                "LOAD 'OUTSIDE/secret.csv'",
                "UPDATE EXTENSIONS",
                "ATTACH ':memory:' AS other",
                "DETACH \"default\"",
                "IMPORT DATABASE 'OUTSIDE'",
                "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
                "CREATE PERSISTENT SECRET s (TYPE s3)",
                "DROP SECRET s",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM which_secret('s3://bucket', 's3')",
                "SET memory_limit = '1GB'",
                "SET GLOBAL threads = 1",
                "SET enable_external_access = true",
                "SET SESSION lock_configuration = false",
                "SET allowed_directories = ['/']",
                "SET VARIABLE x = 1",
                "RESET lock_configuration",
                "RESET GLOBAL threads",
                "PRAGMA memory_limit = '1GB'",
                "PRAGMA threads = 1",
                "PRAGMA add_parquet_key('k', '0123456789112345')",
                "PRAGMA database_size",
                "CALL set_config('threads', '1', false)",
                "CALL enable_logging()",
                "CALL enable_profiling()",
                "CALL force_checkpoint()",
                "SELECT * FROM checkpoint()",
                "SELECT * FROM arrow_scan(1, 2, 3)",
                "SELECT * FROM arrow_scan_dumb(1, 2, 3)",
                "SELECT * FROM truncate_duckdb_logs()",
                "SELECT * FROM read_csv('ALLOWED/open.csv', store_rejects => true)",
                "SELECT * FROM read_csv('ALLOWED/open.csv', rejects_table => 'x', rejects_scan => 'y')",
                "SELECT * FROM read_csv('ALLOWED/open.csv', \"STORE_REJECTS\" => true)"
            })
    void the_engine_does_not_change(String sql) {
        refused(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE DATABASE \"_system\"",
                "CREATE SCHEMA \"_system\"",
                "CREATE SCHEMA _SYSTEM",
                "INSERT INTO _system.queries VALUES (1)",
                "DELETE FROM _system.queries",
                "UPDATE _system.queries SET id = 1",
                "TRUNCATE _system.queries",
                "DROP TABLE _system.queries",
                "DROP DATABASE _system",
                "DROP SCHEMA _system CASCADE",
                "CREATE TABLE _system.x (a INTEGER)",
                "CREATE TABLE _system.main.x (a INTEGER)",
                "ALTER TABLE _system.queries ADD COLUMN x INTEGER",
                "COPY _system.queries FROM 'ALLOWED/open.csv'",
                "CREATE TABLE system.main.x (a INTEGER)",
                "CREATE TABLE memory.main.x (a INTEGER)",
                "CREATE TABLE temp.main.x (a INTEGER)",
                "CREATE SCHEMA memory.x",
                "CREATE SCHEMA _skyport",
                "CREATE TABLE _skyport.x (a INTEGER)",
                "DELETE FROM _skyport.foreign_keys",
                "SELECT * FROM _skyport.foreign_keys",
                "INSERT INTO \"default\"._skyport.key_locks VALUES (1)",
                "ALTER TABLE _skyport.foreign_keys RENAME TO x",
                "DROP SCHEMA _skyport CASCADE",
                "DROP TABLE \"default\"._skyport.foreign_keys",
                "COMMENT ON TABLE victim IS 'skyport:materialized:8\nSELECT 1'",
                "CREATE VIEW v AS WITH \"skyport:external\" AS (SELECT 'ARROW' AS stored_as, 'x' AS location)"
                        + " SELECT x.read_parquet, 'DATA/external/copy.csv' FROM (SELECT 1 AS read_parquet) x",
                "WITH \"SkyPort:external\" AS (SELECT 1) SELECT 1"
            })
    void what_is_the_servers_own_stays_so(String sql) {
        refused(sql);
    }

    @Test
    void a_path_that_is_bound_is_a_text_and_no_file() {
        PreparedStatement prepared = session.prepare("SELECT a FROM victim WHERE CAST(a AS VARCHAR) <> ?");
        session.closePreparedStatement(prepared.handle());

        assertThat(catchThrowableOfType(SkyportException.class, () -> session.prepare("SELECT * FROM read_text(?)"))
                        .code())
                .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void what_is_allowed_works_beside_it() throws IOException {
        assertThat(rows("SELECT a FROM read_csv('" + allowed + "/open.csv')")).containsExactly("1");
        assertThat(rows("SELECT a FROM read_csv('" + allowed + "/op[e]n.*')")).containsExactly("1");
        Files.createDirectories(allowed.resolve("below"));
        run("COPY victim TO '" + allowed + "/below/new.csv'");
        assertThat(rows("SELECT a FROM '" + allowed + "/below/**/*.csv'")).containsExactly("42");
        assertThat(rows("SELECT count(*) FROM histogram('victim', a)")).containsExactly("1");
        Files.delete(allowed.resolve("below/new.csv"));
        Files.delete(allowed.resolve("below"));
    }

    private void refused(String sql) {
        String located = sql.replace("ALLOWED", allowed.toString())
                .replace("OUTSIDE", outside.toString())
                .replace("DATA/", data + "/")
                .replace("'DATA'", "'" + data + "'");
        SkyportException refusal = catchThrowableOfType(SkyportException.class, () -> {
            Execution execution = session.execute(located, new Cancellation());
            if (!execution.columns().isEmpty()) {
                read(execution);
            }
        });
        assertThat(refusal).as(located).isNotNull();
        assertThat(REFUSALS).as(located + ": " + refusal.getMessage()).contains(refusal.code());
        assertThat(refusal.getMessage()).doesNotContain(SECRET);
    }

    private void run(String sql) {
        session.update(sql, new Cancellation());
    }

    private List<String> rows(String sql) {
        return read(session.execute(sql, new Cancellation()));
    }

    private static List<String> read(Execution execution) {
        return SessionTestBase.rows(execution).stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .toList();
    }

    /** Every file there is, and what those have in them that SQL could write to. */
    private Set<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Set<String> found = new TreeSet<>();
            for (Path file : files.toList()) {
                boolean readable = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && !file.getFileName().toString().contains(".duckdb");
                found.add(file + (readable ? " " + Files.readString(file) : ""));
            }
            return found;
        }
    }
}
