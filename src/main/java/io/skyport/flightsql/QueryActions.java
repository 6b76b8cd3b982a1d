package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.CancelOutcome;
import io.skyport.session.StoredResult;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.impl.Flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.impl.Flight.CancelFlightInfoResult;
import org.apache.arrow.flight.impl.Flight.CancelStatus;
import org.apache.arrow.flight.impl.Flight.FlightEndpoint;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.RenewFlightEndpointRequest;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCancelQueryRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCancelQueryResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCancelQueryResult.CancelResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;

/**
 * The actions on results that clients were promised (conformance text, section 12). A result is found by its tickets, whichever
 * call of its user's brings them. Flight's own bodies are in no Any, Flight SQL's are.
 */
final class QueryActions {

    static final String CANCEL = FlightConstants.CANCEL_FLIGHT_INFO.getType();
    /** The older form of {@link #CANCEL}. */
    static final String CANCEL_QUERY = FlightSqlUtils.FLIGHT_SQL_CANCEL_QUERY.getType();

    static final String RENEW = FlightConstants.RENEW_FLIGHT_ENDPOINT.getType();

    private static final Set<String> ACTIONS = Set.of(CANCEL, CANCEL_QUERY, RENEW);

    private final CallerSessions sessions;

    QueryActions(CallerSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether an action is one of these. */
    static boolean has(String action) {
        return ACTIONS.contains(action);
    }

    /** Runs one of these actions and gives the bytes of its result. */
    byte[] run(String action, ByteString body) {
        if (action.equals(CANCEL)) {
            return cancel(Commands.read(body, CancelFlightInfoRequest.getDefaultInstance()))
                    .toByteArray();
        }
        if (action.equals(RENEW)) {
            return renew(Commands.read(body, RenewFlightEndpointRequest.getDefaultInstance())
                            .getEndpoint())
                    .toByteArray();
        }
        return Any.pack(cancel(Commands.parse(body, ActionCancelQueryRequest.getDefaultInstance())))
                .toByteArray();
    }

    private Message cancel(CancelFlightInfoRequest request) {
        CancelStatus status = switch (cancel(request.getInfo())) {
            case CANCELLED -> CancelStatus.CANCEL_STATUS_CANCELLED;
            case CANCELLING -> CancelStatus.CANCEL_STATUS_CANCELLING;
            case NOT_CANCELLABLE -> CancelStatus.CANCEL_STATUS_NOT_CANCELLABLE;
        };
        return CancelFlightInfoResult.newBuilder().setStatus(status).build();
    }

    private Message cancel(ActionCancelQueryRequest request) {
        CancelResult result = switch (cancel(Commands.read(request.getInfo(), FlightInfo.getDefaultInstance()))) {
            case CANCELLED -> CancelResult.CANCEL_RESULT_CANCELLED;
            case CANCELLING -> CancelResult.CANCEL_RESULT_CANCELLING;
            case NOT_CANCELLABLE -> CancelResult.CANCEL_RESULT_NOT_CANCELLABLE;
        };
        return ActionCancelQueryResult.newBuilder().setResult(result).build();
    }

    /** What can be stopped of it is; the answer is of what takes longest. */
    private CancelOutcome cancel(FlightInfo info) {
        CancelOutcome answer = CancelOutcome.NOT_CANCELLABLE;
        for (String handle : handles(info)) {
            CancelOutcome outcome = cancel(handle, CallPrincipal.get().name());
            if (answer != CancelOutcome.CANCELLING && outcome != CancelOutcome.NOT_CANCELLABLE) {
                answer = outcome;
            }
        }
        return answer;
    }

    private CancelOutcome cancel(String handle, String user) {
        return StoredResult.names(handle)
                ? sessions.storedResults().cancel(handle, user)
                : sessions.executions().cancel(handle, user);
    }

    /** All endpoints of a result expire at the same time, so that the others live longer, too. */
    private FlightEndpoint renew(FlightEndpoint endpoint) {
        String user = CallPrincipal.get().name();
        Message ticket = Commands.parse(endpoint.getTicket().getTicket());
        String handle = ticket instanceof TicketStatementQuery query
                ? query.getStatementHandle().toStringUtf8()
                : "";
        if (!StoredResult.names(handle)) {
            if (!handle.isEmpty()) {
                sessions.executions().requireKnown(handle, user);
            }
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "The endpoint has no expiration time to be renewed");
        }
        Instant expiration = sessions.storedResults().renew(handle, user);
        return endpoint.toBuilder()
                .setExpirationTime(Timestamp.newBuilder()
                        .setSeconds(expiration.getEpochSecond())
                        .setNanos(expiration.getNano()))
                .build();
    }

    /** Of all its tickets; answers to metadata commands have none, and nothing runs for them. */
    private static Set<String> handles(FlightInfo info) {
        Set<String> handles = new LinkedHashSet<>();
        String result = info.getAppMetadata().toStringUtf8();
        if (StoredResult.names(result)) {
            handles.add(result);
            return handles;
        }
        for (FlightEndpoint endpoint : info.getEndpointList()) {
            Message ticket = Commands.parse(endpoint.getTicket().getTicket());
            if (ticket instanceof TicketStatementQuery query) {
                handles.add(query.getStatementHandle().toStringUtf8());
            }
        }
        if (info.getEndpointCount() == 0) {
            throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The FlightInfo has no endpoints");
        }
        return handles;
    }
}
