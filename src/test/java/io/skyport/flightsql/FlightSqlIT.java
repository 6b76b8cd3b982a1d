package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.skyport.SkyportServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements over the wire, with Arrow's own client and, where that hides too much, with raw gRPC. */
class FlightSqlIT {

    private static final String TABLE = "\"default\".main.t";
    private static final int MESSAGE_LIMIT_OF_CAREFUL_CLIENTS = 4 << 20;
    private static final Field ID = Field.nullable("id", new ArrowType.Int(32, true));
    private static final Field NAME = Field.nullable("name", ArrowType.Utf8.INSTANCE);

    private static SkyportServer server;

    private BufferAllocator allocator;
    private FlightClient flight;
    private FlightSqlClient client;
    private CallOption alice;
    private ManagedChannel channel;

    @BeforeAll
    static void start() {
        // With two connections a stream that keeps its own is noticed at once.
        server = SkyportServer.start("skyport.engine.max-connections=2", "skyport.engine.acquire-timeout=2s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        flight = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                .build();
        client = new FlightSqlClient(flight);
        alice = flight.authenticateBasicToken(SkyportServer.USER, SkyportServer.PASSWORD)
                .orElseThrow();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .build();
        client.executeUpdate("DROP TABLE IF EXISTS " + TABLE, alice);
        client.executeUpdate("CREATE TABLE " + TABLE + " (id INTEGER, name VARCHAR)", alice);
    }

    @AfterEach
    void disconnect() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        client.close();
        allocator.close();
    }

    @Test
    void the_schema_announced_is_the_schema_described_and_delivered() throws Exception {
        String query = "SELECT 1 AS a, 'x' AS b, NULL AS c, 1.5 AS d, true AS e, 1 AS a";
        FlightInfo info = client.execute(query, alice);

        assertThat(info.getRecords()).isEqualTo(-1);
        assertThat(client.getExecuteSchema(query, alice).getSchema()).isEqualTo(info.getSchema());
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
            assertThat(stream.getSchema()).isEqualTo(info.getSchema());
            assertThat(stream.getSchema().getFields())
                    .extracting(Field::getName)
                    .containsExactly("a", "b", "c", "d", "e", "a");
            assertThat(stream.next()).isTrue();
            assertThat(stream.getRoot().getVector(1).getObject(0)).hasToString("x");
        }
    }

    @Test
    void a_result_without_rows_has_its_schema() throws Exception {
        FlightInfo info = client.execute("SELECT id FROM " + TABLE, alice);

        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
            assertThat(stream.getSchema()).isEqualTo(info.getSchema());
            assertThat(stream.next()).isFalse();
        }
    }

    @Test
    void a_ticket_is_good_once_and_only_for_its_user() throws Exception {
        FlightInfo info = client.execute("SELECT 1", alice);
        CallOption bob = flight.authenticateBasicToken(SkyportServer.READER, SkyportServer.READER_PASSWORD)
                .orElseThrow();

        assertStatus(FlightStatusCode.NOT_FOUND, () -> rows(info, bob));
        assertThat(rows(info, alice)).hasSize(1);
        assertStatus(FlightStatusCode.NOT_FOUND, () -> rows(info, alice));
    }

    @Test
    void a_ticket_can_be_redeemed_on_another_connection_of_the_user() throws Exception {
        FlightInfo info = client.execute("SELECT 1", alice);
        CallOption again = flight.authenticateBasicToken(SkyportServer.USER, SkyportServer.PASSWORD)
                .orElseThrow();

        assertThat(rows(info, again)).hasSize(1);
    }

    @Test
    void changes_given_as_a_query_run_once_whether_they_are_fetched_or_not() throws Exception {
        FlightInfo fetched = client.execute("INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b')", alice);
        client.execute("INSERT INTO " + TABLE + " VALUES (3, 'c')", alice);

        assertThat(fetched.getSchema().getFields()).isEmpty();
        assertThat(fetched.getRecords()).isEqualTo(2);
        assertThat(rows(fetched, alice)).isEmpty();
        assertThat(query("SELECT id FROM " + TABLE + " ORDER BY id")).containsExactly("1", "2", "3");
    }

    @Test
    void an_update_answers_the_affected_rows_and_0_for_ddl() {
        assertThat(client.executeUpdate("INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b')", alice))
                .isEqualTo(2);
        assertThat(client.executeUpdate("DROP TABLE " + TABLE, alice)).isZero();
    }

    @Test
    void an_update_is_answered_before_the_client_ends_its_side() {
        CommandStatementUpdate update = CommandStatementUpdate.newBuilder()
                .setQuery("INSERT INTO " + TABLE + " VALUES (1, 'a')")
                .build();

        assertThat(count(descriptorOnly(update))).isEqualTo(1);
    }

    @Test
    void describing_a_change_does_not_make_it() throws Exception {
        Schema schema = client.getExecuteSchema("INSERT INTO " + TABLE + " VALUES (1, 'a')", alice)
                .getSchema();

        assertThat(schema.getFields()).isEmpty();
        assertThat(query("SELECT id FROM " + TABLE)).isEmpty();
    }

    @Test
    void a_bad_statement_is_an_invalid_argument_with_its_sqlstate() {
        assertThatThrownBy(() -> client.execute("SELEC 1", alice))
                .isInstanceOfSatisfying(FlightRuntimeException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
                    assertThat(e.getMessage()).endsWith("[42601]");
                });
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.execute("SELECT * FROM \"default\".main.missing", alice));
    }

    @Test
    void a_failure_of_the_query_itself_ends_the_stream() throws Exception {
        FlightInfo info = client.execute("SELECT CAST(x AS INTEGER) FROM (VALUES ('1'), ('no')) v(x)", alice);

        assertStatus(FlightStatusCode.INVALID_ARGUMENT, () -> rows(info, alice));
        assertThat(query("SELECT 1")).hasSize(1);
    }

    @Test
    void a_prepared_query_tells_its_columns_and_parameters() {
        try (PreparedStatement statement = client.prepare("SELECT id, name FROM " + TABLE + " WHERE id = ?", alice)) {
            assertThat(statement.getResultSetSchema().getFields())
                    .extracting(Field::getName)
                    .containsExactly("id", "name");
            assertThat(statement.getParameterSchema().getFields()).hasSize(1).allMatch(Field::isNullable);
            statement.close(alice);
        }
    }

    @Test
    void a_prepared_change_has_a_schema_without_fields() {
        try (PreparedStatement statement = client.prepare("INSERT INTO " + TABLE + " VALUES (?, ?)", alice)) {
            assertThat(statement.getResultSetSchema().getFields()).isEmpty();
            assertThat(statement.getParameterSchema().getFields()).hasSize(2);
            statement.close(alice);
        }
    }

    @Test
    void bound_rows_run_one_after_the_other_and_rebinding_replaces_them() throws Exception {
        client.executeUpdate("INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b'), (3, 'c')", alice);
        try (PreparedStatement statement = client.prepare("SELECT name FROM " + TABLE + " WHERE id = ?", alice);
                VectorSchemaRoot parameters = ids(3, 1)) {
            statement.setParameters(parameters);
            assertThat(rows(statement.execute(alice), alice)).containsExactly("c", "a");
            parameters.close();
            try (VectorSchemaRoot others = ids(2)) {
                statement.setParameters(others);
                assertThat(rows(statement.execute(alice), alice)).containsExactly("b");
            }
            statement.clearParameters();
            statement.close(alice);
        }
    }

    @Test
    void a_parameter_that_is_not_bound_or_one_too_many_is_an_invalid_argument() {
        try (PreparedStatement statement = client.prepare("SELECT name FROM " + TABLE + " WHERE id = ?", alice);
                VectorSchemaRoot tooMany = rows(1)) {
            assertStatus(FlightStatusCode.INVALID_ARGUMENT, () -> statement.execute(alice));
            statement.setParameters(tooMany);
            assertStatus(FlightStatusCode.INVALID_ARGUMENT, () -> statement.execute(alice));
            statement.clearParameters();
            statement.close(alice);
        }
    }

    @Test
    void a_prepared_change_runs_once_for_each_row_and_answers_the_sum() throws Exception {
        try (PreparedStatement statement = client.prepare("INSERT INTO " + TABLE + " VALUES (?, ?)", alice);
                VectorSchemaRoot rows = rows(1000)) {
            statement.setParameters(rows);
            assertThat(statement.executeUpdate(alice)).isEqualTo(1000);
            statement.clearParameters();
            statement.close(alice);
        }
        assertThat(query("SELECT CAST(count(*) AS VARCHAR) FROM " + TABLE)).containsExactly("1000");
    }

    @Test
    void a_prepared_change_without_parameters_runs_once_whatever_the_client_sends() throws Exception {
        try (PreparedStatement statement = client.prepare("INSERT INTO " + TABLE + " VALUES (1, 'a')", alice)) {
            assertThat(statement.executeUpdate(alice)).isEqualTo(1);
            statement.close(alice);
        }
        assertThat(query("SELECT id FROM " + TABLE)).hasSize(1);
    }

    @Test
    void a_descriptor_alone_updates_with_the_rows_bound_before() throws Exception {
        ByteString handle = prepare("INSERT INTO " + TABLE + " VALUES (?, 'x')");
        CommandPreparedStatementQuery bind = CommandPreparedStatementQuery.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();
        CommandPreparedStatementUpdate update = CommandPreparedStatementUpdate.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();
        assertThat(put(FlightData.newBuilder()
                                .setFlightDescriptor(FlightSqlServiceTest.descriptor(update))
                                .build())
                        .code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);

        Outcome<PutResult> bound = put(
                UploadMessages.schema().toBuilder()
                        .setFlightDescriptor(FlightSqlServiceTest.descriptor(bind))
                        .build(),
                UploadMessages.batch(1, 2),
                UploadMessages.batch(3));
        assertThat(bound.code()).isEqualTo(Status.Code.OK);
        Outcome<PutResult> updated = put(FlightData.newBuilder()
                .setFlightDescriptor(FlightSqlServiceTest.descriptor(update))
                .build());

        assertThat(count(updated)).isEqualTo(3);
        assertThat(query("SELECT id FROM " + TABLE + " ORDER BY id")).containsExactly("1", "2", "3");
    }

    @Test
    void a_schema_without_rows_changes_nothing() throws Exception {
        ByteString handle = prepare("INSERT INTO " + TABLE + " VALUES (?, 'x')");
        CommandPreparedStatementUpdate update = CommandPreparedStatementUpdate.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();

        Outcome<PutResult> updated = put(UploadMessages.schema().toBuilder()
                .setFlightDescriptor(FlightSqlServiceTest.descriptor(update))
                .build());

        assertThat(count(updated)).isZero();
        assertThat(query("SELECT id FROM " + TABLE)).isEmpty();
    }

    @Test
    void a_batch_of_rows_with_one_bad_row_changes_nothing() throws Exception {
        client.executeUpdate("DROP TABLE " + TABLE, alice);
        client.executeUpdate("CREATE TABLE " + TABLE + " (id INTEGER PRIMARY KEY, name VARCHAR)", alice);
        ByteString handle = prepare("INSERT INTO " + TABLE + " VALUES (?, 'x')");
        CommandPreparedStatementUpdate update = CommandPreparedStatementUpdate.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();

        Outcome<PutResult> updated = put(
                UploadMessages.schema().toBuilder()
                        .setFlightDescriptor(FlightSqlServiceTest.descriptor(update))
                        .build(),
                UploadMessages.batch(1, 2),
                UploadMessages.batch(2));

        assertThat(updated.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(query("SELECT id FROM " + TABLE)).isEmpty();
    }

    @Test
    void a_result_outlives_its_prepared_statement() throws Exception {
        PreparedStatement statement = client.prepare("SELECT 1", alice);
        FlightInfo info = statement.execute(alice);
        statement.close(alice);

        assertThat(rows(info, alice)).hasSize(1);
    }

    @Test
    void messages_stay_below_the_limit_of_careful_clients() throws Exception {
        FlightInfo info =
                client.execute("SELECT i, repeat('x', 100) AS a, repeat('y', 400) AS b FROM range(200000) r(i)", alice);

        Iterator<FlightData> stream = FlightServiceGrpc.newBlockingStub(authenticated())
                .withMaxInboundMessageSize(MESSAGE_LIMIT_OF_CAREFUL_CLIENTS)
                .doGet(org.apache.arrow.flight.impl.Flight.Ticket.newBuilder()
                        .setTicket(ByteString.copyFrom(
                                info.getEndpoints().get(0).getTicket().getBytes()))
                        .build());
        int messages = 0;
        while (stream.hasNext()) {
            assertThat(stream.next().getSerializedSize()).isLessThan(3 << 20);
            messages++;
        }
        assertThat(messages).isGreaterThan(40);
    }

    @Test
    void a_row_that_no_message_can_carry_exhausts_a_resource() throws Exception {
        FlightInfo info = client.execute("SELECT repeat('x', 5000000) AS a", alice);

        assertStatus(FlightStatusCode.RESOURCE_EXHAUSTED, () -> rows(info, alice));
        assertThat(query("SELECT 1")).hasSize(1);
    }

    @Test
    void streams_that_are_cancelled_give_their_connections_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            FlightInfo info = client.execute("SELECT i FROM range(100000000) r(i)", alice);
            try (FlightStream stream =
                    client.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
                assertThat(stream.next()).isTrue();
                stream.cancel("enough", null);
            }
        }
        assertThat(query("SELECT 1")).hasSize(1);
    }

    @Test
    void a_deadline_stops_a_change_and_frees_its_connection() throws Exception {
        for (int i = 0; i < 3; i++) {
            CommandStatementQuery endless = CommandStatementQuery.newBuilder()
                    .setQuery("CREATE TABLE \"default\".main.huge" + i
                            + " AS SELECT a.i FROM range(1000000) a(i), range(1000000) b(j)")
                    .build();
            Status status = Outcome.of(() -> FlightServiceGrpc.newBlockingStub(authenticated())
                    .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                    .getFlightInfo(FlightSqlServiceTest.descriptor(endless)));
            assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        assertThat(query("SELECT 1")).hasSize(1);
    }

    private Channel authenticated() {
        Metadata headers = new Metadata();
        headers.put(FlightCredentials.AUTHORIZATION, SkyportServer.basic(SkyportServer.USER, SkyportServer.PASSWORD));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private Outcome<PutResult> descriptorOnly(com.google.protobuf.Message command) {
        Outcome<PutResult> outcome = new Outcome<>();
        StreamObserver<FlightData> request =
                FlightServiceGrpc.newStub(authenticated()).doPut(outcome);
        request.onNext(FlightData.newBuilder()
                .setFlightDescriptor(FlightSqlServiceTest.descriptor(command))
                .build());
        return outcome;
    }

    private Outcome<PutResult> put(FlightData... messages) {
        Outcome<PutResult> outcome = new Outcome<>();
        StreamObserver<FlightData> request =
                FlightServiceGrpc.newStub(authenticated()).doPut(outcome);
        for (FlightData message : messages) {
            request.onNext(message);
        }
        request.onCompleted();
        outcome.status();
        return outcome;
    }

    private static long count(Outcome<PutResult> outcome) {
        try {
            assertThat(outcome.status().isOk()).as(outcome.status().toString()).isTrue();
            return DoPutUpdateResult.parseFrom(outcome.first().getAppMetadata()).getRecordCount();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private ByteString prepare(String sql) throws Exception {
        var request = org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest.newBuilder()
                .setQuery(sql)
                .build();
        var action = org.apache.arrow.flight.impl.Flight.Action.newBuilder()
                .setType("CreatePreparedStatement")
                .setBody(Any.pack(request).toByteString())
                .build();
        var result = FlightServiceGrpc.newBlockingStub(authenticated())
                .doAction(action)
                .next();
        return Any.parseFrom(result.getBody())
                .unpack(org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult.class)
                .getPreparedStatementHandle();
    }

    private VectorSchemaRoot ids(int... ids) {
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(ID)), allocator);
        for (int i = 0; i < ids.length; i++) {
            ((IntVector) root.getVector(0)).setSafe(i, ids[i]);
        }
        root.setRowCount(ids.length);
        return root;
    }

    private VectorSchemaRoot rows(int count) {
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(ID, NAME)), allocator);
        for (int i = 0; i < count; i++) {
            ((IntVector) root.getVector(0)).setSafe(i, i);
            ((VarCharVector) root.getVector(1)).setSafe(i, ("name " + i).getBytes(StandardCharsets.UTF_8));
        }
        root.setRowCount(count);
        return root;
    }

    private List<String> query(String sql) throws Exception {
        return rows(client.execute(sql, alice), alice);
    }

    /** The first column of all rows as text. */
    private List<String> rows(FlightInfo info, CallOption caller) throws Exception {
        List<String> values = new ArrayList<>();
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), caller)) {
            while (stream.next()) {
                for (int i = 0; i < stream.getRoot().getRowCount(); i++) {
                    values.add(String.valueOf(stream.getRoot().getVector(0).getObject(i)));
                }
            }
        }
        return values;
    }

    private static void assertStatus(
            FlightStatusCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        e -> assertThat(e.status().code()).as(e.getMessage()).isEqualTo(code));
    }
}
