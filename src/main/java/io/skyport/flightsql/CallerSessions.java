package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import io.skyport.security.Principal;
import io.skyport.session.Executions;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import io.skyport.session.Transaction;
import org.jspecify.annotations.Nullable;

/** The session of the current call: that of its access token, or the one that all calls of the user without one share. */
final class CallerSessions {

    private final Sessions sessions;

    CallerSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    Session current() {
        Principal principal = CallPrincipal.get();
        return sessions.session(principal.name(), principal.roles(), principal.token());
    }

    /** The transaction that a command runs in; some clients send an empty id for none. */
    @Nullable
    Transaction transaction(Session session, ByteString id) {
        return id.isEmpty() ? null : session.transaction(id.toStringUtf8());
    }

    Executions executions() {
        return sessions.executions();
    }
}
