package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.Principal;
import io.skyport.session.Executions;
import io.skyport.session.OptionValue;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import io.skyport.session.StoredResults;
import io.skyport.session.Transaction;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session of the current call: that of its cookie or else of its access token, or the one that all calls of the user
 * without either share.
 */
final class CallerSessions {

    private final Sessions sessions;

    CallerSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    Session current() {
        Principal principal = CallPrincipal.get();
        return SessionCookie.current()
                .sessionId()
                .map(id -> sessions.find(id, principal.name()))
                .orElseGet(() ->
                        sessions.session(principal.name(), principal.roles(), principal.token(), CallOrigin::current));
    }

    /** The session that the call names by cookie or token, if there is one: none is opened. */
    Optional<Session> existing() {
        Principal principal = CallPrincipal.get();
        Optional<String> id = SessionCookie.current().sessionId();
        if (id.isPresent()) {
            return id.map(known -> sessions.find(known, principal.name()));
        }
        return principal.tokenId().flatMap(token -> sessions.existing(principal.name(), token));
    }

    /** The session of this client alone; one that its user shares with others is left for a new one, named by a cookie. */
    Session own() {
        Principal principal = CallPrincipal.get();
        SessionCookie cookie = SessionCookie.current();
        if (cookie.sessionId().isPresent() || principal.tokenId().isPresent()) {
            return current();
        }
        Session session = sessions.open(principal.name(), principal.roles(), CallOrigin::current);
        cookie.give(session.id());
        return session;
    }

    /** What {@link #own()} would have if it were opened now. */
    Map<String, OptionValue> initialOptions() {
        return sessions.initialOptions();
    }

    /** Closes the client's session. */
    void close() {
        Session session = existing()
                .orElseThrow(() -> new SkyportException(ErrorCode.UNKNOWN_HANDLE, "There is no session to close"));
        sessions.close(session);
        if (SessionCookie.current().sessionId().isPresent()) {
            SessionCookie.current().takeBack();
        }
    }

    /** Whether the caller's prepared statement of this handle is gone, alone or with its session. */
    boolean closedStatement(String handle) {
        return sessions.closedStatement(handle, CallPrincipal.get().name());
    }

    /** The transaction that a command runs in; some clients send an empty id for none. */
    @Nullable
    Transaction transaction(Session session, ByteString id) {
        return id.isEmpty() ? null : session.transaction(id.toStringUtf8());
    }

    StoredResults storedResults() {
        return sessions.storedResults();
    }

    Executions executions() {
        return sessions.executions();
    }
}
