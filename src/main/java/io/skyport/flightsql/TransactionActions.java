package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Session;
import io.skyport.session.Transaction;
import java.util.Optional;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginSavepointResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndSavepointRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionEndTransactionRequest;

/**
 * The actions of transactions and savepoints (conformance text, section 9). Ids are of their user: whichever call of the
 * user's brings one is heard.
 */
final class TransactionActions {

    /** Between the id of a transaction and that of a savepoint in it; in neither of them. */
    private static final char SEPARATOR = ':';

    private final CallerSessions sessions;

    TransactionActions(CallerSessions sessions) {
        this.sessions = sessions;
    }

    /** Runs an action and gives its result, if it has one. */
    Optional<Message> run(String action, ByteString body) {
        switch (action) {
            case "BeginTransaction" -> {
                Commands.parse(body, ActionBeginTransactionRequest.getDefaultInstance());
                return Optional.of(begin());
            }
            case "EndTransaction" -> end(Commands.parse(body, ActionEndTransactionRequest.getDefaultInstance()));
            case "BeginSavepoint" -> {
                return Optional.of(savepoint(Commands.parse(body, ActionBeginSavepointRequest.getDefaultInstance())));
            }
            case "EndSavepoint" -> end(Commands.parse(body, ActionEndSavepointRequest.getDefaultInstance()));
            default -> throw Commands.notSupported("The action '" + action + "'");
        }
        return Optional.empty();
    }

    private Message begin() {
        Transaction transaction = sessions.current().begin();
        return ActionBeginTransactionResult.newBuilder()
                .setTransactionId(ByteString.copyFromUtf8(transaction.id()))
                .build();
    }

    private void end(ActionEndTransactionRequest request) {
        Session session = sessions.current();
        Transaction transaction = transaction(session, request.getTransactionId());
        switch (request.getAction()) {
            case END_TRANSACTION_COMMIT ->
                CallCancellation.run(cancellation -> {
                    session.commit(transaction, cancellation);
                    return transaction;
                });
            case END_TRANSACTION_ROLLBACK -> session.rollback(transaction);
            default -> throw violation("EndTransaction needs an action: COMMIT or ROLLBACK");
        }
    }

    private Message savepoint(ActionBeginSavepointRequest request) {
        Session session = sessions.current();
        Transaction transaction = transaction(session, request.getTransactionId());
        if (request.getName().isEmpty()) {
            throw violation("A savepoint needs a name");
        }
        String id = transaction.id() + SEPARATOR + session.savepoint(transaction, request.getName());
        return ActionBeginSavepointResult.newBuilder()
                .setSavepointId(ByteString.copyFromUtf8(id))
                .build();
    }

    private void end(ActionEndSavepointRequest request) {
        String id = request.getSavepointId().toStringUtf8();
        int separator = id.indexOf(SEPARATOR);
        if (id.isEmpty()) {
            throw violation("The savepoint's id is empty");
        }
        if (separator < 0) {
            throw new SkyportException(ErrorCode.INVALID_SAVEPOINT, "The savepoint is unknown");
        }
        Session session = sessions.current();
        Transaction transaction = session.transaction(id.substring(0, separator));
        String savepoint = id.substring(separator + 1);
        switch (request.getAction()) {
            case END_SAVEPOINT_RELEASE -> session.release(transaction, savepoint);
            case END_SAVEPOINT_ROLLBACK -> session.rollbackTo(transaction, savepoint);
            default -> throw violation("EndSavepoint needs an action: RELEASE or ROLLBACK");
        }
    }

    private static Transaction transaction(Session session, ByteString id) {
        if (id.isEmpty()) {
            throw violation("The transaction's id is empty");
        }
        return session.transaction(id.toStringUtf8());
    }

    private static SkyportException violation(String text) {
        return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, text);
    }
}
