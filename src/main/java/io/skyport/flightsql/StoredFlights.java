package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Deadline;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Session;
import io.skyport.session.StoredResult;
import io.skyport.session.StoredResult.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.ipc.message.IpcOption;

/**
 * Results that are stored until they expire, as flights: of PollFlightInfo, and of GetFlightInfo in sessions that read at
 * several endpoints (conformance text, section 12). Their tickets can be fetched any number of times.
 */
final class StoredFlights {

    /** What is left of a deadline for the answer to be on its way. */
    private static final long ANSWER_MILLIS = 50;

    private static final int ANSWER_SHARE = 4;

    private final CallerSessions sessions;
    private final Duration longestWait;

    /** @param longestWait of a poll for news */
    StoredFlights(CallerSessions sessions, Duration longestWait) {
        this.sessions = sessions;
        this.longestWait = longestWait;
    }

    /** Runs a query to its end; ends it if the caller goes away. */
    FlightInfo get(Message command, FlightDescriptor descriptor) {
        StoredResult result = start(command);
        boolean told = false;
        try {
            FlightInfo info = info(result, CallCancellation.run(result::awaitEnd), descriptor);
            told = true;
            return info;
        } finally {
            if (!told) {
                sessions.storedResults().giveUp(result);
            }
        }
    }

    /**
     * Starts a query, or looks after one that a poll has started and to whose descriptor it has led; waits a while for news.
     */
    PollInfo poll(Message command, FlightDescriptor descriptor) {
        return command instanceof TicketStatementQuery ticket
                ? look(find(ticket), descriptor)
                : first(start(command), descriptor);
    }

    /** Nobody else knows of it: it goes if the caller does, or is not to come again. */
    private PollInfo first(StoredResult result, FlightDescriptor descriptor) {
        boolean told = false;
        try {
            PollInfo info = look(result, descriptor);
            told = !Context.current().isCancelled();
            return info;
        } finally {
            if (!told) {
                sessions.storedResults().giveUp(result);
            }
        }
    }

    private PollInfo look(StoredResult result, FlightDescriptor descriptor) {
        Status status = CallCancellation.run(waiting -> result.await(wait(Context.current()), waiting));
        FlightInfo info = info(result, status, descriptor);
        return status.finished()
                ? new PollInfo(info, null, status.progress(), null)
                : new PollInfo(info, again(result), status.progress(), status.expiration());
    }

    /** Not longer than the caller waits. */
    private Duration wait(Context call) {
        Deadline deadline = call.getDeadline();
        if (deadline == null) {
            return longestWait;
        }
        long left = deadline.timeRemaining(TimeUnit.MILLISECONDS);
        Duration wait = Duration.ofMillis(Math.max(0, left - Math.max(ANSWER_MILLIS, left / ANSWER_SHARE)));
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }

    private StoredResult start(Message command) {
        Session session = sessions.current();
        if (command instanceof CommandStatementQuery query) {
            return session.start(query.getQuery(), sessions.transaction(session, query.getTransactionId()));
        } else if (command instanceof CommandPreparedStatementQuery query) {
            return session.start(
                    session.preparedStatement(query.getPreparedStatementHandle().toStringUtf8()));
        } else if (command instanceof CommandStatementSubstraitPlan plan) {
            return session.start(
                    SubstraitTexts.text(session, plan.getPlan()),
                    sessions.transaction(session, plan.getTransactionId()));
        } else if (command instanceof Flight.FlightDescriptor path) {
            return session.start(TablePath.of(path).query(), null);
        }
        throw Commands.notForGet(command);
    }

    private StoredResult find(TicketStatementQuery ticket) {
        String handle = ticket.getStatementHandle().toStringUtf8();
        if (!StoredResult.names(handle)) {
            throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "Not a descriptor for PollFlightInfo");
        }
        return sessions.storedResults().find(handle, CallPrincipal.get().name());
    }

    /** All endpoints so far: whoever reads them in their order has the rows in theirs. */
    private static FlightInfo info(StoredResult result, Status status, FlightDescriptor descriptor) {
        List<FlightEndpoint> endpoints = new ArrayList<>();
        for (int part = 0; part < status.parts(); part++) {
            Ticket ticket = new Ticket(ticket(result.partHandle(part)));
            endpoints.add(new FlightEndpoint(ticket, status.expiration()));
        }
        return new FlightInfo(
                ArrowSchemas.of(result.columns()),
                descriptor,
                endpoints,
                status.bytes(),
                status.records(),
                true,
                IpcOption.DEFAULT,
                // By which it can be cancelled as long as it has no endpoints.
                result.handle().getBytes(StandardCharsets.US_ASCII));
    }

    private static FlightDescriptor again(StoredResult result) {
        return FlightDescriptor.command(ticket(result.handle()));
    }

    private static byte[] ticket(String handle) {
        return Any.pack(TicketStatementQuery.newBuilder()
                        .setStatementHandle(ByteString.copyFromUtf8(handle))
                        .build())
                .toByteArray();
    }
}
