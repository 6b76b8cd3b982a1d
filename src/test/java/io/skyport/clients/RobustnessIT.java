package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.skyport.SkyportServer;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.clients.RawFlight.Call;
import io.skyport.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.ActionType;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.Empty;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.HandshakeResponse;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do by mistake, by bad luck or on purpose. */
@Timeout(120)
@ExtendWith(NothingHeld.class)
class RobustnessIT {

    private static final String ENDLESS = "SELECT a.i FROM range(1000000000) a(i), range(1000000) b(j)";

    private RawFlight flight;

    @BeforeEach
    void connect() {
        flight = new RawFlight(Endpoint.port());
    }

    @AfterEach
    void disconnect() {
        flight.close();
    }

    /** Arrow's integration scenario "middleware". */
    @ParameterizedTest
    @CsvSource({
        "SELECT 1, alice:secret:with=colon, OK",
        "SELEC, alice:secret:with=colon, INVALID_ARGUMENT",
        "SELECT 1, alice:wrong, UNAUTHENTICATED"
    })
    void the_header_x_middleware_comes_back_also_when_the_call_fails(String sql, String credentials, Code code)
            throws Exception {
        Metadata.Key<String> key = Metadata.Key.of("x-middleware", Metadata.ASCII_STRING_MARSHALLER);
        for (String sent : List.of("expected value", "x".repeat(1025))) {
            Metadata headers = RawFlight.basic(credentials);
            headers.put(key, sent);
            Answer<FlightInfo> answer = flight.call(
                    FlightServiceGrpc.getGetFlightInfoMethod(),
                    headers,
                    RawFlight.command(
                            CommandStatementQuery.newBuilder().setQuery(sql).build()));
            assertThat(answer.code()).isEqualTo(code);
            Metadata received = new Metadata();
            received.merge(answer.headers());
            received.merge(answer.trailers());
            if (sent.length() > 1024) {
                assertThat(received.containsKey(key)).isFalse();
            } else {
                assertThat(received.getAll(key)).containsExactly(sent);
            }
        }
    }

    @Test
    void handshakes_that_are_cancelled_leave_nothing_behind() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<Call<HandshakeRequest, HandshakeResponse>> calls = Stream.generate(
                            () -> flight.start(FlightServiceGrpc.getHandshakeMethod(), RawFlight.alice()))
                    .limit(100)
                    .toList();
            calls.subList(0, 50).forEach(Call::cancel);
            calls.subList(50, 100).forEach(call -> {
                call.send(HandshakeRequest.getDefaultInstance());
                call.cancel();
            });
        }
        assertThat(flight.call(
                                FlightServiceGrpc.getHandshakeMethod(),
                                RawFlight.alice(),
                                HandshakeRequest.getDefaultInstance())
                        .code())
                .isEqualTo(Code.OK);
    }

    @Test
    void an_upload_that_is_half_closed_without_a_schema_is_answered() throws Exception {
        ByteString handle = RawGrpcIT.prepare(flight, "SELECT CAST(? AS INTEGER)");
        Answer<PutResult> bind = flight.call(
                FlightServiceGrpc.getDoPutMethod(),
                RawFlight.alice(),
                RawFlight.put(RawFlight.command(CommandPreparedStatementQuery.newBuilder()
                        .setPreparedStatementHandle(handle)
                        .build())));
        assertThat(bind.code()).as(bind.description()).isEqualTo(Code.INVALID_ARGUMENT);

        FlightData metadataOnly = RawFlight.put(RawFlight.command(CommandStatementUpdate.newBuilder()
                        .setQuery("CREATE SCHEMA IF NOT EXISTS robust")
                        .build()))
                .toBuilder()
                .setAppMetadata(ByteString.copyFromUtf8("x"))
                .build();
        assertThat(flight.call(FlightServiceGrpc.getDoPutMethod(), RawFlight.alice(), metadataOnly)
                        .code())
                .isEqualTo(Code.OK);
    }

    @Test
    void a_failure_s_details_tell_sqlstate_and_position_in_every_kind_of_call() throws Exception {
        String sql = "SELECT *\nFROM robust_missing";
        for (Answer<?> answer : List.of(
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), RawFlight.alice(), query(sql)),
                flight.call(FlightServiceGrpc.getGetSchemaMethod(), RawFlight.alice(), query(sql)),
                flight.call(
                        FlightServiceGrpc.getDoPutMethod(),
                        RawFlight.alice(),
                        RawFlight.put(RawFlight.command(CommandStatementUpdate.newBuilder()
                                .setQuery("DELETE\nFROM robust_missing")
                                .build()))),
                flight.call(
                        FlightServiceGrpc.getDoActionMethod(),
                        RawFlight.alice(),
                        RawFlight.action(
                                "CreatePreparedStatement",
                                org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest
                                        .newBuilder()
                                        .setQuery(sql)
                                        .build())))) {
            assertThat(answer.code()).isEqualTo(Code.NOT_FOUND);
            ErrorInfo info = details(answer.status().asRuntimeException(answer.trailers()))
                    .getDetails(0)
                    .unpack(ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo("UNDEFINED_TABLE");
            assertThat(info.getMetadataMap())
                    .containsEntry("sqlstate", "42P01")
                    .containsEntry("line", "2")
                    .containsEntry("column", "6");
        }
        Answer<FlightInfo> anonymous =
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), new Metadata(), query("SELECT 1"));
        assertThat(details(anonymous.status().asRuntimeException(anonymous.trailers()))
                        .getDetails(0)
                        .unpack(ErrorInfo.class)
                        .getMetadataMap())
                .containsEntry("sqlstate", "28000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00fc", "\uD83D\uDE00", "%"})
    void a_client_with_grpcs_own_limits_is_told_the_true_failure_however_long_it_is(String character) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", Endpoint.port())
                .usePlaintext()
                .build();
        try {
            var stub = FlightServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(RawFlight.alice()));
            FlightInfo info = stub.getFlightInfo(
                    query("SELECT CAST(s AS INTEGER) FROM (VALUES ('" + character.repeat(20_000) + "')) v(s)"));
            Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                    () -> stub.doGet(info.getEndpoint(0).getTicket()).forEachRemaining(message -> {}));

            assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(Status.fromThrowable(failure).getDescription())
                    .hasSizeGreaterThan(100)
                    .endsWith("[22P02]");
            assertThat(details((StatusRuntimeException) failure).getMessage()).endsWith("[22P02]");
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void long_headers_come_with_every_kind_of_call() throws Exception {
        Metadata headers = RawFlight.alice();
        headers.put(Metadata.Key.of("x-long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(100_000));
        for (Answer<?> answer : List.of(
                flight.call(FlightServiceGrpc.getHandshakeMethod(), headers, HandshakeRequest.getDefaultInstance()),
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), headers, query("SELECT 1")),
                flight.call(FlightServiceGrpc.getListActionsMethod(), headers, Empty.getDefaultInstance()),
                flight.call(FlightServiceGrpc.getListFlightsMethod(), headers, Criteria.getDefaultInstance()))) {
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        }
    }

    @Test
    void every_action_that_is_listed_is_known_and_described() throws Exception {
        List<ActionType> listed = flight.call(
                        FlightServiceGrpc.getListActionsMethod(), RawFlight.alice(), Empty.getDefaultInstance())
                .messages();

        assertThat(listed).isNotEmpty().allMatch(type -> !type.getDescription().isBlank());
        for (ActionType type : listed) {
            Answer<?> answer = flight.call(
                    FlightServiceGrpc.getDoActionMethod(),
                    RawFlight.alice(),
                    Action.newBuilder()
                            .setType(type.getType())
                            .setBody(ByteString.copyFromUtf8("garbage"))
                            .build());
            assertThat(answer.code()).as(type.getType()).isNotEqualTo(Code.UNIMPLEMENTED);
        }
    }

    @Test
    void a_token_that_has_expired_is_unauthenticated_and_one_that_waits_to_run_ends_with_the_server() throws Exception {
        SkyportServer server = SkyportServer.start(Endpoint.users(
                "skyport.security.token-lifetime=1s",
                "skyport.session.statements.max-running=1",
                "skyport.session.drain-time=200ms",
                "grpc.server.shutdown-grace-period=200ms"));
        try (RawFlight raw = new RawFlight(server.flightPort())) {
            String bearer = raw.call(
                            FlightServiceGrpc.getHandshakeMethod(),
                            RawFlight.alice(),
                            HandshakeRequest.getDefaultInstance())
                    .headers()
                    .get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Answer<FlightInfo> late = raw.call(
                        FlightServiceGrpc.getGetFlightInfoMethod(), RawFlight.authorization(bearer), query("SELECT 1"));
                assertThat(late.code()).isEqualTo(Code.UNAUTHENTICATED);
                assertThat(late.description()).endsWith("[28000]");
            });

            Ticket ticket = raw.call(FlightServiceGrpc.getGetFlightInfoMethod(), RawFlight.alice(), query(ENDLESS))
                    .messages()
                    .get(0)
                    .getEndpoint(0)
                    .getTicket();
            Call<Ticket, FlightData> open = raw.start(FlightServiceGrpc.getDoGetMethod(), RawFlight.alice(), 1);
            open.send(ticket);
            open.halfClose();
            open.firstMessage();
            CompletableFuture<Answer<PutResult>> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return raw.call(
                            FlightServiceGrpc.getDoPutMethod(),
                            RawFlight.alice(),
                            RawFlight.put(RawFlight.command(CommandStatementUpdate.newBuilder()
                                    .setQuery("CREATE SCHEMA never")
                                    .build())));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Sessions sessions = server.bean(Sessions.class);
            await().atMost(Duration.ofSeconds(20)).until(() -> sessions.waitingStatements() == 1);

            CompletableFuture.runAsync(server::close).get(60, TimeUnit.SECONDS);

            assertThat(waiting.get(20, TimeUnit.SECONDS).code()).isIn(Code.CANCELLED, Code.UNAVAILABLE);
        }
    }

    private static com.google.rpc.Status details(StatusRuntimeException failure) {
        com.google.rpc.Status details = StatusProto.fromThrowable(failure);
        assertThat(details).isNotNull();
        assertThat(details.getCode()).isEqualTo(failure.getStatus().getCode().value());
        return details;
    }

    private static org.apache.arrow.flight.impl.Flight.FlightDescriptor query(String sql) {
        return RawFlight.command(
                CommandStatementQuery.newBuilder().setQuery(sql).build());
    }
}
