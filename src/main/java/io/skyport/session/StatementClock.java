package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times one statement and tells the listener, once, how it ended. Used by one thread. */
final class StatementClock {

    private final SessionListener listener;
    private final String user;
    private final String text;
    private final @Nullable StatementKind kind;
    private final long startNanos = System.nanoTime();
    private boolean told;

    StatementClock(SessionListener listener, String user, String text, @Nullable StatementKind kind) {
        this.listener = listener;
        this.user = user;
        this.text = text;
        this.kind = kind;
    }

    void succeeded(long rows, long bytes) {
        tell(null, rows, bytes);
    }

    void failed(SkyportException failure) {
        tell(failure.code(), 0, 0);
    }

    void failed(ErrorCode code, long rows, long bytes) {
        tell(code, rows, bytes);
    }

    private void tell(@Nullable ErrorCode failure, long rows, long bytes) {
        if (!told) {
            told = true;
            Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
            listener.statementFinished(new FinishedStatement(user, text, kind, failure, duration, rows, bytes));
        }
    }

    SessionListener listener() {
        return listener;
    }
}
