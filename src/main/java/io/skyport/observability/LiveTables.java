package io.skyport.observability;

import io.skyport.catalog.SystemTables;
import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import io.skyport.engine.LiveTable;
import io.skyport.session.Caller;
import io.skyport.session.RunningStatement;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import io.skyport.sql.StatementKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What runs and which sessions are open, as tables that SQL reads. */
final class LiveTables {

    private final Sessions sessions;
    private final StatementText texts;

    LiveTables(Sessions sessions, StatementText texts) {
        this.sessions = sessions;
        this.texts = texts;
    }

    /** Lets SQL read them from now on. */
    void publish(Engine engine) {
        engine.publish(live(SystemTables.RUNNING_QUERIES, this::runningQueries));
        engine.publish(live(SystemTables.SESSIONS, this::openSessions));
    }

    private static LiveTable live(Table table, Supplier<List<List<@Nullable Object>>> rows) {
        return new LiveTable(table.name().name(), SystemTables.engineColumns(table), rows);
    }

    private List<List<@Nullable Object>> runningQueries() {
        return sessions.statements().stream().map(this::row).toList();
    }

    private List<@Nullable Object> row(RunningStatement statement) {
        return row(
                statement.id(),
                statement.session(),
                statement.user(),
                statement.caller().protocol().label(),
                address(statement.caller()),
                texts.shown(statement.text()),
                statement.kind().map(LiveTables::label).orElse(null),
                statement.phase().name().toLowerCase(Locale.ROOT),
                statement.started(),
                milliseconds(statement.elapsed()),
                statement.rows(),
                statement.bytes());
    }

    private List<List<@Nullable Object>> openSessions() {
        return sessions.list().stream().map(LiveTables::row).toList();
    }

    private static List<@Nullable Object> row(Session session) {
        return row(
                session.tag(),
                session.user(),
                session.opener().protocol().label(),
                address(session.opener()),
                session.context().database(),
                session.context().schema(),
                session.opened(),
                (long) session.running(),
                (long) session.preparedStatementCount()
                        + session.context().statements().size(),
                (long) session.cursors().size(),
                (long) session.transactionCount());
    }

    static String label(StatementKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String address(Caller caller) {
        String address = caller.address();
        return address.isEmpty() ? null : address;
    }

    static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
