package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.ActionType;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.Empty;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor.DescriptorType;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.impl.FlightServiceGrpc.FlightServiceBlockingStub;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.SubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlightSqlServiceTest {

    private Wire wire;
    private FlightServiceBlockingStub stub;

    @BeforeEach
    void start() throws IOException {
        wire = new Wire(Duration.ofSeconds(20), 4);
        stub = FlightServiceGrpc.newBlockingStub(wire.alice());
    }

    @AfterEach
    void nothing_leaks() throws InterruptedException {
        wire.close();
    }

    static Stream<Message> metadataCommands() {
        return MetadataCommandsTest.commands();
    }

    static Stream<FlightDescriptor> badDescriptors() {
        return Stream.of(
                FlightDescriptor.getDefaultInstance(),
                FlightDescriptor.newBuilder()
                        .setType(DescriptorType.PATH)
                        .addPath("")
                        .build(),
                descriptor(ByteString.EMPTY),
                descriptor(ByteString.copyFromUtf8("SELECT 1")),
                descriptor(ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2})),
                descriptor(Any.pack(TicketStatementQuery.getDefaultInstance()).toByteString()),
                descriptor(Any.pack(Any.getDefaultInstance()).toByteString()),
                descriptor(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/arrow.flight.protocol.sql.CommandGetTables")
                        .setValue(ByteString.copyFrom(new byte[] {(byte) 0xff}))
                        .build()
                        .toByteString()));
    }

    @ParameterizedTest
    @MethodSource("metadataCommands")
    void what_is_announced_is_delivered(Message command) throws IOException {
        FlightInfo info = stub.getFlightInfo(descriptor(command));
        Schema announced = schema(info.getSchema());

        assertThat(info.getEndpointCount()).isEqualTo(1);
        assertThat(info.getEndpoint(0).getLocationList()).isEmpty();
        assertThat(info.getTotalRecords()).isEqualTo(-1);
        assertThat(Any.parseFrom(info.getEndpoint(0).getTicket().getTicket())).isEqualTo(Any.pack(command));
        assertThat(schema(stub.getSchema(descriptor(command)).getSchema())).isEqualTo(announced);
        List<FlightData> stream = all(stub.doGet(info.getEndpoint(0).getTicket()));
        assertThat(MessageSerializer.deserializeSchema(org.apache.arrow.flatbuf.Message.getRootAsMessage(
                        stream.get(0).getDataHeader().asReadOnlyByteBuffer())))
                .isEqualTo(announced);
        assertThat(stream).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("badDescriptors")
    void a_descriptor_that_is_no_command_is_an_invalid_argument(FlightDescriptor descriptor) {
        assertThat(Outcome.of(() -> stub.getFlightInfo(descriptor)).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Outcome.of(() -> stub.getSchema(descriptor)).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(put(data(descriptor)).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    static Stream<ByteString> badTickets() {
        return Stream.of(
                ByteString.EMPTY,
                ByteString.copyFromUtf8("garbage"),
                Any.pack(Any.getDefaultInstance()).toByteString(),
                Any.pack(CommandStatementUpdate.getDefaultInstance()).toByteString());
    }

    @ParameterizedTest
    @MethodSource("badTickets")
    void a_ticket_that_this_server_cannot_have_made_is_an_invalid_argument(ByteString ticket) {
        assertThat(get(ticket).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void a_ticket_that_was_never_issued_or_is_used_up_is_not_found() {
        ByteString ticket = Any.pack(TicketStatementQuery.newBuilder()
                        .setStatementHandle(ByteString.copyFromUtf8("x"))
                        .build())
                .toByteString();

        assertThat(get(ticket).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void a_prepared_statement_that_is_unknown_is_not_found_wherever_it_is_named() {
        CommandPreparedStatementQuery query = CommandPreparedStatementQuery.newBuilder()
                .setPreparedStatementHandle(ByteString.copyFromUtf8("x"))
                .build();
        ActionClosePreparedStatementRequest close = ActionClosePreparedStatementRequest.newBuilder()
                .setPreparedStatementHandle(ByteString.copyFromUtf8("x"))
                .build();

        assertThat(Outcome.of(() -> stub.getFlightInfo(descriptor(query))).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Outcome.of(() -> stub.getSchema(descriptor(query))).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(get(Any.pack(query).toByteString()).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(put(data(descriptor(query))).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(act("ClosePreparedStatement", Any.pack(close).toByteString()).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void a_transaction_that_never_began_is_not_found() {
        CommandStatementQuery query = CommandStatementQuery.newBuilder()
                .setQuery("SELECT 1")
                .setTransactionId(ByteString.copyFromUtf8("t"))
                .build();

        assertThat(Outcome.of(() -> stub.getFlightInfo(descriptor(query))).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void a_plan_of_a_version_that_is_not_read_is_refused() {
        CommandStatementSubstraitPlan later = CommandStatementSubstraitPlan.newBuilder()
                .setPlan(SubstraitPlan.newBuilder().setVersion("1.0.0"))
                .build();

        assertThat(Outcome.of(() -> stub.getFlightInfo(descriptor(later))).getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(Outcome.of(() -> stub.getSchema(descriptor(later))).getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(put(data(descriptor(later))).code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void exchange_is_unimplemented() {
        Outcome<FlightData> exchange = new Outcome<>();
        FlightServiceGrpc.newStub(wire.alice()).doExchange(exchange);
        assertThat(exchange.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchAction", "", "CancelNothing"})
    void an_action_that_does_not_exist_is_unimplemented(String type) {
        assertThat(act(type, ByteString.copyFromUtf8("garbage")).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CreatePreparedStatement",
                "ClosePreparedStatement",
                "BeginTransaction",
                "EndTransaction",
                "BeginSavepoint",
                "EndSavepoint",
                "CancelQuery",
                "CancelFlightInfo",
                "RenewFlightEndpoint"
            })
    void a_bad_body_of_an_action_is_an_invalid_argument(String type) {
        assertThat(act(type, ByteString.EMPTY).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(act(type, ByteString.copyFromUtf8("garbage")).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(act(
                                type,
                                Any.pack(CommandStatementUpdate.getDefaultInstance())
                                        .toByteString())
                        .getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void the_actions_that_exist_are_listed_and_tables_as_flights() {
        assertThat(all(stub.listActions(Empty.getDefaultInstance())))
                .extracting(ActionType::getType)
                .containsExactly(
                        "CreatePreparedStatement",
                        "CreatePreparedSubstraitPlan",
                        "ClosePreparedStatement",
                        "BeginTransaction",
                        "EndTransaction",
                        "BeginSavepoint",
                        "EndSavepoint",
                        "CancelQuery",
                        "CancelFlightInfo",
                        "RenewFlightEndpoint",
                        "SetSessionOptions",
                        "GetSessionOptions",
                        "CloseSession");
        assertThat(all(stub.listFlights(Criteria.getDefaultInstance())))
                .isNotEmpty()
                .allMatch(info -> info.getFlightDescriptor().getPathCount() == 3);
    }

    @Test
    void an_upload_that_ends_without_a_message_is_an_invalid_argument() {
        assertThat(put().code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void an_upload_whose_first_message_has_no_descriptor_is_an_invalid_argument() {
        assertThat(put(FlightData.getDefaultInstance()).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void an_upload_with_a_message_that_is_not_arrow_is_an_invalid_argument() {
        FlightData garbage =
                data(descriptor(Any.pack(CommandPreparedStatementQuery.getDefaultInstance())
                                .toByteString()))
                        .toBuilder()
                        .setDataHeader(ByteString.copyFromUtf8("garbage"))
                        .build();

        assertThat(put(garbage).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void an_upload_that_begins_with_a_batch_is_an_invalid_argument() {
        FlightDescriptor bind = descriptor(CommandPreparedStatementQuery.getDefaultInstance());
        FlightData batch = UploadMessages.emptyBatch();

        assertThat(put(batch.toBuilder().setFlightDescriptor(bind).build()).code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void silent_uploads_and_handshakes_hold_no_thread() {
        for (int i = 0; i < 50; i++) {
            FlightServiceGrpc.newStub(wire.alice()).doPut(new Outcome<>());
            FlightServiceGrpc.newStub(wire.alice()).handshake(new Outcome<>());
        }

        stub.listActions(Empty.getDefaultInstance()).forEachRemaining(action -> {});
        assertThat(wire.workers.active()).isZero();
    }

    @Test
    void a_silent_upload_ends_when_its_time_is_over() throws Exception {
        try (Wire impatient = new Wire(Duration.ofMillis(50), 4)) {
            Outcome<org.apache.arrow.flight.impl.Flight.PutResult> upload = new Outcome<>();
            FlightServiceGrpc.newStub(impatient.alice()).doPut(upload);

            assertThat(upload.status().getDescription()).contains("skyport.flightsql.first-message-timeout");
            assertThat(upload.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void an_upload_that_is_cancelled_before_its_first_message_leaves_nothing_behind() {
        Outcome<org.apache.arrow.flight.impl.Flight.PutResult> upload = new Outcome<>();
        var request = FlightServiceGrpc.newStub(wire.alice()).doPut(upload);

        request.onError(Status.CANCELLED.asRuntimeException());

        assertThat(upload.code()).isEqualTo(Status.Code.CANCELLED);
    }

    private Status get(ByteString ticket) {
        return Outcome.of(
                () -> all(stub.doGet(Ticket.newBuilder().setTicket(ticket).build())));
    }

    private Status act(String type, ByteString body) {
        return Outcome.of(() -> all(
                stub.doAction(Action.newBuilder().setType(type).setBody(body).build())));
    }

    /** Sends the messages and ends the client's side. */
    private Outcome<org.apache.arrow.flight.impl.Flight.PutResult> put(FlightData... messages) {
        Outcome<org.apache.arrow.flight.impl.Flight.PutResult> outcome = new Outcome<>();
        var request = FlightServiceGrpc.newStub(wire.alice()).doPut(outcome);
        for (FlightData message : messages) {
            request.onNext(message);
        }
        request.onCompleted();
        return outcome;
    }

    private static <T> List<T> all(Iterator<T> messages) {
        List<T> list = new ArrayList<>();
        messages.forEachRemaining(list::add);
        return list;
    }

    static FlightDescriptor descriptor(Message command) {
        return descriptor(Any.pack(command).toByteString());
    }

    private static FlightDescriptor descriptor(ByteString command) {
        return FlightDescriptor.newBuilder()
                .setType(DescriptorType.CMD)
                .setCmd(command)
                .build();
    }

    private static FlightData data(FlightDescriptor descriptor) {
        return FlightData.newBuilder().setFlightDescriptor(descriptor).build();
    }

    private static Schema schema(ByteString encapsulated) throws IOException {
        return MessageSerializer.deserializeSchema(
                new ReadChannel(java.nio.channels.Channels.newChannel(encapsulated.newInput())));
    }
}
