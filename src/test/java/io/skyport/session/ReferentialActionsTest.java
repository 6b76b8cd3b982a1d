package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.catalog.EngineCatalog;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.ReferentialAction;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlContext;
import io.skyport.sql.SqlProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foreign keys with actions, from two transactions at once and with rows of parameters. */
final class ReferentialActionsTest {

    private static final SqlContext CONTEXT = new SqlContext("default", "main", Map.of());

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final Cancellation never = new Cancellation();
    private DuckDbEngine engine;
    private EngineCatalog catalog;
    private SqlCompiler compiler;
    private Sessions sessions;
    private Session session;

    @BeforeEach
    void open() {
        start();
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR)");
        run("CREATE TABLE child (id INTEGER, parent INTEGER CONSTRAINT child_of"
                + " REFERENCES parent ON DELETE CASCADE ON UPDATE SET NULL)");
        run("CREATE TABLE free (id INTEGER PRIMARY KEY)");
        run("INSERT INTO parent VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    }

    private void start() {
        engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
        catalog = new EngineCatalog(engine);
        compiler = new SqlCompiler(catalog, engine, new AllowedDirectories(List.of()), SqlProperties.defaults());
        sessions = EmbeddedSessions.over(engine, List.of(), allocator);
        session = sessions.session("alice", Set.of(), "token-1");
    }

    @AfterEach
    void close() {
        stop();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    private void stop() {
        sessions.close();
        assertThat(engine.activeConnections()).isZero();
        engine.close();
    }

    @Test
    void a_row_is_not_written_while_another_transaction_deletes_what_it_references() {
        try (EngineConnection writer = engine.acquire();
                EngineConnection deleter = engine.acquire()) {
            writer.begin();
            deleter.begin();
            assertThat(run(writer, "INSERT INTO child VALUES (10, 1)")).isOne();
            assertFails(() -> run(deleter, "DELETE FROM parent WHERE id = 1"), ErrorCode.SERIALIZATION_FAILURE);
            deleter.rollback();
            writer.commit();
        }
        assertThat(run("DELETE FROM parent WHERE id = 1")).isOne();
        assertThat(count("child")).isZero();
    }

    @Test
    void nothing_is_deleted_that_a_transaction_references_which_committed_since_this_one_began() {
        try (EngineConnection writer = engine.acquire();
                EngineConnection deleter = engine.acquire()) {
            deleter.begin();
            run(deleter, "UPDATE free SET id = id");
            writer.begin();
            run(writer, "UPDATE child SET parent = 2");
            run(writer, "INSERT INTO child VALUES (20, 2)");
            writer.commit();
            assertFails(() -> run(deleter, "DELETE FROM parent WHERE id = 2"), ErrorCode.SERIALIZATION_FAILURE);
            deleter.rollback();
        }
        assertThat(count("child")).isOne();
    }

    @Test
    void a_row_that_is_written_anew_does_not_keep_what_another_transaction_changes() {
        run("ALTER TABLE child ADD CONSTRAINT child_id UNIQUE (id)");
        run("INSERT INTO child VALUES (10, 1)");
        try (EngineConnection child = engine.acquire();
                EngineConnection parent = engine.acquire()) {
            child.begin();
            parent.begin();
            run(parent, "UPDATE parent SET id = 11 WHERE id = 1");
            assertFails(() -> run(child, "UPDATE child SET id = 12"), ErrorCode.SERIALIZATION_FAILURE);
            child.rollback();
            parent.commit();
        }
        assertThat(count("child WHERE parent IS NULL")).isOne();
    }

    @Test
    void tables_that_actions_change_count_as_written_and_those_that_are_checked_as_read() {
        ObjectName parent = new ObjectName("default", "main", "parent");
        ObjectName child = new ObjectName("default", "main", "child");
        CompiledStatement delete = compiler.compile("DELETE FROM parent", CONTEXT);
        assertThat(delete.writes()).containsExactlyInAnyOrder(parent, child);
        CompiledStatement insert = compiler.compile("INSERT INTO child VALUES (1, 1)", CONTEXT);
        assertThat(insert.writes()).containsExactly(child);
        assertThat(insert.reads()).containsExactly(parent);
    }

    @Test
    void a_statement_that_was_prepared_before_a_key_obeys_it() throws Exception {
        PreparedStatement delete = session.prepare("DELETE FROM parent WHERE id = ?");
        run("CREATE TABLE later (parent INTEGER REFERENCES parent ON DELETE RESTRICT)");
        run("INSERT INTO later VALUES (3)");
        try (Rows rows = Rows.of(allocator, List.of(3L))) {
            assertFails(() -> session.update(delete, rows, never), ErrorCode.FOREIGN_KEY_VIOLATION);
        }
    }

    @Test
    void two_transactions_write_rows_that_reference_the_same_at_once() {
        try (EngineConnection one = engine.acquire();
                EngineConnection other = engine.acquire()) {
            one.begin();
            other.begin();
            run(one, "INSERT INTO child VALUES (30, 3)");
            run(other, "INSERT INTO child VALUES (31, 3)");
            other.commit();
            one.commit();
        }
        assertThat(count("child")).isEqualTo(2);
    }

    @Test
    void a_transaction_sees_what_it_wrote_before() {
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            run(connection, "INSERT INTO parent VALUES (4, 'd')");
            run(connection, "INSERT INTO child VALUES (40, 4), (10, 1)");
            assertThat(run(connection, "DELETE FROM parent WHERE id = 4")).isOne();
            run(connection, "UPDATE parent SET id = 11 WHERE id = 1");
            connection.commit();
        }
        assertThat(count("child")).isOne();
        assertThat(count("child WHERE parent IS NULL")).isOne();
    }

    @Test
    void each_row_of_parameters_has_its_actions() throws Exception {
        run("INSERT INTO child VALUES (10, 1), (20, 2), (30, 3)");
        PreparedStatement delete = session.prepare("DELETE FROM parent WHERE id = ?");
        try (Rows rows = Rows.of(allocator, List.of(1L), List.of(7L), List.of(3L))) {
            assertThat(session.update(delete, rows, never)).isEqualTo(2);
        }
        PreparedStatement update = session.prepare("UPDATE parent SET name = $2, id = $1 + 100 WHERE id = $1");
        try (Rows rows = Rows.of(allocator, List.of(2L, "moved"))) {
            assertThat(session.update(update, rows, never)).isOne();
        }
        assertThat(count("child")).isOne();
        assertThat(count("child WHERE parent IS NULL")).isOne();
        assertThat(count("parent WHERE id = 102 AND name = 'moved'")).isOne();
    }

    @Test
    void rows_that_stream_in_are_checked_all_together() throws Exception {
        PreparedStatement insert = session.prepare("INSERT INTO child VALUES (?, CAST(? AS INTEGER))");
        assertThat(insert.compiled().streamed()).isPresent();
        try (Rows rows = Rows.counted(allocator, 10, 4)) {
            assertFails(() -> session.update(insert, rows, never), ErrorCode.FOREIGN_KEY_VIOLATION);
        }
        assertThat(count("child")).isZero();
        run("INSERT INTO parent SELECT i, 'x' FROM range(10) AS r(i) WHERE i NOT IN (1, 2, 3)");
        try (Rows rows = Rows.counted(allocator, 10, 4)) {
            assertThat(session.update(insert, rows, never)).isEqualTo(10);
        }
    }

    @Test
    void a_cascade_that_fails_late_leaves_everything_as_it_was() {
        run("CREATE TABLE grandchild (child INTEGER NOT NULL)");
        run("CREATE UNIQUE INDEX child_id ON child (id)");
        run("ALTER TABLE grandchild ADD FOREIGN KEY (child) REFERENCES child (id) ON DELETE SET NULL");
        run("INSERT INTO child VALUES (10, 1), (11, 1)");
        run("INSERT INTO grandchild VALUES (11)");

        assertFails(() -> run("DELETE FROM parent WHERE id <= 2"), ErrorCode.NOT_NULL_VIOLATION);
        assertThat(count("parent")).isEqualTo(3);
        assertThat(count("child")).isEqualTo(2);
        assertThat(count("duckdb_tables() WHERE temporary")).isZero();
        assertThat(run("DELETE FROM parent WHERE id = 2")).isOne();
    }

    @Test
    void statements_that_concern_no_such_key_run_alone() {
        for (String sql : List.of(
                "INSERT INTO free VALUES (1)",
                "DELETE FROM free",
                "UPDATE free SET id = 2",
                "INSERT INTO parent VALUES (9, 'z')",
                "UPDATE parent SET name = 'y'",
                "UPDATE child SET id = 1",
                "DELETE FROM child")) {
            assertThat(compiler.compile(sql, CONTEXT).companions().isEmpty())
                    .as(sql)
                    .isTrue();
        }
    }

    @Test
    void keys_are_known_with_their_rules_after_a_restart() {
        stop();
        start();
        assertThat(catalog.snapshot()
                        .table("default", "main", "child")
                        .orElseThrow()
                        .foreignKeys())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("number")
                .containsExactly(new ForeignKey(
                        "child_of",
                        List.of("parent"),
                        new ObjectName("default", "main", "parent"),
                        "parent_pkey",
                        List.of("id"),
                        ReferentialAction.SET_NULL,
                        ReferentialAction.CASCADE));
        assertThat(catalog.snapshot().tables())
                .extracting(table -> table.name().name())
                .containsExactly("child", "free", "parent");
        assertThat(catalog.snapshot().sequences()).isEmpty();
        run("INSERT INTO child VALUES (10, 1)");
        assertThat(run("DELETE FROM parent WHERE id = 1")).isOne();
        assertThat(count("child")).isZero();
    }

    private long run(String sql) {
        long count = session.update(sql, never);
        catalog.changed();
        return count;
    }

    /** In the transaction that is open there. */
    private long run(EngineConnection connection, String sql) {
        CompiledStatement statement = compiler.compile(sql, CONTEXT);
        List<List<@Nullable Object>> one = List.of(List.of());
        return new EngineUpdate(connection, statement).run(one);
    }

    private long count(String from) {
        try (ResultStream stream =
                session.execute("SELECT count(*) FROM " + from, never).open()) {
            stream.next();
            return (Long) stream.root().getVector(0).getObject(0);
        }
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOf(SkyportException.class)
                .satisfies(failure ->
                        assertThat(((SkyportException) failure).code()).isEqualTo(code));
    }
}
