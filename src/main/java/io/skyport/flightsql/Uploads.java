package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Cancellation;
import io.skyport.session.Ingest;
import io.skyport.session.PreparedStatement;
import io.skyport.session.Session;
import io.skyport.session.Transaction;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;

/** The commands of DoPut (conformance text, sections 7, 8 and 10). */
final class Uploads {

    private final CallerSessions sessions;

    Uploads(CallerSessions sessions) {
        this.sessions = sessions;
    }

    /** What to run for an upload, on a worker. */
    interface Command {
        /** Runs it and gives the one answer that the client gets. */
        PutResult run(UploadedRows rows, Cancellation cancellation);
    }

    /**
     * The command of a descriptor.
     *
     * @throws SkyportException 08P01 if it is none that uploads, 0A000 if it is one that this server does not have
     */
    Command command(FlightDescriptor descriptor) {
        if (descriptor.getType() != FlightDescriptor.DescriptorType.CMD) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "The descriptor must be of type CMD with a Flight SQL command");
        }
        Message message = Commands.parse(descriptor.getCmd());
        Session session = sessions.current();
        if (message instanceof CommandStatementUpdate update) {
            return (rows, cancellation) -> update(session, update, cancellation);
        } else if (message instanceof CommandPreparedStatementUpdate update) {
            return (rows, cancellation) -> update(session, update, rows, cancellation);
        } else if (message instanceof CommandPreparedStatementQuery query) {
            return (rows, cancellation) -> bind(session, query, rows);
        } else if (message instanceof CommandStatementIngest ingest) {
            return (rows, cancellation) -> ingest(session, ingest, rows, cancellation);
        } else if (message instanceof CommandStatementSubstraitPlan update) {
            return (rows, cancellation) -> update(session, update, cancellation);
        }
        throw new SkyportException(
                ErrorCode.PROTOCOL_VIOLATION,
                "Not a command for DoPut: " + message.getDescriptorForType().getFullName());
    }

    /** Does not look at what else the client sends: some wait for the answer before they end their side. */
    private PutResult update(Session session, CommandStatementUpdate command, Cancellation cancellation) {
        Transaction within = sessions.transaction(session, command.getTransactionId());
        return count(session.update(command.getQuery(), within, cancellation));
    }

    private PutResult update(Session session, CommandStatementSubstraitPlan command, Cancellation cancellation) {
        Transaction within = sessions.transaction(session, command.getTransactionId());
        String text = SubstraitTexts.text(session, command.getPlan());
        return count(session.update(text, within, cancellation));
    }

    private static PutResult update(
            Session session, CommandPreparedStatementUpdate command, UploadedRows rows, Cancellation cancellation) {
        PreparedStatement statement = statement(session, command.getPreparedStatementHandle());
        if (statement.compiled().parameters().isEmpty() || !rows.hasSchema()) {
            return count(session.update(statement, cancellation)); // with the rows bound before, if it has parameters
        }
        return count(session.update(statement, rows.reader(), cancellation));
    }

    /** Answers with the same handle: some clients take it over, others ignore it. */
    private static PutResult bind(Session session, CommandPreparedStatementQuery command, UploadedRows rows) {
        PreparedStatement statement = statement(session, command.getPreparedStatementHandle());
        if (rows.hasSchema()) {
            session.bind(statement, rows.reader());
        } else if (!statement.compiled().parameters().isEmpty()) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH, "The statement has parameters, and nothing was sent to bind");
        }
        return result(DoPutPreparedStatementResult.newBuilder()
                .setPreparedStatementHandle(ByteString.copyFromUtf8(statement.handle()))
                .build());
    }

    private PutResult ingest(
            Session session, CommandStatementIngest command, UploadedRows rows, Cancellation cancellation) {
        Ingest ingest = IngestCommands.of(command);
        Transaction within = sessions.transaction(session, command.getTransactionId());
        if (!rows.hasSchema()) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "Ingest needs a schema, also if there are no rows");
        }
        return count(session.ingest(ingest, rows.reader(), within, cancellation));
    }

    private static PreparedStatement statement(Session session, ByteString handle) {
        return session.preparedStatement(handle.toStringUtf8());
    }

    private static PutResult count(long rows) {
        return result(DoPutUpdateResult.newBuilder().setRecordCount(rows).build());
    }

    private static PutResult result(Message message) {
        return PutResult.newBuilder().setAppMetadata(message.toByteString()).build();
    }
}
