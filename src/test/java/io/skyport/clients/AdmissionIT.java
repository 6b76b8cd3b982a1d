package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status.Code;
import io.skyport.SkyportServer;
import io.skyport.clients.RawFlight.Call;
import io.skyport.session.Sessions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server on which two statements run, one of each user, and one waits, seen from its clients. */
class AdmissionIT {

    private static final String ENDLESS = "SELECT a.i FROM range(1000000000) a(i), range(1000000) b(j)";

    private static SkyportServer server;
    private static Sessions sessions;

    private BufferAllocator allocator;
    private FlightSqlClient client;

    @BeforeAll
    static void start() {
        server = SkyportServer.start(Endpoint.users(
                "skyport.session.statements.max-running=2",
                "skyport.session.statements.max-running-per-user=1",
                "skyport.session.statements.max-queued=1",
                "skyport.session.statements.max-result-rows=1000000000"));
        sessions = server.bean(Sessions.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        client = Connected.connect(allocator, server.flightPort());
        client.executeUpdate("CREATE TABLE IF NOT EXISTS admitted (i INTEGER)");
        client.executeUpdate("DELETE FROM admitted");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        allocator.close();
        NothingHeld.check(server);
        assertThat(sessions.runningStatements() + sessions.waitingStatements()).isZero();
    }

    @Test
    void one_waits_and_the_next_one_is_refused_at_once_in_every_way_to_run_a_statement() throws Exception {
        try (FlightStream open = stream(client.execute(ENDLESS))) {
            assertThat(open.next()).isTrue();
            CompletableFuture<Long> waiting =
                    CompletableFuture.supplyAsync(() -> client.executeUpdate("INSERT INTO admitted VALUES (1)"));
            await().until(() -> sessions.waitingStatements() == 1);

            assertRefused(() -> client.executeUpdate("INSERT INTO admitted VALUES (2)"));
            assertRefused(() -> client.execute("INSERT INTO admitted VALUES (2)"));
            assertRefused(() -> Rows.of(client, client.execute("SELECT 1")));
            try (Connection jdbc = jdbc();
                    Statement statement = jdbc.createStatement();
                    ResultSet catalogs = jdbc.getMetaData().getCatalogs()) {
                assertThat(catalogs.next()).isTrue();
                assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO admitted VALUES (2)"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("[53400]");
                // Planning, metadata and what others hold is not affected.
                assertThat(client.execute("SELECT 1").getEndpoints()).hasSize(1);
            }
            open.cancel("enough", null);
            assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(1);
        }
        assertThat(Rows.of(client, client.execute("SELECT count(*) FROM admitted"))
                        .value())
                .isEqualTo(1L);
    }

    @Test
    void another_user_is_not_held_up() throws Exception {
        try (FlightStream open = stream(client.execute(ENDLESS));
                RawFlight flight = new RawFlight(server.flightPort())) {
            assertThat(open.next()).isTrue();
            CompletableFuture<Long> waiting =
                    CompletableFuture.supplyAsync(() -> client.executeUpdate("INSERT INTO admitted VALUES (1)"));
            await().until(() -> sessions.waitingStatements() == 1);

            Flight.FlightInfo info = flight.call(
                            FlightServiceGrpc.getGetFlightInfoMethod(),
                            RawFlight.authorization("Bearer " + Endpoint.TOKEN),
                            select("SELECT 1"))
                    .messages()
                    .get(0);
            assertThat(flight.call(
                                    FlightServiceGrpc.getDoGetMethod(),
                                    RawFlight.authorization("Bearer " + Endpoint.TOKEN),
                                    info.getEndpoint(0).getTicket())
                            .code())
                    .isEqualTo(Code.OK);
            assertThat(waiting).isNotDone();

            open.cancel("enough", null);
            waiting.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void a_client_that_is_gone_gives_its_place_back_and_one_that_waits_leaves_the_queue() throws Exception {
        FlightSqlClient leaving = Connected.connect(allocator, server.flightPort());
        FlightStream open =
                leaving.getStream(leaving.execute(ENDLESS).getEndpoints().get(0).getTicket());
        assertThat(open.next()).isTrue();
        try (RawFlight impatient = new RawFlight(server.flightPort())) {
            Call<Flight.FlightDescriptor, Flight.FlightInfo> call =
                    impatient.start(FlightServiceGrpc.getGetFlightInfoMethod(), RawFlight.alice());
            call.send(select("INSERT INTO admitted VALUES (1)"));
            call.halfClose();
            await().until(() -> sessions.waitingStatements() == 1);
            call.cancel();
            await().atMost(10, TimeUnit.SECONDS).until(() -> sessions.waitingStatements() == 0);
        }
        assertThat(sessions.runningStatements()).isEqualTo(1);

        open.cancel("gone", null);
        open.close();
        leaving.close();

        await().atMost(10, TimeUnit.SECONDS).until(() -> sessions.runningStatements() == 0);
        assertThat(Rows.of(client, client.execute("SELECT count(*) FROM admitted"))
                        .value())
                .isEqualTo(0L);
    }

    @Test
    void a_transactions_results_are_read_one_inside_the_other() throws Exception {
        try (Connection jdbc = jdbc();
                Statement outer = jdbc.createStatement();
                Statement inner = jdbc.createStatement()) {
            outer.execute("BEGIN");
            try (ResultSet rows = outer.executeQuery("SELECT i FROM range(100000) r(i) ORDER BY i")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(inner.executeUpdate("INSERT INTO admitted VALUES (" + rows.getInt(1) + ")"))
                            .isEqualTo(1);
                }
            }
            inner.execute("COMMIT");
        }
        assertThat(Rows.of(client, client.execute("SELECT i FROM admitted ORDER BY i"))
                        .column(0))
                .containsExactly(0, 1, 2);
    }

    @Test
    void many_clients_of_two_users_all_get_their_answers_or_are_refused_cleanly() throws Exception {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return String.valueOf(Rows.of(client, client.execute("SELECT count(*) FROM range(100000)"))
                            .value());
                } catch (FlightRuntimeException e) {
                    return e.status().code().name();
                } catch (Exception e) {
                    return e.toString();
                }
            }));
        }
        for (CompletableFuture<String> answer : all) {
            assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isIn("100000", "RESOURCE_EXHAUSTED");
        }
    }

    private FlightStream stream(FlightInfo info) {
        return client.getStream(info.getEndpoints().get(0).getTicket());
    }

    private static Flight.FlightDescriptor select(String sql) {
        return RawFlight.command(
                CommandStatementQuery.newBuilder().setQuery(sql).build());
    }

    private static Connection jdbc() throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl("user=" + Endpoint.USER + "&password=" + Endpoint.PASSWORD.replace("=", "%3D")));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("skyport.session.statements.max-queued")
                .hasMessageEndingWith("[53400]");
    }
}
