package io.skyport.session;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * When each table was changed last, in the order of commits: what serializable transactions, savepoints and foreign keys are
 * checked against. Whoever writes says so before its changes can be seen ({@link #writing}) and when they can ({@link Writing#close}),
 * so that a check never misses a change that was there; it may take one that is under way for one that was made.
 *
 * <p>{@link #ANYTHING} stands for every table, view and function there is. Thread-safe.
 */
final class TableVersions {

    /** Tables beyond these many are forgotten, and count as changed just then. */
    private static final int MOST_TABLES = 100_000;

    /** What counts as read where it is not known which tables are, and is changed by every change. */
    static final ObjectName ANYTHING = new ObjectName("", "", "");

    /** Writers are held up for this long at most to let a query of several databases begin. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final Duration longestWait;
    private final Map<ObjectName, Long> changed = new HashMap<>();
    private final Map<ObjectName, Integer> written = new HashMap<>();
    private final Map<ObjectName, Integer> barred = new HashMap<>();
    private long version;
    private long forgotten;
    /** Whether somebody keeps others from beginning and waits itself. */
    private boolean waiting;

    /** @param longestWait for the commits of others */
    TableVersions(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** What is being written; closed when its changes can be seen, or were not made after all. */
    interface Writing extends AutoCloseable {
        @Override
        void close();
    }

    /** Where the order of commits is now. A snapshot taken after this call has all changes up to it. */
    synchronized long now() {
        return version;
    }

    /**
     * Says that tables, or {@link #ANYTHING}, are about to be changed; waits while a transaction that has read one of them commits.
     *
     * @param waiting ends the wait
     * @throws SkyportException 55P03 if that takes too long, 57014 if it is cancelled meanwhile
     */
    synchronized Writing writing(Collection<ObjectName> tables, Cancellation waiting) {
        Set<ObjectName> names = withAnything(tables);
        awaitUnbarred(names, waiting);
        names.forEach(name -> written.merge(name, 1, Integer::sum));
        return once(() -> wrote(names));
    }

    /**
     * Lets a transaction commit that must not have missed anything: none of {@code read} was changed since {@code since},
     * and none is until the commit is over.
     *
     * @param waiting ends the wait for others
     * @throws SkyportException 40001 if one was, or is being changed; 55P03 if others who commit take too long, 57014 if it is
     *     cancelled meanwhile
     */
    synchronized Writing committing(
            Collection<ObjectName> read, Collection<ObjectName> tables, long since, Cancellation waiting) {
        Set<ObjectName> writes = withAnything(tables);
        awaitUnbarred(writes, waiting);
        requireUnchanged(read, since);
        Set<ObjectName> reads = folded(read);
        writes.forEach(name -> written.merge(name, 1, Integer::sum));
        reads.forEach(name -> barred.merge(name, 1, Integer::sum));
        return once(() -> committed(reads, writes));
    }

    private synchronized void committed(Set<ObjectName> reads, Set<ObjectName> writes) {
        reads.forEach(name -> decrement(barred, name));
        wrote(writes);
    }

    /** @throws SkyportException 40001 if one of the tables was changed since {@code since}, or is being changed */
    synchronized void requireUnchanged(Collection<ObjectName> tables, long since) {
        for (ObjectName table : tables) {
            ObjectName name = table.folded();
            if (written.containsKey(name) || changed.getOrDefault(name, forgotten) > since) {
                throw new SkyportException(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "could not serialize access: "
                                + (name.equals(ANYTHING) ? "what was read" : "\"" + table.name() + "\"")
                                + " was changed by another transaction; try again");
            }
        }
    }

    /**
     * Waits until nobody changes the tables, and lets nobody begin to until the returned is closed.
     *
     * @param wanted ends the wait
     * @throws SkyportException 55P03 if that takes too long, 57014 if it is cancelled meanwhile
     */
    synchronized Writing resting(Collection<ObjectName> tables, Cancellation wanted) {
        Set<ObjectName> names = folded(tables);
        names.forEach(name -> barred.merge(name, 1, Integer::sum));
        boolean resting = false;
        try {
            await(
                    () -> names.stream().noneMatch(written::containsKey),
                    System.nanoTime() + LONGEST_REST.toNanos(),
                    wanted);
            resting = true;
            return once(() -> unbar(names));
        } finally {
            if (!resting) {
                unbar(names);
            }
        }
    }

    private synchronized void unbar(Set<ObjectName> names) {
        names.forEach(name -> decrement(barred, name));
        notifyAll();
    }

    /**
     * Says that {@code tables} are about to be changed, and keeps {@code unwritten} from being changed until that is over:
     * waits until nobody does. To be called before a snapshot is taken.
     *
     * @param wanted ends the wait
     * @throws SkyportException 55P03 if that takes too long, 57014 if it is cancelled meanwhile
     */
    synchronized Writing alone(Collection<ObjectName> unwritten, Collection<ObjectName> tables, Cancellation wanted) {
        Set<ObjectName> writes = withAnything(tables);
        Set<ObjectName> kept = folded(unwritten);
        long deadline = System.nanoTime() + longestWait.toNanos();
        // Two who keep others from beginning while they wait could wait for each other.
        await(() -> !waiting, deadline, wanted);
        waiting = true;
        kept.forEach(name -> barred.merge(name, 1, Integer::sum));
        boolean begun = false;
        try {
            await(
                    () -> kept.stream().noneMatch(written::containsKey)
                            && writes.stream()
                                    .noneMatch(name -> barred.getOrDefault(name, 0) > (kept.contains(name) ? 1 : 0)),
                    deadline,
                    wanted);
            begun = true;
        } finally {
            waiting = false;
            notifyAll();
            if (!begun) {
                kept.forEach(name -> decrement(barred, name));
            }
        }
        writes.forEach(name -> written.merge(name, 1, Integer::sum));
        return once(() -> committed(kept, writes));
    }

    private void awaitUnbarred(Set<ObjectName> names, Cancellation wanted) {
        await(() -> names.stream().noneMatch(this::isBarred), System.nanoTime() + longestWait.toNanos(), wanted);
    }

    private void await(BooleanSupplier condition, long deadline, Cancellation wanted) {
        if (condition.getAsBoolean()) {
            return;
        }
        try (Cancellation.Registration ignored = wanted.onCancel(this::lookAgain)) {
            while (!condition.getAsBoolean()) {
                if (wanted.isCancelled()) {
                    throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for a commit");
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new SkyportException(
                            ErrorCode.LOCK_NOT_AVAILABLE,
                            "another transaction takes too long to commit (skyport.session.lock-timeout); try again");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for a commit", e);
        }
    }

    private synchronized void lookAgain() {
        notifyAll();
    }

    private boolean isBarred(ObjectName name) {
        return barred.containsKey(name);
    }

    private synchronized void wrote(Set<ObjectName> names) {
        version++;
        names.forEach(name -> {
            decrement(written, name);
            changed.put(name, version);
        });
        if (changed.size() > MOST_TABLES) {
            changed.clear();
            forgotten = version;
        }
        notifyAll();
    }

    private static void decrement(Map<ObjectName, Integer> counts, ObjectName name) {
        counts.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
    }

    private static Set<ObjectName> withAnything(Collection<ObjectName> tables) {
        Set<ObjectName> names = folded(tables);
        if (!names.isEmpty()) {
            names.add(ANYTHING);
        }
        return names;
    }

    private static Set<ObjectName> folded(Collection<ObjectName> tables) {
        Set<ObjectName> names = new HashSet<>();
        tables.forEach(table -> names.add(table.folded()));
        return names;
    }

    private static Writing once(Runnable end) {
        return new Writing() {
            private boolean over;

            @Override
            public void close() {
                if (!over) {
                    over = true;
                    end.run();
                }
            }
        };
    }
}
