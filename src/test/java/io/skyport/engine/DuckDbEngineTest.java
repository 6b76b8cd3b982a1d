package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.Test;

class DuckDbEngineTest extends EngineTestBase {

    private static final String TABLE = "\"default\".main.t";

    @Test
    void the_first_start_creates_the_default_database() {
        assertThat(data().resolve("default.duckdb")).exists();
        assertThat(engine.available()).isTrue();
        assertThat(engine.version()).startsWith("v");
    }

    @Test
    void data_survives_a_restart() {
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        assertThat(update("INSERT INTO " + TABLE + " VALUES ($1), ($2)", 1, 2)).isEqualTo(2);
        engine.close();
        engine = open(properties());
        assertThat(query("SELECT * FROM " + TABLE)).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void every_database_file_is_attached_under_its_name() throws Exception {
        engine.close();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + data().resolve("my sales.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 42 AS answer");
        }
        engine = open(properties());
        assertThat(value("SELECT answer FROM \"my sales\".main.t")).isEqualTo(42);
    }

    @Test
    void a_data_directory_in_use_is_refused_with_its_name() {
        assertThatThrownBy(() -> open(properties()))
                .hasMessageContaining("data directory " + data() + " is in use by another server");
        assertThat(value("SELECT 1")).isEqualTo(1);
    }

    @Test
    void a_file_that_is_no_database_stops_the_start_with_its_name() throws Exception {
        engine.close();
        Files.writeString(data().resolve("broken.duckdb"), "not a database, but long enough to look at".repeat(200));
        assertThat(failure(() -> open(properties())).getMessage())
                .contains("cannot open data directory")
                .contains("broken.duckdb");
        Files.delete(data().resolve("broken.duckdb"));
        engine = open(properties());
    }

    @Test
    void a_closed_stream_gives_its_connection_back() {
        EngineConnection connection = engine.acquire();
        EngineStream stream = connection.query("SELECT 1", List.of());
        assertThat(engine.activeConnections()).isEqualTo(1);
        assertThat(engine.openStreams()).isEqualTo(1);
        stream.close();
        stream.close();
        connection.close();
        assertThat(engine.activeConnections()).isZero();
        assertThat(engine.openStreams()).isZero();
    }

    @Test
    void a_batch_that_was_transferred_out_outlives_its_stream() {
        EngineStream stream = engine.acquire().query("SELECT i, 'text' AS s FROM range(10) AS t(i)", List.of());
        assertThat(stream.loadNextBatch()).isTrue();
        VectorSchemaRoot taken = VectorSchemaRoot.create(stream.schema(), allocator);
        try (taken) {
            try (ArrowRecordBatch buffers = new VectorUnloader(stream.root()).getRecordBatch()) {
                new VectorLoader(taken).load(buffers);
            }
            assertThat(stream.loadNextBatch()).isFalse();
            stream.close();
            assertThat(engine.activeConnections()).isZero();
            assertThat(taken.getVector("i").getObject(9)).isEqualTo(9L);
        }
    }

    @Test
    void a_failed_query_gives_its_connection_back() {
        EngineConnection connection = engine.acquire();
        assertThat(codeOf(() -> connection.query("SELECT nope", List.of()))).isEqualTo(ErrorCode.UNDEFINED_COLUMN);
        assertThat(engine.activeConnections()).isZero();
    }

    @Test
    void a_failed_update_keeps_its_connection_usable() {
        try (EngineConnection connection = engine.acquire()) {
            assertThat(codeOf(() -> connection.update("DROP TABLE " + TABLE, List.of())))
                    .isEqualTo(ErrorCode.UNDEFINED_TABLE);
            connection.update("CREATE TABLE " + TABLE + " (i INTEGER)", List.of());
        }
    }

    @Test
    void connections_are_bounded_and_waiting_for_one_is_too() {
        engine.close();
        engine = open(properties(2, Duration.ofMillis(50), 4));
        try (EngineConnection first = engine.acquire();
                EngineStream second = engine.acquire().query("SELECT 1", List.of())) {
            assertThat(engine.activeConnections()).isEqualTo(2);
            assertThat(codeOf(engine::acquire)).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
        }
        engine.acquire().close();
    }

    @Test
    void a_waiting_thread_gets_the_connection_that_comes_free() throws Exception {
        engine.close();
        engine = open(properties(1, Duration.ofSeconds(30), 4));
        EngineConnection only = engine.acquire();
        var waiter = java.util.concurrent.CompletableFuture.supplyAsync(() -> value("SELECT 7"));
        only.close();
        assertThat(waiter.get()).isEqualTo(7);
    }

    @Test
    void closing_a_connection_rolls_its_transaction_back() {
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            assertThat(connection.inTransaction()).isTrue();
            connection.update("INSERT INTO " + TABLE + " VALUES (1)", List.of());
        }
        assertThat(query("SELECT * FROM " + TABLE)).isEmpty();
    }

    @Test
    void a_committed_transaction_stays_and_one_rolled_back_does_not() {
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            connection.update("INSERT INTO " + TABLE + " VALUES (1)", List.of());
            connection.commit();
            connection.begin();
            connection.update("INSERT INTO " + TABLE + " VALUES (2)", List.of());
            connection.rollback();
            assertThat(connection.inTransaction()).isFalse();
        }
        assertThat(query("SELECT * FROM " + TABLE)).containsExactly(List.of(1));
    }

    @Test
    void a_failed_statement_leaves_the_transaction_open_for_rollback_only() {
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            assertThat(codeOf(() -> connection.update("SELECT CAST('x' AS INTEGER)", List.of())))
                    .isEqualTo(isVersion2() ? ErrorCode.GENERAL_ERROR : ErrorCode.INVALID_TEXT_REPRESENTATION);
            assertThat(connection.inTransaction()).isTrue();
            assertThat(codeOf(() -> connection.update("SELECT 1", List.of())))
                    .isEqualTo(ErrorCode.IN_FAILED_TRANSACTION);
            connection.rollback();
            connection.update("SELECT 1", List.of());
        }
    }

    @Test
    void temporary_tables_end_with_the_lease() {
        try (EngineConnection connection = engine.acquire()) {
            connection.update("CREATE TEMP TABLE mine AS SELECT 1 AS i", List.of());
            connection.update("INSERT INTO temp.main.mine VALUES (2)", List.of());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(codeOf(() -> query("SELECT * FROM mine"))).isEqualTo(ErrorCode.UNDEFINED_TABLE);
        }
    }

    @Test
    void a_foreign_key_is_declared_within_its_database() {
        update("CREATE TABLE \"default\".main.parent (id INTEGER PRIMARY KEY)");
        try (EngineConnection connection = engine.acquire()) {
            connection.updateIn(
                    "default", "main", "CREATE TABLE \"default\".main.child (id INTEGER REFERENCES main.parent (id))");
        }
        assertThat(codeOf(() -> update("INSERT INTO \"default\".main.child VALUES (1)")))
                .isEqualTo(ErrorCode.FOREIGN_KEY_VIOLATION);
        assertThat(codeOf(() -> query("SELECT * FROM child"))).isEqualTo(ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void sessions_run_in_utc_on_every_connection() {
        try (EngineConnection first = engine.acquire()) {
            assertThat(value("SELECT current_setting('TimeZone')")).isEqualTo("UTC");
            assertThat(value("SELECT CAST(TIMESTAMPTZ '2020-06-01 12:00:00+02' AS VARCHAR)"))
                    .isEqualTo("2020-06-01 10:00:00+00");
            // DuckDB 2.0 has a default of its own, which cannot be set for all connections.
            assertThat(value("SELECT current_setting('streaming_buffer_size')"))
                    .isEqualTo(isVersion2() ? "10.0 MiB" : "976.5 KiB");
        }
    }

    @Test
    void an_enum_column_travels_as_text() {
        update("CREATE TYPE \"default\".main.mood AS ENUM ('sad', 'ok')");
        assertThat(
                        query(
                                "SELECT CAST(m AS \"default\".main.mood) AS m, i FROM (VALUES ('ok', 1), (NULL, 2), ('sad', 3)) t(m, i)"))
                .containsExactly(List.of("ok", 1), java.util.Arrays.asList(null, 2), List.of("sad", 3));
        try (EngineStream stream =
                engine.acquire().query("SELECT CAST('ok' AS \"default\".main.mood) AS m", List.of())) {
            assertThat(stream.schema().getFields().get(0).toString()).isEqualTo("m: Utf8");
        }
    }

    @Test
    void a_query_that_returns_no_rows_by_nature_is_refused_before_it_runs() {
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        assertThat(codeOf(() -> query("INSERT INTO " + TABLE + " VALUES (1)")))
                .isEqualTo(ErrorCode.SYNTAX_OR_ACCESS_RULE_VIOLATION);
        assertThat(query("SELECT * FROM " + TABLE)).isEmpty();
        assertThat(query("INSERT INTO " + TABLE + " VALUES (1) RETURNING i + 1"))
                .containsExactly(List.of(2));
    }

    @Test
    void memory_in_use_is_reported() {
        update("CREATE TABLE " + TABLE + " AS SELECT * FROM range(100000)");
        assertThat(engine.memoryUsed()).isPositive();
        assertThat(engine.maxConnections()).isEqualTo(4);
    }

    @Test
    void a_closed_engine_says_so() {
        engine.close();
        assertThat(engine.available()).isFalse();
        assertThat(codeOf(engine::acquire)).isEqualTo(ErrorCode.ADMIN_SHUTDOWN);
        assertThat(engine.memoryUsed()).isEqualTo(-1);
    }

    @Test
    void closing_the_engine_stops_what_runs() throws Exception {
        var running = new java.util.concurrent.CompletableFuture<ErrorCode>();
        EngineConnection connection = engine.acquire();
        Thread thread = new Thread(() -> {
            running.complete(codeOf(() ->
                    connection.update("SELECT count(*) FROM range(100000000000) t(i) WHERE i % 7 = 3", List.of())));
            connection.close();
        });
        thread.start();
        while (connection.progress() < 0 && thread.isAlive() && thread.getState() != Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        long began = System.nanoTime();
        engine.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(running.get())
                .isIn(ErrorCode.ADMIN_SHUTDOWN, ErrorCode.QUERY_CANCELED, ErrorCode.CONNECTION_EXCEPTION);
        thread.join();
    }
}
