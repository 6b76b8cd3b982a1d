package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.Configured;
import io.skyport.catalog.Catalog;
import io.skyport.catalog.Database;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryTablesTest {

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final Cancellation never = new Cancellation();
    private DuckDbEngine engine;
    private Sessions sessions;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
        Catalog catalog = new EngineCatalog(engine);
        SqlCompiler compiler =
                new SqlCompiler(catalog, engine, new AllowedDirectories(List.of()), SqlProperties.defaults());
        sessions = new Sessions(
                new StatementRunner(
                        compiler,
                        engine,
                        new Commits(catalog, 20, Duration.ofSeconds(30)),
                        null,
                        allocator,
                        Long.MAX_VALUE,
                        SessionListener.NONE),
                PROPERTIES,
                SessionListener.NONE);
    }

    @AfterEach
    void close() {
        sessions.close();
        assertThat(engine.activeConnections()).isZero();
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void a_session_has_a_connection_of_its_own_from_its_first_temporary_table_until_it_closes() {
        Session session = session("1");
        session.update("CREATE TABLE t (a INTEGER)", never);
        assertThat(engine.activeConnections()).isZero();

        session.update("CREATE TEMP TABLE x (a INTEGER)", never);
        assertThat(engine.activeConnections()).isEqualTo(1);
        session.update("INSERT INTO x VALUES (1)", never);
        assertThat(engine.activeConnections()).isEqualTo(1);

        sessions.close();
        assertThat(engine.activeConnections()).isZero();
    }

    @Test
    void a_session_alone_sees_its_temporary_tables_in_the_catalog() {
        session("1").update("CREATE TEMP TABLE x (a INTEGER PRIMARY KEY, b VARCHAR)", never);
        session("1").update("CREATE TEMP VIEW v AS SELECT a FROM x", never);
        session("2").update("CREATE TABLE t (a INTEGER)", never);

        assertThat(session("1").catalog().tables())
                .extracting(table -> table.name() + " " + table.kind().typeName())
                .contains("temp.main.x LOCAL TEMPORARY", "temp.main.v VIEW", "default.main.t TABLE");
        assertThat(session("1").catalog().databases())
                .extracting(Database::name)
                .containsExactly("default", "temp");
        assertThat(session("2").catalog().tables())
                .extracting(table -> table.name().name())
                .containsExactly("t");

        session("1").update("DROP VIEW v", never);
        assertThat(session("1").catalog().table("temp", "main", "v")).isEmpty();
    }

    @Test
    void what_is_no_query_is_read_while_other_statements_run() {
        Session session = session("1");
        session.update("CREATE TEMP TABLE x AS SELECT range AS a FROM range(100)", never);
        for (String text : List.of(
                "EXPLAIN SELECT * FROM x",
                "EXPLAIN ANALYZE SELECT * FROM x",
                "SHOW DATABASES",
                "DESCRIBE x",
                "SUMMARIZE x",
                "PRAGMA table_info('x')",
                "CALL range(3)",
                "PIVOT x ON a IN (1, 2) USING count(*)",
                "DELETE FROM x WHERE a < 10 RETURNING a")) {
            try (ResultStream stream = session.execute(text, never).open()) {
                assertThat(stream.next()).as(text).isTrue();
                assertThat(values("1", "SELECT count(*) > 0 FROM x")).as(text).containsExactly(true);
                while (stream.next()) {}
            }
            // Not read at all, and not to its end.
            try (ResultStream stream = session.execute(text, never).open()) {
                assertThat(values("1", "SELECT count(*) > 0 FROM x")).as(text).containsExactly(true);
            }
        }
    }

    @Test
    void a_pivot_has_the_columns_that_it_had_when_it_was_announced_and_others_when_it_is_asked_again() {
        Session session = session("1");
        session.update("CREATE TEMP TABLE x AS SELECT 'a' AS k, 1 AS n", never);
        PreparedStatement prepared = session.prepare("PIVOT x ON k USING sum(n)");
        Execution announced = session.execute(prepared, never);
        session.update("INSERT INTO x VALUES ('b', 2)", never);

        assertThat(names(announced.columns())).containsExactly("a");
        try (ResultStream stream = announced.open()) {
            assertThat(stream.next()).isTrue();
            assertThat(stream.root().getFieldVectors()).hasSize(1);
            assertThat(stream.root().getVector(0).getObject(0)).isEqualTo(1L);
        }
        assertThat(names(session.execute(prepared, never).columns())).containsExactly("a", "b");
        assertThat(names(session.describe("PIVOT x ON k USING sum(n)").columns()))
                .containsExactly("a", "b");
    }

    private static List<String> names(List<ResultColumn> columns) {
        return columns.stream().map(ResultColumn::name).toList();
    }

    @Test
    void plans_are_not_shared_between_sessions_with_tables_of_one_name() {
        session("1").update("CREATE TEMP TABLE x AS SELECT 1 AS a", never);
        session("2").update("CREATE TEMP TABLE x AS SELECT 'two' AS b", never);

        for (int i = 0; i < 2; i++) {
            assertThat(values("1", "SELECT * FROM x")).containsExactly(1);
            assertThat(values("2", "SELECT * FROM x")).hasToString("[two]");
            assertFails(() -> session("3").describe("SELECT * FROM x"), ErrorCode.UNDEFINED_TABLE);
        }
    }

    @Test
    void statements_run_while_the_rows_of_another_are_read() {
        Session session = session("1");
        session.update("CREATE TEMP TABLE x AS SELECT range AS a FROM range(100000)", never);

        long rows = 0;
        long sum = 0;
        try (ResultStream stream =
                session.execute("SELECT a FROM x ORDER BY a", never).open()) {
            while (stream.next()) {
                rows += stream.root().getRowCount();
                sum += values("1", "SELECT count(*) FROM x").size();
                session.update("DELETE FROM x WHERE a < " + rows, never);
            }
        }
        assertThat(rows).isEqualTo(100_000);
        assertThat(sum).isGreaterThan(2);
        assertThat(values("1", "SELECT count(*) FROM x")).containsExactly(0L);
    }

    @Test
    void a_cancelled_statement_leaves_the_temporary_tables() throws Exception {
        Session session = session("1");
        session.update("CREATE TEMP TABLE x AS SELECT 42 AS a", never);
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ErrorCode> outcome = CompletableFuture.supplyAsync(() -> {
            try {
                session.update(
                        "SELECT count(*) FROM range(100000) AS p(i), range(1000000) AS q(j) WHERE p.i + q.j = -1",
                        cancellation);
                return ErrorCode.GENERAL_ERROR;
            } catch (SkyportException e) {
                return e.code();
            }
        });
        cancellation.cancel();

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(ErrorCode.QUERY_CANCELED);
        assertThat(values("1", "SELECT a FROM x")).containsExactly(42);
    }

    @Test
    void statements_of_many_threads_take_turns() throws Exception {
        Session session = session("1");
        session.update("CREATE TEMP TABLE x (a INTEGER)", never);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.runAsync(() -> {
                for (int j = 0; j < 5; j++) {
                    session.update("INSERT INTO x VALUES (1)", never);
                    values("1", "SELECT a FROM x");
                }
            }));
        }
        for (CompletableFuture<Void> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(values("1", "SELECT count(*) FROM x")).containsExactly(40L);
    }

    @Test
    void sessions_with_a_connection_of_their_own_are_not_more_than_the_limit() {
        session("1").update("CREATE TEMP TABLE x (a INTEGER)", never);
        session("2").update("CREATE TEMP TABLE x (a INTEGER)", never);

        assertFails(
                () -> session("3").update("CREATE TEMP TABLE x (a INTEGER)", never),
                ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
    }

    @Test
    void the_session_that_callers_share_has_nothing_temporary() {
        Session shared = sessions.session("alice", Set.of(), null);

        assertFails(() -> shared.update("CREATE TEMP TABLE x (a INTEGER)", never), ErrorCode.INVALID_TRANSACTION_STATE);
    }

    private static final SessionProperties PROPERTIES = Configured.as(
            "skyport.session",
            SessionProperties.class,
            Map.of("skyport.session.max-bound-bytes", "1KB", "skyport.session.max-own-connections", 2));

    private Session session(String key) {
        return sessions.session("alice", Set.of(), key);
    }

    private List<@Nullable Object> values(String key, String query) {
        List<@Nullable Object> values = new ArrayList<>();
        try (ResultStream stream = session(key).execute(query, never).open()) {
            while (stream.next()) {
                for (int row = 0; row < stream.root().getRowCount(); row++) {
                    values.add(stream.root().getVector(0).getObject(row));
                }
            }
        }
        return values;
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code) {
        assertThat(catchThrowableOfType(SkyportException.class, call).code()).isEqualTo(code);
    }
}
