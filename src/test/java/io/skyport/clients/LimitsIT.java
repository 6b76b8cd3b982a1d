package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status.Code;
import io.skyport.SkyportServer;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client is told that wants more than there is, by a server with low limits. */
class LimitsIT {

    private static SkyportServer server;

    private BufferAllocator allocator;
    private FlightSqlClient client;

    @BeforeAll
    static void start() {
        server = SkyportServer.start(Endpoint.users(
                "skyport.engine.max-connections=1",
                "skyport.engine.acquire-timeout=100ms",
                "skyport.session.result-timeout=1s",
                "skyport.session.max-open-results=3",
                "skyport.session.max-prepared-statements=2",
                "skyport.session.max-bound-bytes=64KB",
                "skyport.flightsql.max-batch-bytes=64KB",
                "skyport.flightsql.max-row-bytes=128KB",
                "skyport.flightsql.first-message-timeout=200ms",
                "skyport.flightsql.upload-idle-timeout=200ms"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        client = Connected.connect(allocator, server.flightPort());
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        allocator.close();
        NothingHeld.check(server);
    }

    @Test
    void results_that_wait_are_limited_and_expire() throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(this::canExecute);
        List<FlightInfo> waiting = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 50; i++) {
                        waiting.add(client.execute("SELECT " + i));
                    }
                })
                .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("53400")
                .hasMessageContaining("skyport.session.max-open-results");
        assertThat(waiting).hasSizeGreaterThanOrEqualTo(3);

        await().atMost(Duration.ofSeconds(20)).until(this::canExecute);

        assertThatThrownBy(() -> Rows.of(client, waiting.get(0))).satisfies(code(FlightStatusCode.NOT_FOUND));
    }

    private boolean canExecute() throws Exception {
        try {
            return Rows.of(client, client.execute("SELECT 1")).rows().size() == 1;
        } catch (FlightRuntimeException e) {
            return false;
        }
    }

    @Test
    void too_many_prepared_statements_are_refused() throws Exception {
        try (PreparedStatement one = client.prepare("SELECT 1");
                PreparedStatement two = client.prepare("SELECT 2")) {
            assertThatThrownBy(() -> client.prepare("SELECT 3"))
                    .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                    .hasMessageContaining("53400")
                    .hasMessageContaining("skyport.session.max-prepared-statements");
            assertThat(one.getResultSetSchema()).isNotEqualTo(two.getParameterSchema());
        }
        client.prepare("SELECT 3").close();
    }

    @Test
    void too_many_bound_bytes_are_refused() throws Exception {
        try (PreparedStatement statement = client.prepare("SELECT CAST(? AS VARCHAR)")) {
            VarCharVector text = new VarCharVector("p", allocator);
            text.setSafe(0, new Text("x".repeat(100_000)));
            text.setValueCount(1);
            statement.setParameters(VectorSchemaRoot.of(text));
            assertThatThrownBy(statement::execute)
                    .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                    .hasMessageContaining("skyport.session.max-bound-bytes");
        }
    }

    @Test
    void a_taken_connection_is_waited_for_and_then_missed() throws Exception {
        FlightInfo info = client.execute("SELECT 1");
        try (var ignored = server.bean(Engine.class).acquire()) {
            assertThatThrownBy(() -> Rows.of(client, info))
                    .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                    .hasMessageContaining("53300");
        }
        assertThat(Rows.of(client, client.execute("SELECT 1")).value()).isEqualTo(1);
    }

    @Test
    void messages_are_cut_to_the_limit() throws Exception {
        FlightInfo info = client.execute("SELECT repeat('x', 1000) AS s FROM range(1000) AS t(i)");
        long rows = 0;
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
                assertThat(stream.getRoot().getRowCount()).isBetween(1, 65);
            }
        }
        assertThat(rows).isEqualTo(1000);
    }

    @Test
    void a_row_that_no_message_can_carry_is_refused_with_the_limit_s_name() throws Exception {
        FlightInfo info = client.execute("SELECT repeat('x', 200000) AS s");

        assertThatThrownBy(() -> Rows.of(client, info))
                .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("54000")
                .hasMessageContaining("skyport.flightsql.max-row-bytes");
    }

    @Test
    void a_put_that_sends_nothing_is_ended() throws Exception {
        try (RawFlight flight = new RawFlight(server.flightPort())) {
            Answer<PutResult> silent =
                    flight.call(FlightServiceGrpc.getDoPutMethod(), RawFlight.alice(), List.of(), false);
            assertThat(silent.code()).as(silent.description()).isIn(Code.INVALID_ARGUMENT, Code.DEADLINE_EXCEEDED);
            assertThat(silent.description()).contains("skyport.flightsql.first-message-timeout");
        }
    }

    @Test
    void a_put_that_stops_sending_is_ended() throws Exception {
        try (RawFlight flight = new RawFlight(server.flightPort())) {
            Answer<PutResult> stopped = flight.call(
                    FlightServiceGrpc.getDoPutMethod(),
                    RawFlight.alice(),
                    List.of(RawFlight.put(RawFlight.command(CommandPreparedStatementQuery.newBuilder()
                            .setPreparedStatementHandle(RawGrpcIT.prepare(flight, "SELECT CAST(? AS VARCHAR)"))
                            .build()))),
                    false);
            assertThat(stopped.code()).as(stopped.description()).isIn(Code.INVALID_ARGUMENT, Code.DEADLINE_EXCEEDED);
            assertThat(stopped.description()).contains("skyport.flightsql.upload-idle-timeout");
        }
    }
}
