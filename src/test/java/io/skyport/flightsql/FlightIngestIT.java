package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import io.skyport.SkyportServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.AsyncPutListener;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.ExecuteIngestOptions;
import org.apache.arrow.flight.sql.FlightSqlClient.Savepoint;
import org.apache.arrow.flight.sql.FlightSqlClient.Transaction;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk ingest by CommandStatementIngest (conformance text, section 10). */
class FlightIngestIT {

    private static final TableDefinitionOptions CREATE =
            options(TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE, TableExistsOption.TABLE_EXISTS_OPTION_FAIL);
    private static final TableDefinitionOptions APPEND =
            options(TableNotExistOption.TABLE_NOT_EXIST_OPTION_FAIL, TableExistsOption.TABLE_EXISTS_OPTION_APPEND);
    private static final TableDefinitionOptions REPLACE =
            options(TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE, TableExistsOption.TABLE_EXISTS_OPTION_REPLACE);

    private static SkyportServer server;

    private BufferAllocator allocator;
    private FlightClient flight;
    private FlightSqlClient client;
    private CallOption alice;
    private VectorSchemaRoot rows;

    private static TableDefinitionOptions options(TableNotExistOption ifNotExist, TableExistsOption ifExists) {
        return TableDefinitionOptions.newBuilder()
                .setIfNotExist(ifNotExist)
                .setIfExists(ifExists)
                .build();
    }

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
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
        client.executeUpdate("DROP TABLE IF EXISTS ingested", alice);
        rows = rows(1, 2, 3);
    }

    @AfterEach
    void disconnect() throws Exception {
        rows.close();
        client.close();
        allocator.close();
    }

    private VectorSchemaRoot rows(int... ids) {
        IntVector id = new IntVector("id", allocator);
        VarCharVector name = new VarCharVector("name", allocator);
        for (int i = 0; i < ids.length; i++) {
            id.setSafe(i, ids[i]);
            name.setSafe(i, ("row " + ids[i]).getBytes(StandardCharsets.UTF_8));
        }
        VectorSchemaRoot root = new VectorSchemaRoot(List.of(id, name));
        root.setRowCount(ids.length);
        return root;
    }

    private static ExecuteIngestOptions into(TableDefinitionOptions options) {
        return new ExecuteIngestOptions("ingested", options, null, null, Map.of());
    }

    private long ingest(TableDefinitionOptions options) {
        return client.executeIngest(rows, into(options), alice);
    }

    @Test
    void the_count_is_how_many_rows_were_stored() throws Exception {
        assertThat(ingest(CREATE)).isEqualTo(3);
        assertThat(ingest(APPEND)).isEqualTo(3);
        assertThat(ids("SELECT id FROM ingested ORDER BY id")).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(ingest(REPLACE)).isEqualTo(3);
        assertThat(ids("SELECT id FROM ingested WHERE name = 'row ' || id ORDER BY id"))
                .containsExactly(1, 2, 3);
    }

    @Test
    void what_does_not_fit_has_its_status() {
        fails(FlightStatusCode.NOT_FOUND, () -> ingest(APPEND));
        ingest(CREATE);
        fails(FlightStatusCode.ALREADY_EXISTS, () -> ingest(CREATE));
        fails(
                FlightStatusCode.NOT_FOUND,
                () -> client.executeIngest(
                        rows, new ExecuteIngestOptions("ingested", CREATE, "nowhere", null, Map.of()), alice));
        fails(
                FlightStatusCode.NOT_FOUND,
                () -> client.executeIngest(
                        rows, new ExecuteIngestOptions("ingested", CREATE, null, "nowhere", Map.of()), alice));
        fails(
                FlightStatusCode.INVALID_ARGUMENT,
                () -> client.executeIngest(
                        rows, new ExecuteIngestOptions("ingested", CREATE, true, "default", "main", Map.of()), alice));
        fails(
                FlightStatusCode.INVALID_ARGUMENT,
                () -> client.executeIngest(
                        rows,
                        new ExecuteIngestOptions("ingested", APPEND, null, null, Map.of("speed", "fast")),
                        alice));
        client.executeUpdate("CREATE OR REPLACE TABLE ingested (id INTEGER)", alice);
        fails(FlightStatusCode.INVALID_ARGUMENT, () -> ingest(APPEND));
    }

    @Test
    void what_to_do_must_be_said() {
        TableNotExistOption create = TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE;
        TableExistsOption append = TableExistsOption.TABLE_EXISTS_OPTION_APPEND;
        for (TableDefinitionOptions unspecified : List.of(
                options(create, TableExistsOption.TABLE_EXISTS_OPTION_UNSPECIFIED),
                options(TableNotExistOption.TABLE_NOT_EXIST_OPTION_UNSPECIFIED, append),
                TableDefinitionOptions.getDefaultInstance())) {
            fails(FlightStatusCode.INVALID_ARGUMENT, () -> ingest(unspecified));
        }
        CommandStatementIngest.Builder command =
                CommandStatementIngest.newBuilder().setTable("ingested");
        fails(FlightStatusCode.INVALID_ARGUMENT, () -> put(command.build()));
        fails(
                FlightStatusCode.INVALID_ARGUMENT,
                () -> put(command.setTableDefinitionOptions(CREATE).setTable("").build()));
    }

    @Test
    void empty_names_are_names_that_were_not_given() throws Exception {
        put(CommandStatementIngest.newBuilder()
                .setTable("ingested")
                .setCatalog("")
                .setSchema("")
                .setTransactionId(com.google.protobuf.ByteString.EMPTY)
                .setTableDefinitionOptions(CREATE)
                .build());
        assertThat(ids("SELECT id FROM \"default\".main.ingested")).containsExactly(1, 2, 3);
    }

    private void put(CommandStatementIngest command) {
        AsyncPutListener listener = new AsyncPutListener();
        FlightDescriptor descriptor = FlightDescriptor.command(Any.pack(command).toByteArray());
        FlightClient.ClientStreamListener stream = flight.startPut(descriptor, rows, listener, alice);
        stream.putNext();
        stream.completed();
        stream.getResult();
    }

    @Test
    void it_is_part_of_the_transaction_that_it_names() throws Exception {
        Transaction undone = client.beginTransaction(alice);
        assertThat(client.executeIngest(rows, into(CREATE), undone, alice)).isEqualTo(3);
        assertThat(ids(client.execute("SELECT id FROM ingested", undone, alice)))
                .containsExactly(1, 2, 3);
        client.rollback(undone, alice);
        fails(FlightStatusCode.NOT_FOUND, () -> client.execute("SELECT id FROM ingested", alice));
        fails(FlightStatusCode.NOT_FOUND, () -> client.executeIngest(rows, into(CREATE), undone, alice));

        Transaction transaction = client.beginTransaction(alice);
        client.executeIngest(rows, into(CREATE), transaction, alice);
        Savepoint savepoint = client.beginSavepoint(transaction, "a", alice);
        client.executeIngest(rows, into(APPEND), transaction, alice);
        client.executeUpdate("ROLLBACK TO a", transaction, alice);
        assertThat(savepoint.getSavepointId()).isNotEmpty();
        client.commit(transaction, alice);
        assertThat(ids("SELECT id FROM ingested")).containsExactly(1, 2, 3);
    }

    @Test
    void without_an_id_it_is_part_of_the_only_one_that_is_open() throws Exception {
        Transaction open = client.beginTransaction(alice);
        ingest(CREATE);
        client.rollback(open, alice);
        fails(FlightStatusCode.NOT_FOUND, () -> client.execute("SELECT id FROM ingested", alice));
        ingest(CREATE);
        assertThat(ids("SELECT id FROM ingested")).containsExactly(1, 2, 3);
    }

    @Test
    void a_temporary_table_is_the_sessions() throws Exception {
        ExecuteIngestOptions temporary = new ExecuteIngestOptions("mine", CREATE, true, null, null, Map.of());
        assertThat(client.executeIngest(rows, temporary, alice)).isEqualTo(3);
        assertThat(ids("SELECT id FROM temp.main.mine")).containsExactly(1, 2, 3);
        CallOption elsewhere = flight.authenticateBasicToken(SkyportServer.USER, SkyportServer.PASSWORD)
                .orElseThrow();
        fails(FlightStatusCode.NOT_FOUND, () -> client.execute("SELECT id FROM mine", elsewhere));
    }

    @Test
    void a_schema_without_batches_makes_an_empty_table() throws Exception {
        AsyncPutListener listener = new AsyncPutListener();
        CommandStatementIngest command = CommandStatementIngest.newBuilder()
                .setTable("ingested")
                .setTableDefinitionOptions(CREATE)
                .build();
        FlightClient.ClientStreamListener stream =
                flight.startPut(FlightDescriptor.command(Any.pack(command).toByteArray()), rows, listener, alice);
        stream.completed();
        stream.getResult();
        assertThat(ids("SELECT id FROM ingested")).isEmpty();
    }

    @Test
    void dictionaries_are_decoded() throws Exception {
        try (VarCharVector words = new VarCharVector("words", allocator);
                VarCharVector plain = new VarCharVector("name", allocator)) {
            words.setSafe(0, "red".getBytes(StandardCharsets.UTF_8));
            words.setSafe(1, "green".getBytes(StandardCharsets.UTF_8));
            words.setValueCount(2);
            for (int i = 0; i < 5; i++) {
                plain.setSafe(i, (i % 2 == 0 ? "red" : "green").getBytes(StandardCharsets.UTF_8));
            }
            plain.setNull(5);
            plain.setValueCount(6);
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, new ArrowType.Int(8, true)));
            try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(plain, dictionary);
                    VectorSchemaRoot root = new VectorSchemaRoot(List.of(encoded))) {
                AsyncPutListener listener = new AsyncPutListener();
                CommandStatementIngest command = CommandStatementIngest.newBuilder()
                        .setTable("ingested")
                        .setTableDefinitionOptions(CREATE)
                        .build();
                FlightClient.ClientStreamListener stream = flight.startPut(
                        FlightDescriptor.command(Any.pack(command).toByteArray()),
                        root,
                        new MapDictionaryProvider(dictionary),
                        listener,
                        alice);
                stream.putNext();
                stream.completed();
                stream.getResult();
            }
        }
        assertThat(ids("SELECT count(*)::INTEGER FROM ingested GROUP BY name ORDER BY name NULLS LAST"))
                .containsExactly(2, 3, 1);
    }

    private static void fails(FlightStatusCode code, ThrowingCallable call) {
        FlightRuntimeException failure = catchThrowableOfType(FlightRuntimeException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.status().code()).as(failure.getMessage()).isEqualTo(code);
    }

    private List<Integer> ids(String sql) throws Exception {
        return ids(client.execute(sql, alice));
    }

    private List<Integer> ids(FlightInfo info) throws Exception {
        List<Integer> ids = new ArrayList<>();
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
            while (stream.next()) {
                IntVector vector = (IntVector) stream.getRoot().getVector(0);
                for (int row = 0; row < vector.getValueCount(); row++) {
                    ids.add(vector.get(row));
                }
            }
        }
        return ids;
    }
}
