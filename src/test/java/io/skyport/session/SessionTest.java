package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.Configured;
import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlProperties;
import io.skyport.sql.StatementKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final List<FinishedStatement> finished = new CopyOnWriteArrayList<>();
    private final Cancellation never = new Cancellation();
    private DuckDbEngine engine;
    private Sessions sessions;
    private Session session;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
        Catalog catalog = new EngineCatalog(engine);
        SqlCompiler compiler =
                new SqlCompiler(catalog, engine, new AllowedDirectories(List.of()), SqlProperties.defaults());
        SessionListener listener = new SessionListener() {
            @Override
            public void statementFinished(FinishedStatement statement) {
                finished.add(statement);
            }
        };
        SessionProperties properties = Configured.as(
                "skyport.session",
                SessionProperties.class,
                Map.of(
                        "skyport.session.max-sessions", 2,
                        "skyport.session.max-prepared-statements", 3,
                        "skyport.session.max-open-results", 10,
                        "skyport.session.max-bound-bytes", "1KB",
                        "skyport.session.max-own-connections", 2,
                        "skyport.session.max-returned-bytes", "100KB"));
        // No test here creates a table over Arrow files.
        StatementRunner runner = new StatementRunner(
                compiler,
                engine,
                new Commits(catalog, 20, Duration.ofSeconds(30)),
                null,
                allocator,
                properties.returnedByteLimit(),
                listener);
        sessions = new Sessions(runner, properties, listener);
        session = sessions.session("alice", Set.of("reader"), "token-1");
        session.update("CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR)", never);
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
    void a_query_runs_when_its_rows_are_opened() {
        Execution query = session.execute("SELECT count(*) AS n FROM t", never);
        session.update("INSERT INTO t VALUES (1, 'a')", never);

        assertThat(query.updateCount()).isEqualTo(Execution.UNKNOWN_COUNT);
        assertThat(query.columns()).extracting("name").containsExactly("n");
        assertThat(rows(query)).containsExactly(List.of(1L));
    }

    @Test
    void dml_runs_exactly_once_when_executed() {
        Execution insert = session.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')", never);

        assertThat(insert.updateCount()).isEqualTo(2);
        assertThat(insert.columns()).isEmpty();
        assertThat(rows(insert)).isEmpty();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void dml_with_returning_runs_once_when_executed_and_keeps_its_rows() {
        Execution insert =
                session.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b') RETURNING name, id + 1 AS n", never);

        assertThat(insert.updateCount()).isEqualTo(2);
        assertThat(insert.columns()).extracting("name").containsExactly("name", "n");
        assertThat(count()).isEqualTo(2);
        session.update("DELETE FROM t", never);
        assertThat(rows(insert)).containsExactly(List.of("a", 2), List.of("b", 3));
    }

    @Test
    void the_count_of_dml_with_returning_is_that_of_its_rows() {
        assertThat(session.update("INSERT INTO t VALUES (1, 'a'), (2, 'b') RETURNING id", never))
                .isEqualTo(2);
        assertThat(session.update("UPDATE t SET name = 'c' WHERE id = 7 RETURNING id", never))
                .isZero();
        assertThat(finished).last().extracting(FinishedStatement::rows).isEqualTo(0L);
    }

    @Test
    void rows_that_nobody_fetches_are_freed() {
        Execution given = session.execute("INSERT INTO t VALUES (1, 'a') RETURNING *", never);
        given.discard();
        sessions.executions().promise(session.execute("INSERT INTO t VALUES (2, 'a') RETURNING *", never));
        // The allocator is at zero when the sessions are closed.
    }

    @Test
    void more_rows_of_returning_than_may_wait_undo_the_statement() {
        String text = "INSERT INTO t SELECT i, repeat('x', 100) FROM range(%d) AS r(i) RETURNING *";

        assertFails(() -> session.execute(text.formatted(5000), never), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertThat(count()).isZero();

        Execution some = session.execute(text.formatted(500), never);
        assertFails(
                () -> session.execute("UPDATE t SET name = name || 'y' RETURNING *", never),
                ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertThat(rows(some)).hasSize(500);
        assertThat(rows(session.execute("UPDATE t SET name = name || 'y' RETURNING *", never)))
                .hasSize(500);
        // Who only counts keeps nothing.
        assertThat(session.update("DELETE FROM t RETURNING *, repeat('z', 1000)", never))
                .isEqualTo(500);
    }

    @Test
    void returning_runs_once_for_each_bound_row_all_or_nothing() throws Exception {
        PreparedStatement insert = session.prepare("INSERT INTO t VALUES (?, ?) RETURNING id, upper(name) AS name");
        try (Rows two = Rows.of(allocator, List.of(1L, "a"), List.of(2L, "b"))) {
            session.bind(insert, two);
        }

        assertThat(rows(session.execute(insert, never))).containsExactly(List.of(1, "A"), List.of(2, "B"));

        try (Rows again = Rows.of(allocator, List.of(3L, "c"), List.of(1L, "again"))) {
            session.bind(insert, again);
        }
        assertFails(() -> session.execute(insert, never), ErrorCode.UNIQUE_VIOLATION);
        assertThat(count()).isEqualTo(2);
        try (Rows many = Rows.counted(allocator, 10, 4)) {
            session.update("DELETE FROM t", never);
            assertThat(session.update(insert, many, never)).isEqualTo(10);
        }
        assertThat(count()).isEqualTo(10);
    }

    @Test
    void rows_with_do_nothing_stream_and_rows_with_do_update_do_what_they_would_one_after_the_other() throws Exception {
        session.update("INSERT INTO t VALUES (3, 'old')", never);
        PreparedStatement ignoring = session.prepare("INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
        assertThat(ignoring.compiled().streamed()).isPresent();
        try (Rows many = Rows.counted(allocator, 10, 4)) {
            assertThat(session.update(ignoring, many, never)).isEqualTo(9);
        }

        PreparedStatement appending = session.prepare(
                "INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = t.name || excluded.name");
        assertThat(appending.compiled().streamed().orElseThrow().roundSql()).isNotNull();
        try (Rows same = Rows.of(
                allocator, List.of(3L, "1"), List.of(3L, "2"), List.of(3L, "3"), List.of(3L, "4"), List.of(3L, "5"))) {
            assertThat(session.update(appending, same, never)).isEqualTo(5);
        }
        assertThat(rows(session.execute("SELECT name FROM t WHERE id = 3", never)))
                .containsExactly(List.of("old12345"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = t.name || excluded.name",
                "INSERT INTO t VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name WHERE excluded.name > t.name",
                "INSERT INTO t (id, name) VALUES (? / 2, ? || 'x') ON CONFLICT (id) DO UPDATE SET name = length(t.name) / 2",
                "INSERT OR REPLACE INTO t VALUES (?, ?)",
                "INSERT INTO t AS old (name, id) VALUES ($2, $1) ON CONFLICT (id) DO UPDATE SET name = old.name || id"
            })
    void bound_rows_of_an_upsert_do_what_they_would_one_after_the_other(String text) throws Exception {
        session.update("INSERT INTO t VALUES (1, 'one'), (7, 'seven')", never);
        Random random = new Random(7);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(List.of((long) random.nextInt(40), "v" + random.nextInt(100)));
        }
        long count = 0;
        PreparedStatement upsert = session.prepare(text);
        for (List<Object> row : rows) {
            try (Rows one = Rows.of(allocator, row)) {
                count += session.update(upsert, one, never);
            }
        }
        List<List<Object>> singly = rows(session.execute("SELECT * FROM t ORDER BY id", never));
        session.update("DELETE FROM t", never);
        session.update("INSERT INTO t VALUES (1, 'one'), (7, 'seven')", never);

        assertThat(upsert.compiled().streamed().orElseThrow().roundSql()).isNotNull();
        try (Rows all = Rows.of(allocator, rows.toArray(new List[0]))) {
            assertThat(session.update(upsert, all, never)).isEqualTo(count);
        }

        assertThat(rows(session.execute("SELECT * FROM t ORDER BY id", never))).isEqualTo(singly);
    }

    @Test
    void a_bound_row_that_fails_undoes_the_whole_upsert() throws Exception {
        session.update("CREATE TABLE c (id INTEGER PRIMARY KEY, name VARCHAR CHECK (name <> 'bad'))", never);
        PreparedStatement upsert =
                session.prepare("INSERT INTO c VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name");
        assertThat(upsert.compiled().streamed().orElseThrow().roundSql()).isNotNull();
        try (Rows rows = Rows.of(
                allocator,
                List.of(1L, "a"),
                List.of(2L, "b"),
                List.of(1L, "bad"),
                List.of(1L, "good"),
                List.of(3L, "c"),
                List.of(4L, "d"))) {
            assertFails(() -> session.update(upsert, rows, never), ErrorCode.CHECK_VIOLATION);
        }
        assertThat(rows(session.execute("SELECT * FROM c", never))).isEmpty();
        try (Rows rows = Rows.counted(allocator, 10, 4)) {
            assertThat(session.update(upsert, rows, never)).isEqualTo(10);
        }
    }

    @Test
    void rows_that_may_meet_by_another_key_than_the_one_of_the_upsert_follow_each_other() {
        session.update("CREATE TABLE two (id INTEGER PRIMARY KEY, name VARCHAR UNIQUE)", never);
        session.update("CREATE TABLE one (id INTEGER PRIMARY KEY, name VARCHAR, n INTEGER)", never);
        for (String text : List.of(
                "INSERT INTO two VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                "INSERT INTO one VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET name = ?",
                "INSERT INTO one VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET id = excluded.id + 1")) {
            assertThat(session.describe(text).streamed()).as(text).isEmpty();
        }
    }

    @Test
    void a_schema_change_of_one_session_is_seen_by_all() {
        Session other = sessions.session("bob", Set.of("reader"), "token-2");
        String text = "SELECT * FROM t";
        assertThat(other.describe(text).columns()).extracting("name").containsExactly("id", "name");

        session.update("ALTER TABLE t ADD COLUMN age INTEGER", never);
        assertThat(other.describe(text).columns()).extracting("name").containsExactly("id", "name", "age");

        session.update("CREATE TABLE u (a INTEGER)", never);
        assertThat(other.describe("SELECT a FROM u").columns())
                .extracting("name")
                .containsExactly("a");
        other.update("CREATE OR REPLACE TABLE u (b VARCHAR)", never);
        assertThat(session.describe("SELECT * FROM u").columns())
                .extracting("name")
                .containsExactly("b");
        other.update("ALTER TABLE u RENAME TO w", never);
        assertFails(() -> session.describe("SELECT * FROM u"), ErrorCode.UNDEFINED_TABLE);
        assertThat(session.describe("SELECT * FROM w").columns())
                .extracting("name")
                .containsExactly("b");

        session.update("DROP TABLE w", never);
        assertFails(() -> other.describe("SELECT * FROM w"), ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void a_statement_that_takes_several_engine_statements_runs_whole_or_not_at_all() {
        session.update("CREATE TABLE parent (id INTEGER PRIMARY KEY)", never);
        session.update("CREATE TABLE child (id INTEGER REFERENCES parent)", never);

        assertFails(() -> session.update("DROP TABLE t, parent", never), ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST);
        assertThat(count()).isZero();

        session.update("DROP TABLE t, child, parent", never);
        assertFails(() -> session.describe("SELECT * FROM t"), ErrorCode.UNDEFINED_TABLE);
        assertFails(() -> session.describe("SELECT * FROM parent"), ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void use_and_set_hold_for_later_statements_of_this_session_only() {
        session.update("CREATE SCHEMA s", never);
        session.update("CREATE TABLE s.only_there (x INTEGER)", never);
        Session other = sessions.session("alice", Set.of("reader"), "token-2");

        session.update("USE \"default\".s", never);

        assertThat(session.context().schema()).isEqualTo("s");
        assertThat(rows(session.execute("SELECT * FROM only_there", never))).isEmpty();
        assertFails(() -> other.describe("SELECT * FROM only_there"), ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void the_session_that_calls_without_a_token_share_refuses_use() {
        Session shared = sessions.session("alice", Set.of("reader"), null);

        assertThat(sessions.session("alice", Set.of("reader"), null)).isSameAs(shared);
        assertFails(() -> shared.update("USE \"default\".main", never), ErrorCode.INVALID_TRANSACTION_STATE);
    }

    @Test
    void a_session_belongs_to_its_user_even_if_keys_collide() {
        assertThat(sessions.session("bob", Set.of("reader"), "token-1")).isNotSameAs(session);
    }

    @Test
    void statements_are_compiled_for_the_roles_of_the_user() {
        assertThat(session.context().roles()).containsExactly("reader");
        session.update("USE \"default\".main", never);
        assertThat(session.context().roles()).containsExactly("reader");
    }

    @Test
    void beyond_the_limit_a_session_is_refused() {
        sessions.session("alice", Set.of("reader"), "token-2");

        assertFails(() -> sessions.session("alice", Set.of("reader"), "token-3"), ErrorCode.TOO_MANY_CONNECTIONS);
    }

    @Test
    void prepared_statements_are_limited_until_one_is_closed() {
        PreparedStatement first = session.prepare("SELECT 1");
        session.prepare("SELECT 2");
        session.prepare("SELECT 3");

        assertFails(() -> session.prepare("SELECT 4"), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        session.closePreparedStatement(first.handle());
        session.prepare("SELECT 4");
    }

    @Test
    void a_closed_prepared_statement_is_unknown_but_its_execution_goes_on() {
        PreparedStatement statement = session.prepare("SELECT 1 AS x");
        Execution execution = session.execute(statement, never);
        session.closePreparedStatement(statement.handle());

        assertFails(() -> session.preparedStatement(statement.handle()), ErrorCode.INVALID_STATEMENT_NAME);
        assertThat(rows(execution)).containsExactly(List.of(1));
    }

    @Test
    void a_prepared_statement_is_compiled_again_when_the_catalog_changed() {
        PreparedStatement statement = session.prepare("SELECT * FROM t");
        session.update("DROP TABLE t", never);
        session.update("CREATE TABLE t (other DOUBLE)", never);
        session.update("INSERT INTO t VALUES (1.5)", never);

        assertThat(session.describe(statement).columns()).extracting("name").containsExactly("other");
        assertThat(rows(session.execute(statement, never))).containsExactly(List.of(1.5));
    }

    @Test
    void closing_a_prepared_statement_once_more_is_no_mistake_also_when_its_session_is_gone() {
        String handle = session.prepare("SELECT 1").handle();
        session.closePreparedStatement(handle);
        session.closePreparedStatement(handle);
        assertFails(() -> session.closePreparedStatement("never-was"), ErrorCode.INVALID_STATEMENT_NAME);

        String left = session.prepare("SELECT 2").handle();
        sessions.close(session);
        assertThat(sessions.closedStatement(left, "alice")).isTrue();
        assertThat(sessions.closedStatement(left, "bob")).isFalse();
        Session next = sessions.session("alice", Set.of("reader"), "token-2");
        next.closePreparedStatement(left);
        assertFails(() -> next.preparedStatement(left), ErrorCode.INVALID_STATEMENT_NAME);
    }

    @Test
    void prepared_statements_belong_to_one_session_alone() {
        String handle = session.prepare("SELECT 1").handle();
        Session other = sessions.session("alice", Set.of("reader"), "token-2");

        assertFails(() -> other.preparedStatement(handle), ErrorCode.INVALID_STATEMENT_NAME);
        assertFails(() -> other.closePreparedStatement(handle), ErrorCode.INVALID_STATEMENT_NAME);
        assertThat(session.preparedStatement(handle).text()).isEqualTo("SELECT 1");
    }

    @Test
    void a_prepared_statement_that_is_closed_while_its_rows_are_read_goes_on_to_the_last_one() {
        PreparedStatement statement = session.prepare("SELECT range FROM range(1000000)");
        try (ResultStream stream = session.execute(statement, never).open()) {
            assertThat(stream.next()).isTrue();
            long count = stream.root().getRowCount();
            session.closePreparedStatement(statement.handle());
            while (stream.next()) {
                count += stream.root().getRowCount();
            }
            assertThat(count).isEqualTo(1_000_000);
        }
        assertFails(() -> session.preparedStatement(statement.handle()), ErrorCode.INVALID_STATEMENT_NAME);
    }

    @Test
    void rows_are_bound_to_the_parameters_that_the_statement_has_by_now() throws Exception {
        PreparedStatement statement = session.prepare("SELECT count(*) FROM t WHERE id = ?");
        try (Rows small = Rows.of(allocator, List.of(1L));
                Rows large = Rows.of(allocator, List.of(5_000_000_000L))) {
            session.bind(statement, small);
            session.update("DROP TABLE t", never);
            session.update("CREATE TABLE t (id BIGINT)", never);
            session.update("INSERT INTO t VALUES (1), (5000000000)", never);
            assertThat(rows(session.execute(statement, never))).containsExactly(List.of(1L));
            session.bind(statement, large);
            assertThat(rows(session.execute(statement, never))).containsExactly(List.of(1L));
            session.update("DROP TABLE t", never);
            session.update("CREATE TABLE t (id SMALLINT)", never);
            assertFails(() -> session.execute(statement, never), ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        }
    }

    @Test
    void the_results_of_several_bound_rows_follow_each_other() throws Exception {
        session.update("INSERT INTO t VALUES (1, 'a'), (2, 'b')", never);
        PreparedStatement statement = session.prepare("SELECT name FROM t WHERE id = ?");
        try (Rows rows = Rows.of(allocator, List.of(2L), List.of(7L), List.of(1L))) {
            session.bind(statement, rows);
        }

        assertThat(rows(session.execute(statement, never))).containsExactly(List.of("b"), List.of("a"));
    }

    @Test
    void an_execution_keeps_the_rows_that_were_bound_when_it_began() throws Exception {
        PreparedStatement statement = session.prepare("SELECT CAST(? AS BIGINT) AS x");
        try (Rows first = Rows.of(allocator, List.of(1L));
                Rows second = Rows.of(allocator, List.of(2L))) {
            session.bind(statement, first);
            Execution execution = session.execute(statement, never);
            session.bind(statement, second);

            assertThat(rows(execution)).containsExactly(List.of(1L));
            assertThat(rows(session.execute(statement, never))).containsExactly(List.of(2L));
        }
    }

    @Test
    void parameters_never_bound_or_too_many_are_refused() throws Exception {
        PreparedStatement statement = session.prepare("SELECT CAST(? AS BIGINT)");

        assertFails(() -> session.execute(statement, never), ErrorCode.PARAMETER_COUNT_MISMATCH);
        try (Rows two = Rows.of(allocator, List.of(1L, 2L))) {
            assertFails(() -> session.bind(statement, two), ErrorCode.PARAMETER_COUNT_MISMATCH);
        }
        assertFails(() -> session.execute("SELECT CAST(? AS BIGINT)", never), ErrorCode.PARAMETER_COUNT_MISMATCH);
    }

    @Test
    void bound_values_are_limited_in_bytes() throws Exception {
        PreparedStatement statement = session.prepare("SELECT CAST(? AS VARCHAR)");
        try (Rows large = Rows.of(allocator, List.of("x".repeat(2000)))) {
            assertFails(() -> session.bind(statement, large), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        }
    }

    @Test
    void many_rows_are_inserted_as_one_stream_all_or_nothing() throws Exception {
        PreparedStatement insert = session.prepare("INSERT INTO t (id, name) VALUES (?, upper(?))");
        try (Rows rows = Rows.counted(allocator, 10_000, 1000)) {
            assertThat(session.update(insert, rows, never)).isEqualTo(10_000);
        }
        assertThat(count()).isEqualTo(10_000);

        session.update("DELETE FROM t WHERE id < 9999", never);
        try (Rows rows = Rows.counted(allocator, 10_000, 1000)) {
            assertFails(() -> session.update(insert, rows, never), ErrorCode.UNIQUE_VIOLATION);
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void few_rows_are_inserted_one_by_one_all_or_nothing() throws Exception {
        PreparedStatement insert = session.prepare("INSERT INTO t (id, name) VALUES (?, ?)");
        try (Rows rows = Rows.counted(allocator, 3, 2)) {
            assertThat(session.update(insert, rows, never)).isEqualTo(3);
        }
        try (Rows rows = Rows.of(allocator, List.of(10L, "x"), List.of(1L, "y"))) {
            assertFails(() -> session.update(insert, rows, never), ErrorCode.UNIQUE_VIOLATION);
        }
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void an_update_of_many_rows_counts_them_all_and_is_all_or_nothing() throws Exception {
        session.update("INSERT INTO t SELECT range, 'x' FROM range(10)", never);
        PreparedStatement update =
                session.prepare("UPDATE t SET id = CAST(? AS INTEGER) + 100 WHERE name = ? OR id = 0");
        try (Rows rows = Rows.of(allocator, List.of(5L, "none"), List.of(6L, "none"))) {
            assertThat(session.update(update, rows, never)).isEqualTo(1);
        }
        PreparedStatement cast = session.prepare("UPDATE t SET name = 'y' WHERE id = CAST(? AS INTEGER)");
        try (Rows rows = Rows.of(allocator, List.of("1"), List.of("boom"))) {
            assertFails(() -> session.update(cast, rows, never), ErrorCode.INVALID_TEXT_REPRESENTATION);
        }
        assertThat(rows(session.execute("SELECT count(*) FROM t WHERE name = 'y'", never)))
                .containsExactly(List.of(0L));
    }

    @Test
    void no_rows_execute_nothing() throws Exception {
        PreparedStatement insert = session.prepare("INSERT INTO t (id, name) VALUES (?, ?)");
        try (Rows rows = Rows.none(allocator, 2)) {
            assertThat(session.update(insert, rows, never)).isZero();
        }
        assertThat(count()).isZero();
    }

    @Test
    void a_failure_has_its_position_in_the_clients_text() {
        assertThatThrownBy(() ->
                        rows(session.execute("SELECT 1,\n  CAST(name AS INTEGER)\nFROM (SELECT 'x' AS name)", never)))
                .isInstanceOfSatisfying(SkyportException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
                    assertThat(e.position()).map(SqlPosition::line).contains(2);
                });
    }

    @Test
    void a_cancelled_statement_ends_while_it_runs() throws Exception {
        Cancellation cancellation = new Cancellation();
        String endless = "INSERT INTO t SELECT a.range * b.range, 'x' FROM range(100000000) a, range(100000000) b";
        CompletableFuture<Long> running = CompletableFuture.supplyAsync(() -> session.update(endless, cancellation));
        while (engine.activeConnections() == 0) {
            Thread.onSpinWait();
        }

        cancellation.cancel();

        assertThatThrownBy(() -> running.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
        assertThat(count()).isZero();
    }

    @Test
    void an_interrupted_stream_fails_and_gives_its_connection_back() {
        ResultStream stream =
                session.execute("SELECT * FROM range(1000000000)", never).open();
        assertThat(stream.next()).isTrue();

        stream.interrupt();

        assertFails(() -> drain(stream), ErrorCode.QUERY_CANCELED);
        stream.close();
        assertThat(engine.activeConnections()).isZero();
    }

    @Test
    void the_listener_hears_once_how_each_statement_ended() {
        finished.clear();
        rows(session.execute("SELECT * FROM range(3)", never));
        session.update("INSERT INTO t VALUES (1, 'a')", never);
        assertFails(() -> session.describe("SELEC"), ErrorCode.SYNTAX_ERROR);
        session.execute("SELECT * FROM range(1000000000)", never).open().close();

        assertThat(finished)
                .extracting(FinishedStatement::knownKind)
                .containsExactly(StatementKind.QUERY, StatementKind.DML, null, StatementKind.QUERY);
        assertThat(finished).extracting(FinishedStatement::rows).containsExactly(3L, 1L, 0L, 0L);
        assertThat(finished)
                .extracting(FinishedStatement::failure)
                .containsExactly(null, null, ErrorCode.SYNTAX_ERROR, ErrorCode.QUERY_CANCELED);
    }

    private long count() {
        return (Long)
                rows(session.execute("SELECT count(*) FROM t", never)).get(0).get(0);
    }

    private static List<List<Object>> rows(Execution execution) {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultStream stream = execution.open()) {
            while (stream.next()) {
                for (int row = 0; row < stream.root().getRowCount(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (FieldVector vector : stream.root().getFieldVectors()) {
                        Object value = vector.getObject(row);
                        values.add(value instanceof org.apache.arrow.vector.util.Text text ? text.toString() : value);
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static void drain(ResultStream stream) {
        while (stream.next()) {
            assertThat(stream.root().getRowCount()).isPositive();
        }
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
