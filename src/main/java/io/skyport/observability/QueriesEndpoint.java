package io.skyport.observability;

import io.skyport.session.RunningStatement;
import io.skyport.session.Sessions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** {@code /actuator/queries}: what runs or waits to, and how to stop it. */
@Endpoint(id = "queries")
final class QueriesEndpoint {

    private final Sessions sessions;
    private final StatementText texts;

    QueriesEndpoint(Sessions sessions, StatementText texts) {
        this.sessions = sessions;
        this.texts = texts;
    }

    /** All, the oldest first, and how many of them wait for their turn. */
    record Listed(int running, int waiting, List<Running> queries) {}

    /**
     * One.
     *
     * @param client its address and port; empty for the server's own
     * @param kind null until it is compiled
     * @param elapsedMillis without the time in which its client had not asked for rows
     * @param text as much as is shown of what its client wrote (skyport.history.literals, max-text-length)
     */
    record Running(
            String id,
            String session,
            String user,
            String protocol,
            String client,
            @Nullable String kind,
            String phase,
            Instant started,
            long elapsedMillis,
            long rows,
            long bytes,
            String text) {}

    @ReadOperation
    Listed all() {
        return new Listed(
                sessions.runningStatements(),
                sessions.waitingStatements(),
                sessions.statements().stream()
                        .sorted(Comparator.comparing(RunningStatement::started))
                        .map(this::running)
                        .toList());
    }

    @ReadOperation
    @Nullable
    Running one(@Selector String id) {
        return sessions.statements().stream()
                .filter(statement -> statement.id().equals(id))
                .map(this::running)
                .findAny()
                .orElse(null);
    }

    /** Stops it; its client sees 57014. */
    @DeleteOperation
    WebEndpointResponse<Void> cancel(@Selector String id) {
        return Answers.done(sessions.cancel(id));
    }

    private Running running(RunningStatement statement) {
        return new Running(
                statement.id(),
                statement.session(),
                statement.user(),
                statement.caller().protocol().label(),
                statement.caller().address(),
                statement.kind().map(QueriesEndpoint::label).orElse(null),
                label(statement.phase()),
                statement.started(),
                statement.elapsed().toMillis(),
                statement.rows(),
                statement.bytes(),
                texts.shown(statement.text()));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
