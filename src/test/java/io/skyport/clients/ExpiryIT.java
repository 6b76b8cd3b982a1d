package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.command;
import static io.skyport.clients.RawFlight.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.skyport.SkyportServer;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.Flight.Result;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest.EndTransaction;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prepared statements and transactions that nobody used for too long: conformance sections 8 and 9. */
class ExpiryIT {

    private static final Metadata.Key<String> SQLSTATE = Metadata.Key.of("sqlstate", Metadata.ASCII_STRING_MARSHALLER);

    private static SkyportServer server;

    private RawFlight flight;

    @BeforeAll
    static void start() {
        server = SkyportServer.start(
                Endpoint.users("skyport.session.prepared-timeout=500ms", "skyport.session.transaction-timeout=500ms"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        flight = new RawFlight(server.flightPort());
    }

    @AfterEach
    void disconnect() {
        flight.close();
        NothingHeld.check(server);
    }

    private ByteString prepared(String sql) throws Exception {
        Answer<Result> answer = flight.call(
                FlightServiceGrpc.getDoActionMethod(),
                alice(),
                action(
                        "CreatePreparedStatement",
                        ActionCreatePreparedStatementRequest.newBuilder()
                                .setQuery(sql)
                                .build()));
        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        return Any.parseFrom(answer.messages().get(0).getBody())
                .unpack(ActionCreatePreparedStatementResult.class)
                .getPreparedStatementHandle();
    }

    private ByteString expired(String sql) throws Exception {
        ByteString handle = prepared(sql);
        awaitExpired();
        return handle;
    }

    private static void awaitExpired() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.bean(Sessions.class).list().stream()
                        .allMatch(session -> session.preparedStatementCount() == 0));
    }

    private static CommandPreparedStatementQuery query(ByteString handle) {
        return CommandPreparedStatementQuery.newBuilder()
                .setPreparedStatementHandle(handle)
                .build();
    }

    @Test
    void an_expired_handle_is_not_found_wherever_it_is_named() throws Exception {
        ByteString handle = expired("SELECT CAST(? AS INTEGER)");

        Map<String, Answer<?>> answers = Map.of(
                "GetFlightInfo",
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), alice(), command(query(handle))),
                "PollFlightInfo",
                flight.call(FlightServiceGrpc.getPollFlightInfoMethod(), alice(), command(query(handle))),
                "GetSchema",
                flight.call(FlightServiceGrpc.getGetSchemaMethod(), alice(), command(query(handle))),
                "DoGet",
                flight.call(
                        FlightServiceGrpc.getDoGetMethod(),
                        alice(),
                        Ticket.newBuilder()
                                .setTicket(Any.pack(query(handle)).toByteString())
                                .build()),
                "DoPut of parameters",
                flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), put(command(query(handle)))),
                "DoPut of an update",
                flight.call(
                        FlightServiceGrpc.getDoPutMethod(),
                        alice(),
                        put(command(CommandPreparedStatementUpdate.newBuilder()
                                .setPreparedStatementHandle(handle)
                                .build()))));

        answers.forEach((call, answer) -> {
            assertThat(answer.code()).as("%s: %s", call, answer.description()).isEqualTo(Code.NOT_FOUND);
            assertThat(answer.trailers().get(SQLSTATE)).as(call).isEqualTo("26000");
            assertThat(answer.description()).as(call).contains("skyport.session.prepared-timeout");
        });
    }

    @Test
    void closing_an_expired_handle_is_no_mistake() throws Exception {
        ByteString handle = expired("SELECT 1");

        for (int time = 0; time < 2; time++) {
            Answer<Result> closed = flight.call(
                    FlightServiceGrpc.getDoActionMethod(),
                    alice(),
                    action(
                            "ClosePreparedStatement",
                            ActionClosePreparedStatementRequest.newBuilder()
                                    .setPreparedStatementHandle(handle)
                                    .build()));
            assertThat(closed.code()).as(closed.description()).isEqualTo(Code.OK);
            assertThat(closed.messages()).isEmpty();
        }
    }

    @Test
    void what_was_announced_before_is_fetched_afterwards() throws Exception {
        ByteString handle = prepared("SELECT 7");
        Answer<FlightInfo> info =
                flight.call(FlightServiceGrpc.getGetFlightInfoMethod(), alice(), command(query(handle)));
        awaitExpired();

        assertThat(flight.call(
                                FlightServiceGrpc.getDoGetMethod(),
                                alice(),
                                info.messages().get(0).getEndpoint(0).getTicket())
                        .code())
                .isEqualTo(Code.OK);
    }

    @Test
    void a_transaction_that_expired_is_rolled_back_and_not_found() throws Exception {
        run("CREATE TABLE expiring (i INTEGER)", ByteString.EMPTY);
        Answer<Result> begun = flight.call(
                FlightServiceGrpc.getDoActionMethod(),
                alice(),
                action("BeginTransaction", ActionBeginTransactionRequest.getDefaultInstance()));
        ByteString id = Any.parseFrom(begun.messages().get(0).getBody())
                .unpack(ActionBeginTransactionResult.class)
                .getTransactionId();
        run("INSERT INTO expiring VALUES (1)", id);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.bean(Sessions.class).transactions().size() == 0);

        for (EndTransaction end :
                List.of(EndTransaction.END_TRANSACTION_COMMIT, EndTransaction.END_TRANSACTION_ROLLBACK)) {
            Answer<Result> ended = flight.call(
                    FlightServiceGrpc.getDoActionMethod(),
                    alice(),
                    action(
                            "EndTransaction",
                            ActionEndTransactionRequest.newBuilder()
                                    .setTransactionId(id)
                                    .setAction(end)
                                    .build()));
            assertThat(ended.code()).as(ended.description()).isEqualTo(Code.NOT_FOUND);
        }
        Answer<FlightInfo> query = flight.call(
                FlightServiceGrpc.getGetFlightInfoMethod(),
                alice(),
                command(CommandStatementQuery.newBuilder()
                        .setQuery("SELECT 1")
                        .setTransactionId(id)
                        .build()));
        assertThat(query.code()).as(query.description()).isEqualTo(Code.NOT_FOUND);
        assertThat(run("DELETE FROM expiring", ByteString.EMPTY)).isZero();
    }

    private long run(String sql, ByteString transaction) throws Exception {
        CommandStatementUpdate.Builder update =
                CommandStatementUpdate.newBuilder().setQuery(sql);
        if (!transaction.isEmpty()) {
            update.setTransactionId(transaction);
        }
        Answer<PutResult> answer =
                flight.call(FlightServiceGrpc.getDoPutMethod(), alice(), put(command(update.build())));
        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        return DoPutUpdateResult.parseFrom(answer.messages().get(0).getAppMetadata())
                .getRecordCount();
    }
}
