package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.authorization;
import static io.skyport.clients.RawFlight.basic;
import static io.skyport.clients.RawFlight.command;
import static io.skyport.clients.RawFlight.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.clients.RawFlight.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.ActionType;
import org.apache.arrow.flight.impl.Flight.BasicAuth;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.Empty;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor.DescriptorType;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.HandshakeResponse;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.Flight.Result;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library sends on purpose, and what some do: the guards of conformance sections 3, 14 and 16, by bare gRPC. */
@ExtendWith(NothingHeld.class)
class RawGrpcIT {

    private RawFlight flight;

    @BeforeEach
    void connect() {
        flight = new RawFlight(Endpoint.port());
    }

    @AfterEach
    void disconnect() {
        flight.close();
    }

    // --- DoPut

    @Test
    void an_update_is_answered_before_the_client_half_closes() throws Exception {
        Call<FlightData, PutResult> call = flight.start(FlightServiceGrpc.getDoPutMethod(), alice());
        call.send(put(command(update("CREATE TABLE IF NOT EXISTS raw_half_open (i INTEGER)"))));

        assertThat(count(call.firstMessage())).isZero();
        call.halfClose();
        assertThat(call.end().code()).isEqualTo(Code.OK);
    }

    @Test
    void an_update_needs_only_its_descriptor() throws Exception {
        execute("CREATE TABLE IF NOT EXISTS raw_descriptor (i INTEGER)");
        execute("DELETE FROM raw_descriptor");

        assertThat(execute("INSERT INTO raw_descriptor VALUES (1), (2)")).isEqualTo(2);
        assertThat(execute("DELETE FROM raw_descriptor")).isEqualTo(2);
    }

    @Test
    void a_prepared_update_without_parameters_needs_only_its_descriptor() throws Exception {
        execute("CREATE TABLE IF NOT EXISTS raw_prepared (i INTEGER)");
        execute("DELETE FROM raw_prepared");
        ByteString handle = prepare("INSERT INTO raw_prepared VALUES (1)");

        assertThat(count(doPut(update(handle)))).isEqualTo(1);
        assertThat(count(doPut(update(handle)))).isEqualTo(1);
        assertThat(execute("DELETE FROM raw_prepared")).isEqualTo(2);
    }

    @Test
    void a_prepared_update_with_parameters_and_none_bound_is_an_invalid_argument() throws Exception {
        execute("CREATE TABLE IF NOT EXISTS raw_unbound (i INTEGER)");
        ByteString handle = prepare("INSERT INTO raw_unbound VALUES (?)");

        Answer<PutResult> answer = doPut(update(handle));

        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(answer.description()).contains("07001");
    }

    @Test
    void a_put_that_closes_without_a_message_is_an_invalid_argument() throws Exception {
        assertThat(flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), List.of())
                        .code())
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(flight.call(FlightServiceGrpc.getDoExchangeMethod(), alice(), List.of())
                        .code())
                .isIn(Code.INVALID_ARGUMENT, Code.UNIMPLEMENTED);
    }

    @Test
    void a_put_without_a_descriptor_is_an_invalid_argument() throws Exception {
        for (boolean halfClose : new boolean[] {true, false}) {
            Answer<PutResult> answer = flight.call(
                    FlightServiceGrpc.getDoPutMethod(),
                    alice(),
                    List.of(FlightData.newBuilder()
                            .setAppMetadata(ByteString.copyFromUtf8("x"))
                            .build()),
                    halfClose);
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void rows_before_their_schema_are_an_invalid_argument() throws Exception {
        ByteString handle = prepare("SELECT CAST(? AS INTEGER)");
        FlightData batch = FlightData.newBuilder()
                .setDataHeader(recordBatchHeader())
                .setDataBody(ByteString.EMPTY)
                .build();

        for (Message bind : List.of(query(handle), update(handle))) {
            FlightData together =
                    batch.toBuilder().setFlightDescriptor(command(bind)).build();
            for (List<FlightData> messages : List.of(List.of(together), List.of(put(command(bind)), batch))) {
                for (boolean halfClose : new boolean[] {true, false}) {
                    Answer<PutResult> answer =
                            flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), messages, halfClose);
                    assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
                }
            }
        }
    }

    @Test
    void garbage_for_a_schema_is_an_invalid_argument() throws Exception {
        ByteString handle = prepare("SELECT CAST(? AS INTEGER)");
        for (byte[] header :
                List.of(new byte[] {1}, new byte[64], "not a flatbuffer at all".getBytes(StandardCharsets.UTF_8))) {
            FlightData message = put(command(query(handle))).toBuilder()
                    .setDataHeader(ByteString.copyFrom(header))
                    .build();
            Answer<PutResult> answer = flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), message);
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void many_puts_that_send_nothing_leave_room_for_one_that_does() throws Exception {
        List<Call<FlightData, PutResult>> silent = Stream.generate(
                        () -> flight.start(FlightServiceGrpc.getDoPutMethod(), alice()))
                .limit(200)
                .toList();

        assertThat(execute("CREATE TABLE IF NOT EXISTS raw_room (i INTEGER)")).isZero();

        silent.forEach(Call::cancel);
    }

    // --- descriptors, tickets and actions

    static Stream<FlightDescriptor> badDescriptors() {
        return Stream.of(
                FlightDescriptor.getDefaultInstance(),
                FlightDescriptor.newBuilder()
                        .setType(DescriptorType.PATH)
                        .addPath("")
                        .build(),
                FlightDescriptor.newBuilder().setType(DescriptorType.PATH).build(),
                FlightDescriptor.newBuilder().setTypeValue(77).build(),
                command(ByteString.EMPTY),
                command(ByteString.copyFromUtf8("SELECT 1")),
                command(ByteString.copyFrom(new byte[] {-1, -1, -1, -1})),
                command(StringValue.of("not a command")),
                command(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/arrow.flight.protocol.sql.CommandStatementQuery")
                        .setValue(ByteString.copyFrom(new byte[] {-1, -1}))
                        .build()
                        .toByteString()),
                command(Any.newBuilder().setTypeUrl("nonsense").build().toByteString()));
    }

    @ParameterizedTest
    @MethodSource("badDescriptors")
    void a_descriptor_that_is_no_command_is_an_invalid_argument(FlightDescriptor descriptor) throws Exception {
        for (Answer<?> answer : List.of(
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), alice(), descriptor),
                flight.call(FlightServiceGrpc.getGetSchemaMethod(), alice(), descriptor),
                flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), put(descriptor)))) {
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.INVALID_ARGUMENT);
            hasNoStackTrace(answer);
        }
    }

    static Stream<ByteString> badTickets() {
        return Stream.of(
                ByteString.EMPTY,
                ByteString.copyFromUtf8("garbage"),
                ByteString.copyFrom(new byte[] {-1, -1, -1, -1}),
                Any.pack(StringValue.of("not a ticket")).toByteString(),
                Any.pack(TicketStatementQuery.getDefaultInstance()).toByteString(),
                Any.pack(CommandStatementQuery.newBuilder().setQuery("SELECT 1").build())
                        .toByteString());
    }

    @ParameterizedTest
    @MethodSource("badTickets")
    void a_ticket_that_is_none_of_ours_is_an_invalid_argument(ByteString ticket) throws Exception {
        Answer<FlightData> answer = flight.call(
                FlightServiceGrpc.getDoGetMethod(),
                alice(),
                Ticket.newBuilder().setTicket(ticket).build());

        assertThat(answer.code()).as(answer.description()).isIn(Code.INVALID_ARGUMENT, Code.NOT_FOUND);
        hasNoStackTrace(answer);
    }

    @Test
    void a_well_formed_ticket_that_was_never_issued_is_not_found() throws Exception {
        ByteString ticket = Any.pack(TicketStatementQuery.newBuilder()
                        .setStatementHandle(ByteString.copyFromUtf8("abcdefghijklmnopqrstuvwx"))
                        .build())
                .toByteString();

        assertThat(flight.call(
                                FlightServiceGrpc.getDoGetMethod(),
                                alice(),
                                Ticket.newBuilder().setTicket(ticket).build())
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void a_ticket_of_another_user_is_not_found() throws Exception {
        FlightInfo info = flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), alice(), command(select("SELECT 1")))
                .messages()
                .get(0);
        Ticket ticket = info.getEndpoint(0).getTicket();

        assertThat(flight.call(FlightServiceGrpc.getDoGetMethod(), authorization("Bearer " + Endpoint.TOKEN), ticket)
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(flight.call(FlightServiceGrpc.getDoGetMethod(), alice(), ticket)
                        .code())
                .isEqualTo(Code.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CreatePreparedStatement",
                "ClosePreparedStatement",
                "CreatePreparedSubstraitPlan",
                "BeginTransaction",
                "EndTransaction",
                "BeginSavepoint",
                "EndSavepoint",
                "CancelQuery",
                "CancelFlightInfo",
                "RenewFlightEndpoint",
                "SetSessionOptions",
                "GetSessionOptions",
                "CloseSession"
            })
    void garbage_in_an_action_is_never_an_internal_error(String type) throws Exception {
        for (ByteString body : List.of(
                ByteString.EMPTY,
                ByteString.copyFromUtf8("garbage"),
                ByteString.copyFrom(new byte[] {-1, -1, -1}),
                Any.pack(StringValue.of("not it")).toByteString())) {
            Answer<Result> answer = flight.call(FlightServiceGrpc.getDoActionMethod(), alice(), action(type, body));
            assertThat(answer.code())
                    .as("%s: %s", type, answer.description())
                    .isNotEqualTo(Code.INTERNAL)
                    .isNotEqualTo(Code.UNKNOWN);
            if (answer.code() == Code.OK) {
                // No option and no field that the message knows is nothing to set.
                assertThat(type).isIn("SetSessionOptions", "GetSessionOptions");
            } else {
                hasNoStackTrace(answer);
            }
        }
    }

    @Test
    void an_unknown_action_is_refused() throws Exception {
        for (String type : List.of("", "NoSuchAction", "GetCatalogs")) {
            assertThat(flight.call(FlightServiceGrpc.getDoActionMethod(), alice(), action(type, ByteString.EMPTY))
                            .code())
                    .as(type)
                    .isIn(Code.UNIMPLEMENTED, Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void actions_are_listed() throws Exception {
        Answer<ActionType> answer =
                flight.call(FlightServiceGrpc.getListActionsMethod(), alice(), Empty.getDefaultInstance());

        assertThat(answer.code()).isEqualTo(Code.OK);
        assertThat(answer.messages())
                .extracting(ActionType::getType)
                .contains("CreatePreparedStatement", "ClosePreparedStatement")
                .doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_there_says_so() throws Exception {
        assertThat(flight.call(FlightServiceGrpc.getPollFlightInfoMethod(), alice(), command(select("SELECT 1")))
                        .code())
                .isIn(Code.OK, Code.UNIMPLEMENTED);
    }

    @Test
    void a_transaction_that_was_never_begun_is_refused_and_an_empty_one_is_none() throws Exception {
        CommandStatementQuery.Builder query = CommandStatementQuery.newBuilder().setQuery("SELECT 1");
        ByteString unknown = ByteString.copyFromUtf8("no such transaction");

        assertThat(info(query.clone().setTransactionId(unknown).build()).code())
                .isIn(Code.NOT_FOUND, Code.UNIMPLEMENTED);
        assertThat(info(query.clone().setTransactionId(ByteString.EMPTY).build())
                        .code())
                .isEqualTo(Code.OK);
    }

    @Test
    void keys_of_no_table_are_an_invalid_argument_or_none() throws Exception {
        assertThat(info(CommandGetPrimaryKeys.getDefaultInstance()).code()).isIn(Code.INVALID_ARGUMENT, Code.OK);
    }

    @Test
    void fields_that_the_server_does_not_know_are_ignored() throws Exception {
        CommandStatementQuery known = select("SELECT 1");
        var unknown = com.google.protobuf.UnknownFieldSet.newBuilder()
                .addField(
                        999,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                .addVarint(1)
                                .build())
                .build();

        assertThat(info(known.toBuilder().setUnknownFields(unknown).build()).code())
                .isEqualTo(Code.OK);
    }

    // --- authentication

    @Test
    void basic_may_be_padded_or_not_and_in_any_case() throws Exception {
        byte[] credentials = (Endpoint.USER + ":" + Endpoint.PASSWORD).getBytes(StandardCharsets.UTF_8);
        String padded = Base64.getEncoder().encodeToString(credentials);
        String unpadded = Base64.getEncoder().withoutPadding().encodeToString(credentials);
        assertThat(padded).as("a test that tests").isNotEqualTo(unpadded);

        for (String header : List.of("Basic " + padded, "Basic " + unpadded, "basic " + padded, "BASIC " + unpadded)) {
            assertThat(select1(authorization(header)).code()).as(header).isEqualTo(Code.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YWxpY2U=",
                "Bearer",
                "Bearer ",
                "Bearer a.b.c",
                "Bearer nonsense",
                "Negotiate abc",
                "nonsense"
            })
    void credentials_that_are_none_are_unauthenticated(String header) throws Exception {
        Answer<FlightInfo> answer = select1(authorization(header));

        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.UNAUTHENTICATED);
        hasNoStackTrace(answer);
    }

    @Test
    void wrong_passwords_and_unknown_users_are_refused_alike() throws Exception {
        Answer<FlightInfo> wrong = select1(basic(Endpoint.USER + ":wrong"));
        Answer<FlightInfo> unknown = select1(basic("nobody:wrong"));

        assertThat(wrong.code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(unknown.code()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(wrong.description()).isEqualTo(unknown.description());
    }

    @Test
    void handshake_by_header_returns_a_token_that_works() throws Exception {
        Answer<HandshakeResponse> answer =
                flight.call(FlightServiceGrpc.getHandshakeMethod(), alice(), HandshakeRequest.getDefaultInstance());

        assertThat(answer.code()).isEqualTo(Code.OK);
        String token = answer.headers().get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
        assertThat(token).startsWith("Bearer ");
        assertThat(select1(authorization(token)).code()).isEqualTo(Code.OK);
        assertThat(select1(authorization(token + "x")).code()).isEqualTo(Code.UNAUTHENTICATED);
    }

    @Test
    void only_handshake_hands_out_tokens() throws Exception {
        // A driver replaces its token by whatever comes in any response.
        assertThat(select1(alice()).headers().get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
                .isNull();
    }

    @Test
    void handshake_by_payload_returns_a_token_that_works() throws Exception {
        BasicAuth credentials = BasicAuth.newBuilder()
                .setUsername(Endpoint.USER)
                .setPassword(Endpoint.PASSWORD)
                .build();
        Answer<HandshakeResponse> answer = flight.call(
                FlightServiceGrpc.getHandshakeMethod(),
                new Metadata(),
                HandshakeRequest.newBuilder()
                        .setPayload(credentials.toByteString())
                        .build());

        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("auth-token-bin", Metadata.BINARY_BYTE_MARSHALLER),
                answer.messages().get(0).getPayload().toByteArray());
        assertThat(select1(headers).code()).isEqualTo(Code.OK);
    }

    @Test
    void handshake_with_wrong_credentials_is_unauthenticated() throws Exception {
        BasicAuth credentials = BasicAuth.newBuilder()
                .setUsername(Endpoint.USER)
                .setPassword("wrong")
                .build();

        assertThat(flight.call(
                                FlightServiceGrpc.getHandshakeMethod(),
                                basic("alice:wrong"),
                                HandshakeRequest.getDefaultInstance())
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
        assertThat(flight.call(
                                FlightServiceGrpc.getHandshakeMethod(),
                                new Metadata(),
                                HandshakeRequest.newBuilder()
                                        .setPayload(credentials.toByteString())
                                        .build())
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
    }

    @Test
    void a_handshake_that_says_nothing_ends() throws Exception {
        assertThat(flight.call(FlightServiceGrpc.getHandshakeMethod(), alice(), List.of())
                        .code())
                .isIn(Code.OK, Code.INVALID_ARGUMENT, Code.UNAUTHENTICATED);
        assertThat(flight.call(FlightServiceGrpc.getHandshakeMethod(), new Metadata(), List.of())
                        .code())
                .isIn(Code.OK, Code.INVALID_ARGUMENT, Code.UNAUTHENTICATED);
    }

    @Test
    void a_bearer_in_a_handshake_is_accepted() throws Exception {
        assertThat(flight.call(
                                FlightServiceGrpc.getHandshakeMethod(),
                                authorization("Bearer " + Endpoint.TOKEN),
                                HandshakeRequest.getDefaultInstance())
                        .code())
                .isEqualTo(Code.OK);
    }

    static Stream<Arguments> everyCall() {
        FlightDescriptor descriptor = command(select("SELECT 1"));
        Ticket ticket =
                Ticket.newBuilder().setTicket(ByteString.copyFromUtf8("x")).build();
        return Stream.of(
                Arguments.of(FlightServiceGrpc.getListFlightsMethod(), Criteria.getDefaultInstance()),
                Arguments.of(FlightServiceGrpc.getGetFlightInfoMethod(), descriptor),
                Arguments.of(FlightServiceGrpc.getPollFlightInfoMethod(), descriptor),
                Arguments.of(FlightServiceGrpc.getGetSchemaMethod(), descriptor),
                Arguments.of(FlightServiceGrpc.getDoGetMethod(), ticket),
                Arguments.of(
                        FlightServiceGrpc.getDoPutMethod(),
                        put(command(update("CREATE TABLE raw_anonymous (i INTEGER)")))),
                Arguments.of(FlightServiceGrpc.getDoExchangeMethod(), put(descriptor)),
                Arguments.of(
                        FlightServiceGrpc.getDoActionMethod(),
                        action(
                                "CreatePreparedStatement",
                                ActionCreatePreparedStatementRequest.newBuilder()
                                        .setQuery("SELECT 1")
                                        .build())),
                Arguments.of(FlightServiceGrpc.getListActionsMethod(), Empty.getDefaultInstance()));
    }

    @Test
    void every_method_of_the_service_but_handshake_is_tried_anonymously() {
        List<Object> methods =
                new ArrayList<>(FlightServiceGrpc.getServiceDescriptor().getMethods());
        methods.remove(FlightServiceGrpc.getHandshakeMethod());

        assertThat(everyCall().map(call -> call.get()[0]).toList()).containsExactlyInAnyOrderElementsOf(methods);
    }

    @Test
    void an_anonymous_handshake_gives_nothing() throws Exception {
        // ADBC's Java driver shakes hands also when it has no credentials.
        Answer<HandshakeResponse> answer = flight.call(
                FlightServiceGrpc.getHandshakeMethod(), new Metadata(), HandshakeRequest.getDefaultInstance());

        assertThat(answer.code()).isEqualTo(Code.OK);
        assertThat(answer.messages()).isEmpty();
        assertThat(answer.headers().keys()).doesNotContain("authorization", "set-cookie");
    }

    @ParameterizedTest
    @MethodSource("everyCall")
    <Q, R> void an_anonymous_call_is_unauthenticated(io.grpc.MethodDescriptor<Q, R> method, Q message)
            throws Exception {
        for (Metadata headers : List.of(new Metadata(), basic("alice:wrong"), authorization("Bearer wrong"))) {
            Answer<R> answer = flight.call(method, headers, message);
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(answer.messages()).isEmpty();
        }
    }

    @Test
    void an_anonymous_put_is_refused_before_it_sends_anything() throws Exception {
        assertThat(flight.call(FlightServiceGrpc.getDoPutMethod(), new Metadata(), List.of(), false)
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
        assertThat(flight.call(FlightServiceGrpc.getDoExchangeMethod(), new Metadata(), List.of(), false)
                        .code())
                .isEqualTo(Code.UNAUTHENTICATED);
    }

    // --- sizes

    @Test
    void headers_of_more_than_eight_kibibytes_are_accepted() throws Exception {
        Metadata headers = alice();
        headers.put(Metadata.Key.of("x-long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(30_000));

        assertThat(select1(headers).code()).isEqualTo(Code.OK);
    }

    @Test
    void a_statement_of_a_megabyte_is_read() throws Exception {
        String sql = "SELECT '" + "x".repeat(1_000_000) + "'";

        assertThat(info(select(sql)).code()).isEqualTo(Code.OK);
    }

    @Test
    void an_oversized_message_is_refused_and_the_server_lives() throws Exception {
        String sql = "SELECT '" + "x".repeat(65 << 20) + "'";
        Answer<FlightInfo> answer = info(select(sql));

        assertThat(answer.code()).as(answer.description()).isIn(Code.RESOURCE_EXHAUSTED, Code.INVALID_ARGUMENT);
        assertThat(select1(alice()).code()).isEqualTo(Code.OK);
    }

    private static ByteString recordBatchHeader() {
        // A flatbuffer Message of version V5 whose header is a RecordBatch of no rows.
        com.google.flatbuffers.FlatBufferBuilder builder = new com.google.flatbuffers.FlatBufferBuilder();
        org.apache.arrow.flatbuf.RecordBatch.startRecordBatch(builder);
        int batch = org.apache.arrow.flatbuf.RecordBatch.endRecordBatch(builder);
        builder.finish(org.apache.arrow.flatbuf.Message.createMessage(
                builder,
                org.apache.arrow.flatbuf.MetadataVersion.V5,
                org.apache.arrow.flatbuf.MessageHeader.RecordBatch,
                batch,
                0,
                0));
        return ByteString.copyFrom(builder.sizedByteArray());
    }

    private static CommandStatementQuery select(String sql) {
        return CommandStatementQuery.newBuilder().setQuery(sql).build();
    }

    private static CommandStatementUpdate update(String sql) {
        return CommandStatementUpdate.newBuilder().setQuery(sql).build();
    }

    private static CommandPreparedStatementUpdate update(ByteString handle) {
        return CommandPreparedStatementUpdate.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();
    }

    private static CommandPreparedStatementQuery query(ByteString handle) {
        return CommandPreparedStatementQuery.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();
    }

    private Answer<FlightInfo> select1(Metadata headers) throws InterruptedException {
        return flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), headers, command(select("SELECT 1")));
    }

    private Answer<FlightInfo> info(Message command) throws InterruptedException {
        return flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), alice(), command(command));
    }

    private Answer<PutResult> doPut(Message command) throws InterruptedException {
        return flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), put(command(command)));
    }

    private long execute(String sql) throws Exception {
        return count(doPut(update(sql)));
    }

    private static long count(Answer<PutResult> answer) throws Exception {
        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        assertThat(answer.messages()).hasSize(1);
        return count(answer.messages().get(0));
    }

    private static long count(PutResult result) throws Exception {
        return DoPutUpdateResult.parseFrom(result.getAppMetadata()).getRecordCount();
    }

    private ByteString prepare(String sql) throws Exception {
        return prepare(flight, sql);
    }

    static ByteString prepare(RawFlight flight, String sql) throws Exception {
        Action create = action(
                "CreatePreparedStatement",
                ActionCreatePreparedStatementRequest.newBuilder().setQuery(sql).build());
        Answer<Result> answer = flight.call(FlightServiceGrpc.getDoActionMethod(), alice(), create);
        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        return Any.parseFrom(answer.messages().get(0).getBody())
                .unpack(ActionCreatePreparedStatementResult.class)
                .getPreparedStatementHandle();
    }

    static void hasNoStackTrace(Answer<?> answer) {
        assertThat(answer.description())
                .isNotBlank()
                .doesNotContain("\tat ", "Exception", "java.", "io.skyport", "org.apache", "duckdb");
        assertThat(answer.description().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void closing_a_statement_has_no_result() throws Exception {
        ByteString handle = prepare("SELECT 1");
        Answer<Result> answer = flight.call(
                FlightServiceGrpc.getDoActionMethod(),
                alice(),
                action(
                        "ClosePreparedStatement",
                        ActionClosePreparedStatementRequest.newBuilder()
                                .setPreparedStatementHandle(handle)
                                .build()));

        assertThat(answer.code()).isEqualTo(Code.OK);
        assertThat(answer.messages()).isEmpty();
    }
}
