package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.command;
import static io.skyport.clients.RawFlight.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.sql.TextPlans;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedSubstraitPlanRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndSavepointRequest.EndSavepoint;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest.EndTransaction;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.SubstraitPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids of transactions and savepoints on all that carries one: conformance section 9. */
@ExtendWith(NothingHeld.class)
class TransactionIdsIT {

    private static final ByteString UNKNOWN = ByteString.copyFromUtf8("never-begun");

    private RawFlight flight;

    /**
     * A call with an id.
     *
     * @param request of an id
     */
    private record Carrier<Q>(String name, MethodDescriptor<Q, ?> method, Function<ByteString, Q> request) {
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

    private static SubstraitPlan plan() {
        return SubstraitPlan.newBuilder()
                .setPlan(ByteString.copyFrom(TextPlans.plan(
                        "read { base_schema { names: 'a' struct { types { i64 {} } } } virtual_table {} }", "a")))
                .build();
    }

    private static Message query(ByteString id) {
        return CommandStatementQuery.newBuilder()
                .setQuery("SELECT 1")
                .setTransactionId(id)
                .build();
    }

    private static Message substrait(ByteString id) {
        return CommandStatementSubstraitPlan.newBuilder()
                .setPlan(plan())
                .setTransactionId(id)
                .build();
    }

    private static Stream<Carrier<?>> statements() {
        return Stream.of(
                new Carrier<>(
                        "GetFlightInfo of a query",
                        FlightServiceGrpc.getGetFlightInfoMethod(),
                        id -> command(query(id))),
                new Carrier<>("GetSchema of a query", FlightServiceGrpc.getGetSchemaMethod(), id -> command(query(id))),
                new Carrier<>(
                        "PollFlightInfo of a query",
                        FlightServiceGrpc.getPollFlightInfoMethod(),
                        id -> command(query(id))),
                new Carrier<>(
                        "GetFlightInfo of a plan",
                        FlightServiceGrpc.getGetFlightInfoMethod(),
                        id -> command(substrait(id))),
                new Carrier<>(
                        "GetSchema of a plan", FlightServiceGrpc.getGetSchemaMethod(), id -> command(substrait(id))),
                new Carrier<>(
                        "DoPut of an update",
                        FlightServiceGrpc.getDoPutMethod(),
                        id -> put(command(CommandStatementUpdate.newBuilder()
                                .setQuery("CREATE TABLE IF NOT EXISTS transaction_ids (i INTEGER)")
                                .setTransactionId(id)
                                .build()))),
                new Carrier<>("DoPut of a plan", FlightServiceGrpc.getDoPutMethod(), id -> put(command(substrait(id)))),
                new Carrier<>(
                        "CreatePreparedStatement",
                        FlightServiceGrpc.getDoActionMethod(),
                        id -> action(
                                "CreatePreparedStatement",
                                ActionCreatePreparedStatementRequest.newBuilder()
                                        .setQuery("SELECT 1")
                                        .setTransactionId(id)
                                        .build())),
                new Carrier<>(
                        "CreatePreparedSubstraitPlan",
                        FlightServiceGrpc.getDoActionMethod(),
                        id -> action(
                                "CreatePreparedSubstraitPlan",
                                ActionCreatePreparedSubstraitPlanRequest.newBuilder()
                                        .setPlan(plan())
                                        .setTransactionId(id)
                                        .build())));
    }

    private static Stream<Carrier<?>> others() {
        return Stream.of(
                new Carrier<>(
                        "DoPut of an ingest",
                        FlightServiceGrpc.getDoPutMethod(),
                        id -> put(command(CommandStatementIngest.newBuilder()
                                .setTable("transaction_ids_ingested")
                                .setTableDefinitionOptions(TableDefinitionOptions.newBuilder()
                                        .setIfNotExist(TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE)
                                        .setIfExists(TableExistsOption.TABLE_EXISTS_OPTION_APPEND))
                                .setTransactionId(id)
                                .build()))),
                new Carrier<>(
                        "BeginSavepoint",
                        FlightServiceGrpc.getDoActionMethod(),
                        id -> action(
                                "BeginSavepoint",
                                ActionBeginSavepointRequest.newBuilder()
                                        .setTransactionId(id)
                                        .setName("s")
                                        .build())),
                end(EndTransaction.END_TRANSACTION_COMMIT),
                end(EndTransaction.END_TRANSACTION_ROLLBACK),
                end(EndSavepoint.END_SAVEPOINT_RELEASE),
                end(EndSavepoint.END_SAVEPOINT_ROLLBACK));
    }

    private static Carrier<?> end(EndTransaction action) {
        return new Carrier<>(
                action.name(),
                FlightServiceGrpc.getDoActionMethod(),
                id -> action(
                        "EndTransaction",
                        ActionEndTransactionRequest.newBuilder()
                                .setTransactionId(id)
                                .setAction(action)
                                .build()));
    }

    private static Carrier<?> end(EndSavepoint action) {
        return new Carrier<>(
                action.name(),
                FlightServiceGrpc.getDoActionMethod(),
                id -> action(
                        "EndSavepoint",
                        ActionEndSavepointRequest.newBuilder()
                                .setSavepointId(id)
                                .setAction(action)
                                .build()));
    }

    private static Stream<Carrier<?>> all() {
        return Stream.concat(statements(), others());
    }

    @ParameterizedTest
    @MethodSource("all")
    <Q> void an_id_that_is_none_is_not_found(Carrier<Q> carrier) throws Exception {
        for (ByteString id :
                List.of(UNKNOWN, ByteString.copyFromUtf8("x:y"), ByteString.copyFrom(new byte[] {-1, 0}))) {
            Answer<?> answer =
                    flight.call(carrier.method(), alice(), carrier.request().apply(id));
            assertThat(answer.code()).as(answer.description()).isEqualTo(Code.NOT_FOUND);
            RawGrpcIT.hasNoStackTrace(answer);
        }
    }

    /** A client is known that sends it always. */
    @ParameterizedTest
    @MethodSource("statements")
    <Q> void an_empty_id_of_a_statement_is_none(Carrier<Q> carrier) throws Exception {
        Answer<?> answer =
                flight.call(carrier.method(), alice(), carrier.request().apply(ByteString.EMPTY));
        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
    }
}
