package io.skyport.flightsql;

import io.skyport.security.Principal;
import io.skyport.session.Executions;
import io.skyport.session.Session;
import io.skyport.session.Sessions;

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

    Executions executions() {
        return sessions.executions();
    }
}
