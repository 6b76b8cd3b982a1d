package io.skyport.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops what one lease runs, and nothing else.
 *
 * <p>The hazards: DuckDB forgets an interrupt that comes before its query has begun, so one attempt may be lost; and an
 * interrupt that comes late would hit whoever leased the connection next. Therefore attempts are repeated until the
 * operation ends, and each attempt holds this object's monitor, which the operation needs to end.
 */
final class Interruption {

    private static final long RETRY_MILLIS = 2;

    /** One try at stopping a native call from another thread. */
    interface Attempt {
        void run() throws SQLException;
    }

    private final Executor executor;
    private boolean active;
    private boolean requested;
    private @Nullable Attempt attempt;

    Interruption(Executor executor) {
        this.executor = executor;
    }

    /** An operation begins; it can be interrupted from here, and stopped natively once it has {@link #target}. */
    synchronized void start() {
        active = true;
        requested = false;
        attempt = null;
    }

    synchronized void target(Attempt next) {
        attempt = next;
    }

    synchronized boolean requested() {
        return requested;
    }

    /** The operation ended: no attempt is under way when this returns, and none follows. */
    synchronized void finish() {
        active = false;
        attempt = null;
        notifyAll();
    }

    /** Stops the operation that runs now, if one does. Returns at once. */
    void request() {
        synchronized (this) {
            if (!active || requested) {
                return;
            }
            requested = true;
        }
        try {
            executor.execute(this::insist);
        } catch (RejectedExecutionException closed) {
            // The engine is closing, which stops everything that runs.
            insistOnce();
        }
    }

    /** Waits until nothing runs, at most {@code timeout}. */
    synchronized void awaitQuiet(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (active && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }

    private synchronized void insist() {
        try {
            while (active && requested) {
                insistOnce();
                wait(RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void insistOnce() {
        @Nullable Attempt current = attempt;
        if (current == null || !active) {
            return;
        }
        try {
            current.run();
        } catch (SQLException alreadyOver) {
            attempt = null;
        }
    }
}
