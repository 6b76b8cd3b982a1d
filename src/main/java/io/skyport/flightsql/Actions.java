package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.skyport.session.PreparedStatement;
import io.skyport.session.Session;
import io.skyport.sql.CompiledStatement;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedSubstraitPlanRequest;

/** The actions of DoAction (conformance text, sections 8, 9, 12 and 13). Every other name is answered by "unimplemented". */
final class Actions {

    static final List<ActionType> TYPES = List.of(
            FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_STATEMENT,
            FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_SUBSTRAIT_PLAN,
            FlightSqlUtils.FLIGHT_SQL_CLOSE_PREPARED_STATEMENT,
            FlightSqlUtils.FLIGHT_SQL_BEGIN_TRANSACTION,
            FlightSqlUtils.FLIGHT_SQL_END_TRANSACTION,
            FlightSqlUtils.FLIGHT_SQL_BEGIN_SAVEPOINT,
            FlightSqlUtils.FLIGHT_SQL_END_SAVEPOINT,
            FlightSqlUtils.FLIGHT_SQL_CANCEL_QUERY,
            FlightConstants.CANCEL_FLIGHT_INFO,
            FlightConstants.RENEW_FLIGHT_ENDPOINT,
            new ActionType(
                    SessionActions.SET, "Sets options of the client's session, which is opened if there is none."),
            new ActionType(SessionActions.GET, "Gives the options of the client's session."),
            new ActionType(SessionActions.CLOSE, "Closes the client's session with all it holds."));

    /** {@code is_update} of newer protocol versions than the generated class knows. */
    private static final int IS_UPDATE_FIELD = 4;

    private final CallerSessions sessions;
    private final TransactionActions transactions;
    private final SessionActions session;
    private final QueryActions queries;

    Actions(CallerSessions sessions) {
        this.sessions = sessions;
        this.transactions = new TransactionActions(sessions);
        this.session = new SessionActions(sessions);
        this.queries = new QueryActions(sessions);
    }

    /** Runs an action and gives its one result, if it has one. */
    Optional<Result> run(Action action) {
        ByteString body = ByteString.copyFrom(action.getBody());
        if (is(action, FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_STATEMENT)) {
            ActionCreatePreparedStatementRequest request =
                    Commands.parse(body, ActionCreatePreparedStatementRequest.getDefaultInstance());
            return Optional.of(new Result(Any.pack(create(request)).toByteArray()));
        } else if (is(action, FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_SUBSTRAIT_PLAN)) {
            ActionCreatePreparedSubstraitPlanRequest request =
                    Commands.parse(body, ActionCreatePreparedSubstraitPlanRequest.getDefaultInstance());
            return Optional.of(new Result(Any.pack(create(request)).toByteArray()));
        } else if (is(action, FlightSqlUtils.FLIGHT_SQL_CLOSE_PREPARED_STATEMENT)) {
            close(Commands.parse(body, ActionClosePreparedStatementRequest.getDefaultInstance()));
            return Optional.empty();
        }
        if (SessionActions.has(action.getType())) {
            return Optional.of(new Result(session.run(action.getType(), body).toByteArray()));
        }
        if (QueryActions.has(action.getType())) {
            return Optional.of(new Result(queries.run(action.getType(), body)));
        }
        return transactions
                .run(action.getType(), body)
                .map(result -> new Result(Any.pack(result).toByteArray()));
    }

    private static boolean is(Action action, ActionType type) {
        return type.getType().equals(action.getType());
    }

    private ActionCreatePreparedStatementResult create(ActionCreatePreparedStatementRequest request) {
        Session session = sessions.current();
        return created(session.prepare(request.getQuery(), sessions.transaction(session, request.getTransactionId())));
    }

    private ActionCreatePreparedStatementResult create(ActionCreatePreparedSubstraitPlanRequest request) {
        Session session = sessions.current();
        return created(session.prepare(
                SubstraitTexts.text(session, request.getPlan()),
                sessions.transaction(session, request.getTransactionId())));
    }

    private static ActionCreatePreparedStatementResult created(PreparedStatement statement) {
        CompiledStatement compiled = statement.compiled();
        return ActionCreatePreparedStatementResult.newBuilder()
                .setPreparedStatementHandle(ByteString.copyFromUtf8(statement.handle()))
                .setDatasetSchema(ByteString.copyFrom(ArrowSchemas.serialize(ArrowSchemas.ofResult(compiled))))
                .setParameterSchema(
                        ByteString.copyFrom(ArrowSchemas.serialize(ArrowSchemas.ofParameters(compiled.parameters()))))
                .setUnknownFields(isUpdate(!compiled.returnsRows()))
                .build();
    }

    private static UnknownFieldSet isUpdate(boolean update) {
        UnknownFieldSet.Field value =
                UnknownFieldSet.Field.newBuilder().addVarint(update ? 1 : 0).build();
        return UnknownFieldSet.newBuilder().addField(IS_UPDATE_FIELD, value).build();
    }

    private void close(ActionClosePreparedStatementRequest request) {
        String handle = request.getPreparedStatementHandle().toStringUtf8();
        if (!sessions.closedStatement(handle)) {
            sessions.current().closePreparedStatement(handle);
        }
    }
}
