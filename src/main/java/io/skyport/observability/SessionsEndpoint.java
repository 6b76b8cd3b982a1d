package io.skyport.observability;

import io.skyport.session.RunningStatement;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** {@code /actuator/sessions}: who is there, and how to throw him out. */
@Endpoint(id = "sessions")
final class SessionsEndpoint {

    private final Sessions sessions;

    SessionsEndpoint(Sessions sessions) {
        this.sessions = sessions;
    }

    /** All, the oldest first. */
    record Listed(List<Open> sessions) {}

    /**
     * One.
     *
     * @param id as logs, the query history and {@code KILL SESSION} name it; not the secret that its client holds
     * @param shared whether all calls of its user that name no session are in it
     * @param queries that run in it
     */
    record Open(
            String id,
            String user,
            String protocol,
            Instant opened,
            boolean shared,
            String database,
            String schema,
            int cursors,
            List<String> queries) {}

    @ReadOperation
    Listed all() {
        return new Listed(sessions.list().stream()
                .sorted(Comparator.comparing(Session::opened))
                .map(this::open)
                .toList());
    }

    @ReadOperation
    @Nullable
    Open one(@Selector String id) {
        return sessions.tagged(id).map(this::open).orElse(null);
    }

    /** Closes it: what runs is stopped, what is open rolled back. */
    @DeleteOperation
    WebEndpointResponse<Void> close(@Selector String id) {
        Optional<Session> session = sessions.tagged(id);
        session.ifPresent(sessions::close);
        return Answers.done(session.isPresent());
    }

    private Open open(Session session) {
        return new Open(
                session.tag(),
                session.user(),
                session.protocol().label(),
                session.opened(),
                session.shared(),
                session.context().database(),
                session.context().schema(),
                session.cursors().size(),
                sessions.statements().stream()
                        .filter(statement -> statement.session().equals(session.tag()))
                        .map(RunningStatement::id)
                        .toList());
    }
}
