package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
import io.skyport.engine.EngineGauges;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgGetServerInfo;
import io.skyport.flydb.message.MsgQuery;
import io.skyport.session.Sessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the server tells about itself, and KILL, over both wires. */
@Timeout(180)
class SystemTablesIT {

    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range * b.range % 7 = 3";

    @TempDir
    Path directory;

    private SkyportServer server;

    @BeforeEach
    void start() {
        server = SkyportServer.startIn(directory, "skyport.history.flush-interval=20ms");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection bob() throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl("user=" + SkyportServer.READER + "&password=" + SkyportServer.READER_PASSWORD));
    }

    private FlydbClient bobByFlydb() {
        FlydbClient client = FlydbClient.connect(server.flydbPort());
        assertThat(client.call(new MsgAuth(SkyportServer.READER, SkyportServer.READER_PASSWORD, null, false))
                        .json()
                        .path("success")
                        .asBoolean())
                .isTrue();
        return client;
    }

    private static List<String> query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return rows(statement.executeQuery());
        }
    }

    private static List<String> rows(ResultSet results) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (results) {
            while (results.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                    row.add(results.getString(column));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                rows(statement.getResultSet());
            }
        }
    }

    private static List<String> rows(FlydbClient client, String sql) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : client.result(sql).path("rows")) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(value.asText()));
            rows.add(String.join(" ", values));
        }
        return rows;
    }

    @Test
    void the_history_tells_each_user_what_he_ran_over_which_wire_also_after_a_restart() throws Exception {
        String sql =
                "SELECT user_name || ' ' || protocol || ' ' || kind || ' ' || status || ' ' || row_count FROM _system.queries"
                        + " WHERE sql_text LIKE '%marked%' AND status = 'success' AND NOT sql_text LIKE '%LIKE%' ORDER BY started_at";
        try (Connection alice = server.connect();
                Connection bob = bob();
                FlydbClient bobs = bobByFlydb()) {
            run(alice, "CREATE TABLE marked AS SELECT * FROM range(7)");
            run(bob, "SELECT 'marked' FROM range(3)");
            bobs.result("INSERT INTO marked VALUES (1), (2)");
            bobs.query("SELECT nothing FROM marked");
        }
        String[] ofBob = {"bob flightsql query success 3", "bob flydb dml success 2"};
        for (int start = 0; start < 2; start++) {
            try (Connection alice = server.connect();
                    Connection bob = bob();
                    FlydbClient bobs = bobByFlydb()) {
                await().untilAsserted(() -> assertThat(query(bob, sql)).containsExactly(ofBob));
                assertThat(rows(bobs, sql)).containsExactly(ofBob);
                assertThat(query(alice, sql)).contains(ofBob).hasSize(3);
                assertThat(query(alice, sql).get(0)).startsWith("alice flightsql ddl success");
                assertThat(query(
                                bob,
                                "SELECT sqlstate, kind IS NULL, client_address LIKE '127.0.0.1:%' FROM _system.queries"
                                        + " WHERE status = ? AND sql_text = ?",
                                "error",
                                "SELECT nothing FROM marked"))
                        .containsExactly("42703 true true");
            }
            server.close();
            server = SkyportServer.startIn(directory, "skyport.history.flush-interval=20ms");
        }
    }

    @Test
    void a_flydb_query_is_seen_and_killed_from_jdbc_by_its_user_and_not_by_another() throws Exception {
        try (Connection alice = server.connect();
                Connection bob = bob();
                FlydbClient alices = FlydbClient.driver(server)) {
            alices.send(new MsgQuery(ENDLESS));
            String sql = "SELECT q.query_id FROM _system.running_queries q JOIN _system.sessions s USING (session_id)"
                    + " WHERE s.protocol = ? AND q.phase = 'running'";
            await().until(() -> query(alice, sql, "flydb").size() == 1);
            String id = query(alice, sql, "flydb").get(0);
            assertThat(query(bob, sql, "flydb")).isEmpty();
            assertThatThrownBy(() -> run(bob, "KILL QUERY '" + id + "'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("another user's");

            run(alice, "KILL QUERY '" + id + "'");

            FlydbClient.Reply reply = alices.receive();
            assertThat(reply.json().path("sqlstate").asText()).isEqualTo("57014");
            assertThat(reply.json().path("message").asText()).contains("killed");
            assertThat(rows(alices, "SELECT 1")).containsExactly("1");
            assertThat(query(alice, sql, "flydb")).isEmpty();
        }
    }

    @Test
    void a_query_of_flight_sql_is_killed_from_flydb() throws Exception {
        try (Connection bob = bob();
                FlydbClient admin = FlydbClient.driver(server)) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    run(bob, ENDLESS);
                } catch (SQLException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            });
            String sql = "SELECT query_id FROM _system.running_queries WHERE user_name = 'bob' AND phase = 'running'";
            await().until(() -> rows(admin, sql).size() == 1);

            admin.result("KILL QUERY '" + rows(admin, sql).get(0) + "'");

            assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS)).hasMessageContaining("killed");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.bean(EngineGauges.class).activeConnections() == 0);
            assertThat(query(bob, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void a_killed_session_of_flydb_loses_its_transaction_and_its_connection() throws Exception {
        try (Connection alice = server.connect();
                FlydbClient bobs = bobByFlydb()) {
            run(alice, "CREATE TABLE t (a INTEGER)");
            bobs.result("BEGIN");
            bobs.result("INSERT INTO t VALUES (1)");
            String id = query(
                            alice,
                            "SELECT session_id FROM _system.sessions WHERE protocol = 'flydb' AND transactions = 1")
                    .get(0);

            run(alice, "KILL SESSION '" + id + "'");

            assertThat(bobs.isClosedByServer()).isTrue();
            assertThat(server.bean(Sessions.class).transactions().size()).isZero();
            assertThat(query(alice, "SELECT count(*) FROM t")).containsExactly("0");
            assertThat(query(alice, "SELECT count(*) FROM _system.sessions WHERE user_name = 'bob'"))
                    .containsExactly("0");
        }
    }

    @Test
    void a_client_of_flydb_knows_its_session_by_the_id_that_kill_takes() throws Exception {
        try (Connection alice = server.connect();
                FlydbClient bobs = bobByFlydb()) {
            String id =
                    bobs.call(new MsgGetServerInfo()).json().path("session_id").asText();
            assertThat(rows(bobs, "SELECT session_id FROM _system.sessions")).containsExactly(id);
            run(alice, "KILL SESSION '" + id + "'");
            assertThat(bobs.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_client_of_flight_sql_is_told_that_its_session_was_killed() throws Exception {
        try (Connection alice = server.connect();
                Connection bob = bob()) {
            assertThat(query(bob, "SELECT 1")).containsExactly("1");
            String id = query(alice, "SELECT session_id FROM _system.sessions WHERE user_name = 'bob'")
                    .get(0);

            run(alice, "KILL SESSION '" + id + "'");

            assertThatThrownBy(() -> query(bob, "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("Connect again");
            try (Connection again = bob()) {
                assertThat(query(again, "SELECT count(*) FROM _system.sessions"))
                        .containsExactly("1");
            }
        }
    }

    @Test
    void a_slow_statement_is_logged_with_the_plan_of_what_it_asked_of_the_engine() throws Exception {
        server.close();
        server = SkyportServer.startIn(directory, "skyport.history.slow-threshold=1ms");
        List<String> logged = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                logged.add(event.getFormattedMessage());
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger(SlowStatements.class);
        appender.start();
        logger.addAppender(appender);
        try (Connection alice = server.connect();
                FlydbClient bobs = bobByFlydb()) {
            run(alice, "CREATE TABLE slow AS SELECT range AS a FROM range(100000)");
            query(alice, "SELECT a FROM slow WHERE a % 10 = CAST(? AS BIGINT) ORDER BY hash(a)", 7);
            bobs.result("UPDATE slow SET a = a + 1 WHERE a % 3 = 1");
            await().untilAsserted(() -> assertThat(logged)
                    .anyMatch(text ->
                            text.contains(" of alice ") && text.contains("ORDER BY hash") && text.contains("ORDER_BY"))
                    .anyMatch(text ->
                            text.contains(" of bob ") && text.contains("UPDATE slow") && text.contains("SEQ_SCAN")));
        } finally {
            logger.detachAppender(appender);
        }
    }

    @Test
    void system_tables_are_listed_for_who_asks_for_them() throws Exception {
        try (Connection bob = bob()) {
            assertThat(rows(bob.getMetaData().getTables(null, null, "%", new String[] {"SYSTEM TABLE"})).stream()
                            .map(row -> row.split(" ")[2]))
                    .containsExactly("queries", "running_queries", "sessions");
            assertThat(rows(bob.getMetaData().getColumns("_system", null, "sessions", "session_id")))
                    .hasSize(1);
        }
    }
}
