package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.skyport.SkyportServer;
import io.skyport.engine.EngineGauges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCancelQueryRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything by which a client may stop a query: what it answers, and how soon the engine is free. */
class CancelIT {

    private static final Duration SOON = Duration.ofMillis(100);
    /** Of so many attempts most must be free soon: the machine has other things to do. */
    private static final int ATTEMPTS = 5;

    private static SkyportServer server;

    private BufferAllocator allocator;
    private FlightSqlClient client;
    private FlightClient flight;
    private CallOption token;
    private RawFlight raw;

    /** What the query is doing when it is stopped. */
    enum Doing {
        /** Its client reads no more, and the engine waits. */
        STREAMING("SELECT i, i AS j FROM range(1000000000) AS t(i)"),
        /** No row is there yet. */
        COMPUTING("SELECT i FROM range(1000000000) AS t(i) ORDER BY hash(i)");

        private final String sql;

        Doing(String sql) {
            this.sql = sql;
        }
    }

    @BeforeAll
    static void start() {
        server = SkyportServer.start(Endpoint.users());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        client = Connected.connect(allocator, server.flightPort());
        flight = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                .build();
        token = flight.authenticateBasicToken(Endpoint.USER, Endpoint.PASSWORD).orElseThrow();
        raw = new RawFlight(server.flightPort());
    }

    @AfterEach
    void disconnect() throws Exception {
        raw.close();
        client.close();
        flight.close();
        allocator.close();
        NothingHeld.check(server);
        assertThat(takenConnections()).isZero();
    }

    private static int takenConnections() {
        return server.bean(EngineGauges.class).activeConnections();
    }

    /** A DoGet under way, in a state to be stopped in. */
    private RawFlight.Call<Flight.Ticket, Flight.FlightData> started(Doing doing, FlightInfo info) throws Exception {
        var call = raw.start(FlightServiceGrpc.getDoGetMethod(), alice(), 2);
        call.send(rawTicket(info));
        call.halfClose();
        if (doing == Doing.STREAMING) {
            call.firstMessage();
        }
        await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).until(() -> takenConnections() == 1);
        return call;
    }

    private static Flight.Ticket rawTicket(FlightInfo info) {
        return Flight.Ticket.newBuilder()
                .setTicket(ByteString.copyFrom(
                        info.getEndpoints().get(0).getTicket().getBytes()))
                .build();
    }

    private interface Attempt {
        /** Returns when the query was stopped, as far as its client knows. */
        void stop() throws Exception;
    }

    private static Duration untilFree(Attempt attempt) throws Exception {
        attempt.stop();
        long stopped = System.nanoTime();
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> takenConnections() == 0);
        return Duration.ofNanos(System.nanoTime() - stopped);
    }

    private static void assertSoon(List<Duration> durations) {
        Collections.sort(durations);
        assertThat(durations.get(durations.size() / 2))
                .as("median of " + durations)
                .isLessThan(SOON);
    }

    @ParameterizedTest
    @EnumSource
    void closing_the_stream_frees_the_engine(Doing doing) throws Exception {
        List<Duration> durations = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            var call = started(doing, client.execute(doing.sql));
            durations.add(untilFree(call::cancel));
        }
        assertSoon(durations);
    }

    @ParameterizedTest
    @EnumSource
    void a_deadline_frees_the_engine(Doing doing) throws Exception {
        List<Duration> durations = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            FlightInfo info = client.execute(doing.sql);
            durations.add(untilFree(() -> readUntil(info, Duration.ofMillis(700))));
        }
        assertSoon(durations);
    }

    private void readUntil(FlightInfo info, Duration deadline) throws Exception {
        var timeout = CallOptions.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), timeout)) {
            assertThatThrownBy(() -> {
                        while (stream.next()) {}
                    })
                    .satisfies(FlightSqlStatementsIT.code(FlightStatusCode.TIMED_OUT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_action_frees_the_engine_and_its_reader_is_told(Doing doing) throws Exception {
        List<Duration> durations = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            FlightInfo info = client.execute(doing.sql);
            var call = started(doing, info);
            durations.add(
                    untilFree(() -> assertThat(cancel(info)).isIn(CancelStatus.CANCELLING, CancelStatus.CANCELLED)));
            assertThat(call.end(Integer.MAX_VALUE).code()).isEqualTo(Code.CANCELLED);
            assertThat(cancel(info)).isEqualTo(CancelStatus.CANCELLED);
        }
        assertSoon(durations);
    }

    @ParameterizedTest
    @EnumSource
    void killing_the_client_frees_the_engine(Doing doing) throws Exception {
        List<Duration> durations = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            Process reader = reader(client.execute(doing.sql));
            try {
                if (doing == Doing.STREAMING) {
                    assertThat(reader.getInputStream().read()).isNotNegative();
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> takenConnections() == 1);
                durations.add(untilFree(() -> reader.destroyForcibly().waitFor()));
            } finally {
                reader.destroyForcibly();
            }
        }
        assertSoon(durations);
    }

    private static Process reader(FlightInfo info) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledReader.class.getName(),
                        Integer.toString(server.flightPort()),
                        Base64.getEncoder()
                                .encodeToString(
                                        info.getEndpoints().get(0).getTicket().getBytes()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private CancelStatus cancel(FlightInfo info) {
        return flight.cancelFlightInfo(new CancelFlightInfoRequest(info), token).getStatus();
    }

    @Test
    void what_nobody_fetches_yet_is_cancelled_at_once_and_cannot_be_fetched() {
        FlightInfo info = client.execute("SELECT 1");

        assertThat(cancel(info)).isEqualTo(CancelStatus.CANCELLED);
        assertThat(cancel(info)).isEqualTo(CancelStatus.CANCELLED);
        assertThatThrownBy(() -> Rows.of(client, info))
                .satisfies(FlightSqlStatementsIT.code(FlightStatusCode.CANCELLED));
    }

    @Test
    void what_has_ended_cannot_be_cancelled() throws Exception {
        FlightInfo info = client.execute("SELECT 1");
        Rows.of(client, info);

        assertThat(cancel(info)).isEqualTo(CancelStatus.NOT_CANCELLABLE);
        assertThat(cancel(info)).isEqualTo(CancelStatus.NOT_CANCELLABLE);
    }

    @Test
    void a_change_has_been_made_when_its_ticket_is_there() throws Exception {
        client.executeUpdate("CREATE OR REPLACE TABLE changed (i INTEGER)");
        FlightInfo info = client.execute("INSERT INTO changed VALUES (1) RETURNING i");

        assertThat(cancel(info)).isEqualTo(CancelStatus.NOT_CANCELLABLE);
        assertThat(Rows.of(client, info).value()).isEqualTo(1);
        assertThat(cancel(client.execute("INSERT INTO changed VALUES (2)"))).isEqualTo(CancelStatus.NOT_CANCELLABLE);
    }

    @Test
    void the_older_action_answers_the_same() throws Exception {
        FlightInfo waiting = client.execute("SELECT 1");
        FlightInfo read = client.execute("SELECT 1");
        Rows.of(client, read);

        assertThat(client.cancelQuery(waiting)).isEqualTo(CancelResult.CANCELLED);
        assertThat(client.cancelQuery(waiting)).isEqualTo(CancelResult.CANCELLED);
        assertThat(client.cancelQuery(read)).isEqualTo(CancelResult.NOT_CANCELLABLE);
        var answer = raw.call(
                FlightServiceGrpc.getDoActionMethod(),
                alice(),
                action(
                        "CancelQuery",
                        ActionCancelQueryRequest.newBuilder()
                                .setInfo(ByteString.copyFrom(waiting.serialize()))
                                .build()));
        assertThat(answer.code()).isEqualTo(Code.OK);
        assertThat(Any.parseFrom(answer.messages().get(0).getBody())
                        .unpack(org.apache.arrow.flight.sql.impl.FlightSql.ActionCancelQueryResult.class)
                        .getResultValue())
                .isEqualTo(1);
    }

    @Test
    void answers_to_metadata_commands_cannot_be_cancelled() throws Exception {
        FlightInfo info = client.getTableTypes();

        assertThat(cancel(info)).isEqualTo(CancelStatus.NOT_CANCELLABLE);
        assertThat(Rows.of(client, info).rows()).isNotEmpty();
    }

    @Test
    void cancelling_does_not_roll_back_the_transaction() throws Exception {
        client.executeUpdate("CREATE OR REPLACE TABLE kept (i INTEGER)");
        FlightSqlClient.Transaction transaction = client.beginTransaction();
        client.executeUpdate("INSERT INTO kept VALUES (1)", transaction);
        FlightInfo info = client.execute("SELECT i FROM range(100000000) AS t(i)", transaction);

        assertThat(cancel(info)).isEqualTo(CancelStatus.CANCELLED);

        assertThat(Rows.of(client, client.execute("SELECT i FROM kept", transaction))
                        .value())
                .isEqualTo(1);
        client.commit(transaction);
        assertThat(Rows.of(client, client.execute("SELECT i FROM kept")).value())
                .isEqualTo(1);
    }

    @Test
    void only_its_user_can_cancel_a_query() throws Exception {
        FlightInfo info = client.execute("SELECT 1");
        Flight.CancelFlightInfoRequest request = Flight.CancelFlightInfoRequest.newBuilder()
                .setInfo(Flight.FlightInfo.parseFrom(info.serialize()))
                .build();

        assertThat(cancel(RawFlight.authorization("Bearer " + Endpoint.TOKEN), request.toByteString()))
                .isEqualTo(Code.NOT_FOUND);
        assertThat(Rows.of(client, info).value()).isEqualTo(1);
    }

    @Test
    void what_names_no_query_of_this_server_is_refused() throws Exception {
        assertThat(cancel(alice(), ByteString.copyFromUtf8("\u0001garbage"))).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(cancel(alice(), ByteString.EMPTY)).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(cancel(alice(), ofTicket(ByteString.copyFromUtf8("garbage"))))
                .isEqualTo(Code.INVALID_ARGUMENT);
        TicketStatementQuery unknown = TicketStatementQuery.newBuilder()
                .setStatementHandle(ByteString.copyFromUtf8("x"))
                .build();
        assertThat(cancel(alice(), ofTicket(Any.pack(unknown).toByteString()))).isEqualTo(Code.NOT_FOUND);
        var old = raw.call(
                FlightServiceGrpc.getDoActionMethod(),
                alice(),
                action("CancelQuery", CommandGetTableTypes.getDefaultInstance()));
        assertThat(old.code()).isEqualTo(Code.INVALID_ARGUMENT);
    }

    private static ByteString ofTicket(ByteString ticket) {
        return Flight.CancelFlightInfoRequest.newBuilder()
                .setInfo(Flight.FlightInfo.newBuilder()
                        .addEndpoint(Flight.FlightEndpoint.newBuilder()
                                .setTicket(Flight.Ticket.newBuilder().setTicket(ticket))))
                .build()
                .toByteString();
    }

    private Code cancel(Metadata headers, ByteString body) throws Exception {
        return raw.call(FlightServiceGrpc.getDoActionMethod(), headers, action("CancelFlightInfo", body))
                .code();
    }
}
