package io.skyport.observability;

import io.skyport.session.Refusal;
import io.skyport.session.SessionProperties;
import io.skyport.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What there is in all sessions now. */
final class SessionMeasures {

    private SessionMeasures() {}

    static Measures of(Sessions sessions, SessionProperties limits) {
        List<Measure> all = new ArrayList<>(List.of(
                Measure.of("skyport.queries.running", "Statements that run", sessions::runningStatements),
                Measure.of(
                        "skyport.queries.running.limit",
                        "skyport.session.statements.max-running",
                        () -> limits.statements().maxRunning()),
                Measure.of("skyport.queue.length", "Statements that wait for their turn", sessions::waitingStatements),
                Measure.of(
                        "skyport.queue.limit",
                        "skyport.session.statements.max-queued",
                        () -> limits.statements().maxQueued()),
                Measure.of(
                        "skyport.results.waiting",
                        "Results that clients were promised and have not fetched",
                        () -> sessions.executions().size()),
                Measure.of(
                        "skyport.stored.results",
                        "Results that are stored on disk, or will be",
                        () -> sessions.storedResults().size()),
                Measure.of("skyport.sessions.limit", "skyport.session.max-sessions", limits::maxSessions),
                Measure.of(
                        "skyport.transactions.active",
                        "Open transactions",
                        () -> sessions.transactions().size()),
                Measure.of("skyport.transactions.limit", "skyport.session.max-transactions", limits::maxTransactions),
                Measure.of("skyport.cursors.active", "Open cursors", sessions::openCursors),
                Measure.of(
                        "skyport.prepared.statements.active",
                        "Prepared statements, but for those of PREPARE",
                        sessions::preparedStatements)));
        for (Refusal why : Refusal.values()) {
            all.add(Measure.counted(
                            "skyport.rejections",
                            "Statements that were not let run",
                            () -> sessions.refusedStatements(why))
                    .labelled(Map.of("reason", why.label())));
        }
        return new Measures(all);
    }
}
