package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.SystemTables;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.session.Caller;
import io.skyport.session.Cancellation;
import io.skyport.session.EmbeddedSessions;
import io.skyport.session.Protocol;
import io.skyport.session.ResultStream;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTablesTest {

    private static final String MANY_ROWS = "SELECT i, 'secret literal' FROM range(10000000) AS r(i)";

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final Cancellation never = new Cancellation();
    private DuckDbEngine engine;
    private Sessions sessions;
    private Session alice;
    private Session bob;
    private Session admin;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
        sessions = EmbeddedSessions.over(engine, List.of(), allocator);
        publish(true);
        alice = sessions.openConnected(
                "alice", Set.of(), () -> new Caller(Protocol.FLYDB, new InetSocketAddress("127.0.0.1", 4711)));
        bob = sessions.session("bob", Set.of(), null);
        admin = sessions.session("root", Set.of("admin"), "t");
    }

    private void publish(boolean literals) {
        new LiveTables(sessions, new StatementText(literals, 1_000)).publish(engine);
    }

    @AfterEach
    void close() {
        sessions.close();
        assertThat(engine.activeConnections()).isZero();
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    private List<String> read(Session session, String sql) {
        List<String> rows = new ArrayList<>();
        try (ResultStream stream = session.execute(sql, never).open()) {
            while (stream.next()) {
                for (int i = 0; i < stream.root().getRowCount(); i++) {
                    int row = i;
                    rows.add(stream.root().getFieldVectors().stream()
                            .map(vector -> String.valueOf(vector.getObject(row)))
                            .collect(Collectors.joining(" ")));
                }
            }
        }
        return rows;
    }

    @Test
    void each_user_sees_his_sessions_and_an_admin_all() {
        String sql = "SELECT user_name FROM _system.sessions ORDER BY 1";

        assertThat(read(alice, sql)).containsExactly("alice");
        assertThat(read(bob, sql)).containsExactly("bob");
        assertThat(read(admin, sql)).containsExactly("alice", "bob", "root");
    }

    @Test
    void a_session_is_shown_with_what_it_holds_now() {
        alice.update("CREATE SCHEMA s", never);
        alice.update("USE s", never);
        alice.prepare("SELECT 1");
        alice.update("PREPARE p AS SELECT 2", never);
        alice.begin();

        assertThat(
                        read(
                                alice,
                                "SELECT session_id, protocol, client_address, database_name, schema_name FROM _system.sessions"))
                .containsExactly(alice.tag() + " flydb 127.0.0.1:4711 default s");
        assertThat(read(
                        alice,
                        "SELECT running_queries, prepared_statements, cursors, transactions FROM _system.sessions"))
                .containsExactly("1 2 0 1");
        assertThat(read(alice, "SELECT opened_at <= now() FROM _system.sessions"))
                .containsExactly("true");
        assertThat(read(bob, "SELECT protocol, client_address IS NULL FROM _system.sessions"))
                .containsExactly("internal true");
        sessions.close(alice);
        assertThat(read(admin, "SELECT count(*) FROM _system.sessions WHERE user_name = 'alice'"))
                .containsExactly("0");
    }

    @Test
    void a_running_query_shows_how_far_it_is_to_its_user_and_to_admins() {
        String sql = "SELECT q.user_name, q.sql_text, q.kind, q.phase, q.row_count > 0, s.session_id"
                + " FROM _system.running_queries q JOIN _system.sessions s USING (session_id)"
                + " WHERE q.sql_text LIKE '%range%' AND NOT q.sql_text LIKE '%running_queries%'";
        try (ResultStream rows = alice.execute(MANY_ROWS, never).open()) {
            assertThat(rows.next()).isTrue();
            String row = "alice " + MANY_ROWS + " query running true " + alice.tag();
            assertThat(read(alice, sql)).containsExactly(row);
            assertThat(read(admin, sql)).containsExactly(row);
            assertThat(read(bob, sql)).isEmpty();
            assertThat(new QueriesEndpoint(sessions, new StatementText(false, 1_000))
                            .all()
                            .queries())
                    .extracting(QueriesEndpoint.Running::text)
                    .containsExactly("SELECT i, ? FROM range(?) AS r(i)");
            publish(false);
            assertThat(read(admin, "SELECT sql_text FROM _system.running_queries WHERE user_name = 'alice'"))
                    .containsExactly("SELECT i, ? FROM range(?) AS r(i)");
        }
        assertThat(read(alice, sql)).isEmpty();
    }

    @Test
    void rows_are_those_of_the_time_when_they_are_read_however_often_the_text_was_compiled() {
        String sql = "SELECT count(*) FROM _system.sessions";
        for (int i = 0; i < 3; i++) {
            sessions.openConnected("carol", Set.of(), () -> Caller.INTERNAL);
            assertThat(read(admin, sql)).containsExactly(String.valueOf(4 + i));
        }
    }

    @Test
    void the_columns_are_those_that_the_catalog_tells() {
        for (var table : List.of(SystemTables.RUNNING_QUERIES, SystemTables.SESSIONS)) {
            assertThat(admin.describe("TABLE _system." + table.name().name()).columns().stream()
                            .map(column -> column.name() + " " + column.type().name()))
                    .containsExactlyElementsOf(SystemTables.engineColumns(table).stream()
                            .map(column -> column.name() + " " + column.typeName())
                            .toList());
        }
    }

    @Test
    void they_are_there_again_when_the_engine_was_opened_anew() {
        sessions.close();
        engine.close();
        open();
        assertThat(read(admin, "SELECT count(*) FROM _system.sessions")).containsExactly("3");
    }

    @Test
    void many_sessions_are_more_than_one_batch_of_rows() {
        for (int i = 0; i < 5_000; i++) {
            sessions.openConnected("carol", Set.of(), () -> Caller.INTERNAL);
        }
        assertThat(read(
                        admin,
                        "SELECT count(*), count(DISTINCT session_id) FROM _system.sessions WHERE user_name = 'carol'"))
                .containsExactly("5000 5000");
    }
}
