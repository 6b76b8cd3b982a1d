package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Databases that wait to be dropped: what runs on them goes on, what would begin waits. Without that a database under load
 * would never be free.
 *
 * <p>Whoever begins says what it uses before it looks here, and whoever drops looks at what is used after it said so here:
 * one of the two always sees the other. Thread-safe.
 */
final class ClosingDatabases {

    /** What ends without telling, such as a transaction, is noticed so much later. */
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Duration timeout;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param timeout how long a drop waits */
    ClosingDatabases(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Runs {@code drop} when the database is free or the time is over; it finds out itself whether it may.
     *
     * @param inUse whether statements that run read or write a database
     * @throws SkyportException 55006 if somebody else drops it already
     */
    void drop(String database, Predicate<String> inUse, Runnable drop) {
        if (!names.add(database)) {
            throw new SkyportException(
                    ErrorCode.OBJECT_IN_USE, "database \"" + database + "\" is being dropped already");
        }
        try {
            await(() -> !inUse.test(database));
            drop.run();
        } finally {
            names.remove(database);
            changed();
        }
    }

    /** Whether none of those that {@code uses} accepts is to be dropped. Costs nothing as long as none is. */
    boolean free(Predicate<String> uses) {
        return names.isEmpty() || names.stream().noneMatch(uses);
    }

    /** Waits until {@link #free}, or as long as a drop waits, or until {@code canceled}. */
    void awaitFree(Predicate<String> uses, BooleanSupplier canceled) {
        changed();
        await(() -> free(uses) || canceled.getAsBoolean());
    }

    /** A statement ended. */
    void ended() {
        if (!names.isEmpty()) {
            changed();
        }
    }

    private synchronized void changed() {
        notifyAll();
    }

    private synchronized void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(Math.min(left, LOOK_AGAIN_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while a database was waited for", e);
        }
    }
}
