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
 * <p>The hazards: DuckDB forgets an interrupt that comes before its query has begun, so one attempt may be lost; an interrupt
 * may come when nothing runs yet, or nothing just then; and one that comes late would hit whoever leased the connection
 * next. Therefore a request holds for all that the lease begins later, attempts are repeated until the operation ends, and
 * each attempt holds this object's monitor, which the operation needs to end.
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
    /** Whether what runs must come to its end. */
    private boolean shielded;

    private @Nullable Attempt attempt;

    Interruption(Executor executor) {
        this.executor = executor;
    }

    /** An operation begins; it can be interrupted from here, and stopped natively once it has {@link #target}. */
    synchronized void start() {
        active = true;
        shielded = false;
        attempt = null;
    }

    /** An operation begins that a request does not stop. */
    synchronized void startShielded() {
        active = true;
        shielded = true;
        attempt = null;
    }

    synchronized void target(Attempt next) {
        attempt = next;
    }

    /** Whether what runs, or begins next, is to stop. */
    synchronized boolean requested() {
        return requested && !shielded;
    }

    /** The operation ended: no attempt is under way when this returns, and none follows. */
    synchronized void finish() {
        active = false;
        shielded = false;
        attempt = null;
        notifyAll();
    }

    /** Stops the operation that runs now, if one does, and all that would begin later. Returns at once. */
    void request() {
        synchronized (this) {
            boolean known = requested;
            requested = true;
            if (!active || shielded || known) {
                return;
            }
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
            while (active && requested()) {
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
