package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.skyport.SkyportServer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.FlightSqlClient.Savepoint;
import org.apache.arrow.flight.sql.FlightSqlClient.Transaction;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions and savepoints by Flight SQL's actions (conformance text, section 9). */
class FlightTransactionsIT {

    private static SkyportServer server;

    private BufferAllocator allocator;
    private FlightClient flight;
    private FlightSqlClient client;
    private CallOption alice;

    @BeforeAll
    static void start() {
        server = SkyportServer.start("skyport.session.max-transactions=3");
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
        alice = token();
        client.executeUpdate("CREATE OR REPLACE TABLE tx (id INTEGER PRIMARY KEY)", alice);
    }

    private CallOption token() {
        return flight.authenticateBasicToken(SkyportServer.USER, SkyportServer.PASSWORD)
                .orElseThrow();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        allocator.close();
    }

    @Test
    void statements_run_in_the_transaction_whose_id_they_carry() throws Exception {
        Transaction transaction = client.beginTransaction(alice);
        assertThat(client.executeUpdate("INSERT INTO tx VALUES (1)", transaction, alice))
                .isEqualTo(1);
        assertThat(ids(client.execute("SELECT id FROM tx", transaction, alice))).containsExactly(1);
        assertThat(ids(client.execute("SELECT id FROM tx", alice))).isEmpty();
        assertThat(client.getExecuteSchema("SELECT id FROM tx", transaction, alice)
                        .getSchema()
                        .getFields())
                .hasSize(1);
        client.commit(transaction, alice);
        assertThat(ids(client.execute("SELECT id FROM tx", alice))).containsExactly(1);

        Transaction undone = client.beginTransaction(alice);
        client.executeUpdate("DELETE FROM tx", undone, alice);
        client.rollback(undone, alice);
        assertThat(ids(client.execute("SELECT id FROM tx", alice))).containsExactly(1);
    }

    @Test
    void a_transaction_is_heard_on_other_connections_of_its_user_and_not_of_others() throws Exception {
        Transaction transaction = client.beginTransaction(alice);
        CallOption elsewhere = token();
        client.executeUpdate("INSERT INTO tx VALUES (1)", transaction, elsewhere);
        CallOption bob = flight.authenticateBasicToken(SkyportServer.READER, SkyportServer.READER_PASSWORD)
                .orElseThrow();
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.execute("SELECT 1", transaction, bob));
        client.commit(transaction, elsewhere);
        assertThat(ids(client.execute("SELECT id FROM tx", alice))).containsExactly(1);
    }

    @Test
    void what_has_ended_is_not_found() {
        Transaction transaction = client.beginTransaction(alice);
        client.commit(transaction, alice);
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.commit(transaction, alice));
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.execute("SELECT 1", transaction, alice));
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.executeUpdate("DELETE FROM tx", transaction, alice));
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.prepare("SELECT 1", transaction, alice));
        assertStatus(FlightStatusCode.NOT_FOUND, () -> client.beginSavepoint(transaction, "a", alice));
    }

    @Test
    void too_many_transactions_exhaust_the_server() {
        List<Transaction> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(client.beginTransaction(alice));
        }
        assertStatus(FlightStatusCode.RESOURCE_EXHAUSTED, () -> client.beginTransaction(alice));
        open.forEach(transaction -> client.rollback(transaction, alice));
    }

    @Test
    void a_failed_statement_leaves_rollback_alone() {
        Transaction transaction = client.beginTransaction(alice);
        client.executeUpdate("INSERT INTO tx VALUES (1)", transaction, alice);
        assertStatus(
                FlightStatusCode.ALREADY_EXISTS,
                () -> client.executeUpdate("INSERT INTO tx VALUES (1)", transaction, alice));
        assertThatThrownBy(() -> client.executeUpdate("INSERT INTO tx VALUES (2)", transaction, alice))
                .hasMessageContaining("25P02");
        assertThatThrownBy(() -> client.commit(transaction, alice)).hasMessageContaining("25P02");
        client.rollback(transaction, alice);
    }

    @Test
    void savepoints_are_rolled_back_to_and_released() throws Exception {
        Transaction transaction = client.beginTransaction(alice);
        client.executeUpdate("INSERT INTO tx VALUES (1)", transaction, alice);
        Savepoint first = client.beginSavepoint(transaction, "a", alice);
        client.executeUpdate("INSERT INTO tx VALUES (2)", transaction, alice);
        Savepoint second = client.beginSavepoint(transaction, "b", alice);
        client.executeUpdate("INSERT INTO tx VALUES (3)", transaction, alice);
        rollback(second);
        assertThat(ids(client.execute("SELECT id FROM tx ORDER BY id", transaction, alice)))
                .containsExactly(1, 2);
        rollback(first);
        assertStatus(FlightStatusCode.NOT_FOUND, () -> rollback(second));
        client.release(first, alice);
        assertStatus(FlightStatusCode.NOT_FOUND, () -> rollback(first));
    }

    @Test
    void prepared_statements_stay_in_their_transaction() throws Exception {
        Transaction transaction = client.beginTransaction(alice);
        PreparedStatement insert = client.prepare("INSERT INTO tx SELECT count(*) FROM tx", transaction, alice);
        insert.executeUpdate(alice);
        insert.executeUpdate(alice);
        assertThat(ids(client.execute("SELECT id FROM tx", alice))).isEmpty();
        client.commit(transaction, alice);
        assertThatThrownBy(() -> insert.executeUpdate(alice)).hasMessageContaining("25P01");
        Transaction next = client.beginTransaction(alice);
        insert.executeUpdate(alice);
        client.rollback(next, alice);
        insert.close(alice);
        assertThat(ids(client.execute("SELECT id FROM tx ORDER BY id", alice))).containsExactly(0, 1);
    }

    @Test
    void text_begins_and_ends_the_sessions_own_transaction() throws Exception {
        client.executeUpdate("BEGIN", alice);
        client.executeUpdate("INSERT INTO tx VALUES (1)", alice);
        assertThat(ids(client.execute("SELECT id FROM tx", token()))).isEmpty();
        client.executeUpdate("SAVEPOINT a", alice);
        client.executeUpdate("INSERT INTO tx VALUES (2)", alice);
        client.executeUpdate("ROLLBACK TO SAVEPOINT a", alice);
        client.executeUpdate("COMMIT", alice);
        assertThat(ids(client.execute("SELECT id FROM tx", token()))).containsExactly(1);
    }

    @Test
    void a_result_is_read_while_its_transaction_goes_on() throws Exception {
        Transaction transaction = client.beginTransaction(alice);
        FlightInfo info = client.execute("SELECT CAST(range AS INTEGER) AS id FROM range(200000)", transaction, alice);
        client.executeUpdate("INSERT INTO tx SELECT range FROM range(10)", transaction, alice);
        client.commit(transaction, alice);
        assertThat(ids(info)).hasSize(200_000);
    }

    @Test
    void malformed_ends_are_invalid_arguments() {
        for (Any body : List.of(
                Any.pack(ActionEndTransactionRequest.getDefaultInstance()),
                Any.pack(ActionEndSavepointRequest.getDefaultInstance()))) {
            String type = body.is(ActionEndTransactionRequest.class) ? "EndTransaction" : "EndSavepoint";
            assertStatus(
                    FlightStatusCode.INVALID_ARGUMENT,
                    () -> flight.doAction(new Action(type, body.toByteArray()), alice)
                            .hasNext());
        }
        Transaction transaction = client.beginTransaction(alice);
        assertStatus(FlightStatusCode.INVALID_ARGUMENT, () -> client.beginSavepoint(transaction, "", alice));
        client.rollback(transaction, alice);
    }

    /** The client's own method releases. */
    private void rollback(Savepoint savepoint) {
        ActionEndSavepointRequest request = ActionEndSavepointRequest.newBuilder()
                .setSavepointId(ByteString.copyFrom(savepoint.getSavepointId()))
                .setAction(ActionEndSavepointRequest.EndSavepoint.END_SAVEPOINT_ROLLBACK)
                .build();
        flight.doAction(new Action("EndSavepoint", Any.pack(request).toByteArray()), alice)
                .forEachRemaining(result -> {});
    }

    private List<Integer> ids(FlightInfo info) throws Exception {
        List<Integer> ids = new ArrayList<>();
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
            while (stream.next()) {
                for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
                    ids.add((Integer) stream.getRoot().getVector(0).getObject(row));
                }
            }
        }
        return ids;
    }

    private static void assertStatus(
            FlightStatusCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        failure -> assertThat(failure.status().code())
                                .as(failure.getMessage())
                                .isEqualTo(code));
    }
}
