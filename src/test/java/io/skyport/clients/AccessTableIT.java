package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.authorization;
import static io.skyport.clients.RawFlight.basic;
import static io.skyport.clients.RawFlight.command;
import static io.skyport.clients.RawFlight.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.Empty;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call what: UNAUTHENTICATED and PERMISSION_DENIED for each RPC, by bare gRPC (conformance sections 3 and 14). */
@ExtendWith(NothingHeld.class)
class AccessTableIT {

    private static final Metadata.Key<String> SQLSTATE = Metadata.Key.of("sqlstate", Metadata.ASCII_STRING_MARSHALLER);

    private static final String FORBIDDEN_QUERY = "SELECT * FROM read_csv('/etc/passwd')";
    private static final String FORBIDDEN_UPDATE = "COPY (SELECT 1) TO '/etc/skyport.csv'";
    private static final byte[] NO_MESSAGE = {-1, -1, -1};

    private RawFlight flight;

    /**
     * A row of the table.
     *
     * @param allowed how it ends for a user who may call it
     */
    private record Row<Q>(String name, MethodDescriptor<Q, ?> method, Q message, Code allowed) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void connect() {
        flight = new RawFlight(Endpoint.port());
    }

    @AfterEach
    void disconnect() {
        flight.close();
    }

    private static Stream<Row<?>> everyRpc() {
        return Stream.of(
                new Row<>(
                        "ListFlights",
                        FlightServiceGrpc.getListFlightsMethod(),
                        Criteria.getDefaultInstance(),
                        Code.OK),
                new Row<>("ListActions", FlightServiceGrpc.getListActionsMethod(), Empty.getDefaultInstance(), Code.OK),
                new Row<>(
                        "GetFlightInfo",
                        FlightServiceGrpc.getGetFlightInfoMethod(),
                        command(query("SELECT 1")),
                        Code.OK),
                new Row<>(
                        "PollFlightInfo",
                        FlightServiceGrpc.getPollFlightInfoMethod(),
                        command(query("SELECT 1")),
                        Code.OK),
                new Row<>("GetSchema", FlightServiceGrpc.getGetSchemaMethod(), command(query("SELECT 1")), Code.OK),
                new Row<>("DoGet", FlightServiceGrpc.getDoGetMethod(), ticket("x"), Code.INVALID_ARGUMENT),
                new Row<>("DoPut", FlightServiceGrpc.getDoPutMethod(), put(command(update("SELECT 1"))), Code.OK),
                new Row<>(
                        "DoExchange",
                        FlightServiceGrpc.getDoExchangeMethod(),
                        put(command(query("SELECT 1"))),
                        Code.UNIMPLEMENTED),
                new Row<>(
                        "DoAction",
                        FlightServiceGrpc.getDoActionMethod(),
                        action("CreatePreparedStatement", prepare("SELECT 1")),
                        Code.OK));
    }

    @Test
    void every_rpc_but_handshake_is_in_the_table() {
        Set<String> methods = FlightServiceGrpc.getServiceDescriptor().getMethods().stream()
                .map(MethodDescriptor::getBareMethodName)
                .collect(Collectors.toSet());
        methods.remove("Handshake");
        assertThat(everyRpc().map(Row::name)).containsExactlyInAnyOrderElementsOf(methods);
    }

    @ParameterizedTest
    @MethodSource("everyRpc")
    <Q> void who_is_not_known_is_unauthenticated_and_who_is_is_served(Row<Q> rpc) throws Exception {
        for (Metadata headers : List.of(
                new Metadata(),
                basic(Endpoint.USER + ":wrong"),
                basic("nobody:wrong"),
                authorization("Bearer wrong"),
                authorization("Digest abc"))) {
            Answer<?> answer = flight.call(rpc.method(), headers, rpc.message());
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(answer.trailers().get(SQLSTATE)).isEqualTo("28000");
            assertThat(answer.messages()).isEmpty();
        }
        for (Metadata headers : List.of(alice(), bob())) {
            Answer<?> answer = flight.call(rpc.method(), headers, rpc.message());
            assertThat(answer.code()).as(answer.description()).isEqualTo(rpc.allowed());
        }
    }

    private static Stream<Row<?>> everyRpcThatTakesSql() {
        return Stream.of(
                new Row<>(
                        "GetFlightInfo of a query",
                        FlightServiceGrpc.getGetFlightInfoMethod(),
                        command(query(FORBIDDEN_QUERY)),
                        Code.PERMISSION_DENIED),
                new Row<>(
                        "GetFlightInfo of an update",
                        FlightServiceGrpc.getGetFlightInfoMethod(),
                        command(query(FORBIDDEN_UPDATE)),
                        Code.PERMISSION_DENIED),
                new Row<>(
                        "GetSchema",
                        FlightServiceGrpc.getGetSchemaMethod(),
                        command(query(FORBIDDEN_QUERY)),
                        Code.PERMISSION_DENIED),
                new Row<>(
                        "PollFlightInfo",
                        FlightServiceGrpc.getPollFlightInfoMethod(),
                        command(query(FORBIDDEN_QUERY)),
                        Code.PERMISSION_DENIED),
                new Row<>(
                        "DoPut",
                        FlightServiceGrpc.getDoPutMethod(),
                        put(command(update(FORBIDDEN_UPDATE))),
                        Code.PERMISSION_DENIED),
                new Row<>(
                        "DoAction",
                        FlightServiceGrpc.getDoActionMethod(),
                        action("CreatePreparedStatement", prepare(FORBIDDEN_QUERY)),
                        Code.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @MethodSource("everyRpcThatTakesSql")
    <Q> void who_is_known_and_may_not_do_it_is_denied(Row<Q> rpc) throws Exception {
        for (Metadata headers : List.of(alice(), bob())) {
            Answer<?> answer = flight.call(rpc.method(), headers, rpc.message());
            assertThat(answer.code()).as(answer.description()).isEqualTo(rpc.allowed());
            assertThat(answer.trailers().get(SQLSTATE)).isEqualTo("42501");
            assertThat(answer.messages()).isEmpty();
            RawGrpcIT.hasNoStackTrace(answer);
        }
    }

    @Test
    void what_an_admin_may_see_another_may_not() throws Exception {
        assertThat(info(alice(), "INSPECT USERS").code()).isEqualTo(Code.OK);
        Answer<FlightInfo> denied = info(bob(), "INSPECT USERS");
        assertThat(denied.code()).as(denied.description()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(denied.trailers().get(SQLSTATE)).isEqualTo("42501");
    }

    @Test
    void a_handshake_of_bytes_that_are_no_message_is_refused_cleanly() throws Exception {
        MethodDescriptor<byte[], byte[]> handshake = bytes(FlightServiceGrpc.getHandshakeMethod());

        assertThat(flight.call(handshake, new Metadata(), NO_MESSAGE).code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(flight.call(handshake, alice(), NO_MESSAGE).code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(flight.call(handshake, basic(Endpoint.USER + ":wrong"), NO_MESSAGE)
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
        assertThat(flight.call(
                                handshake,
                                alice(),
                                HandshakeRequest.getDefaultInstance().toByteArray())
                        .code())
                .isEqualTo(Code.OK);
    }

    private Answer<FlightInfo> info(Metadata headers, String sql) throws InterruptedException {
        return flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), headers, command(query(sql)));
    }

    private static Metadata bob() {
        return authorization("Bearer " + Endpoint.TOKEN);
    }

    private static Ticket ticket(String text) {
        return Ticket.newBuilder().setTicket(ByteString.copyFromUtf8(text)).build();
    }

    private static Message query(String sql) {
        return CommandStatementQuery.newBuilder().setQuery(sql).build();
    }

    private static Message update(String sql) {
        return CommandStatementUpdate.newBuilder().setQuery(sql).build();
    }

    private static Message prepare(String sql) {
        return ActionCreatePreparedStatementRequest.newBuilder().setQuery(sql).build();
    }

    private static MethodDescriptor<byte[], byte[]> bytes(MethodDescriptor<?, ?> method) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(method.getType())
                .setFullMethodName(method.getFullMethodName())
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
