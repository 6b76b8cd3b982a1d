package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.OptionNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs now in all sessions, from its start until its last row was taken: lets it begin when there is a place for it, stops
 * it after its session's query_timeout, when its result is too large, or when somebody asks. Thread-safe.
 */
final class Running implements AutoCloseable {

    private final Set<Entry> entries = new HashSet<>();
    private final ScheduledThreadPoolExecutor timer;
    private final Consumer<Session> used;
    private final StatementLimits limits;
    private final Admission admission;
    private boolean draining;

    /** @param used told when something of a session has begun and when it has ended */
    Running(Consumer<Session> used, StatementLimits limits) {
        this.used = used;
        this.limits = limits;
        this.admission = new Admission(limits);
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "skyport-query-timeout");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Lets something of a session begin. */
    interface Entering {

        /** What {@link Running#enter} does. */
        Entry enter(StatementClock clock, Runnable stop);
    }

    /**
     * Something begins to run, or to wait until it may.
     *
     * @param clock of the statement that it is, or is a part of
     * @param stop makes it fail with 57014 soon; called on another thread, and does not wait
     * @throws SkyportException 57P01 if nothing may begin any more
     */
    Entry enter(Session session, StatementClock clock, Runnable stop) {
        Entry entry = new Entry(session, clock, limits.timeFor(session.options()), stop);
        synchronized (this) {
            if (draining) {
                throw new SkyportException(
                        ErrorCode.ADMIN_SHUTDOWN, "The server is about to stop and takes no new statements");
            }
            entries.add(entry);
        }
        entry.startTimer();
        used.accept(session);
        return entry;
    }

    /** Who may run when. */
    Admission admission() {
        return admission;
    }

    /** Does something again and again until this is closed. */
    void regularly(Duration pause, Runnable work) {
        long millis = Math.max(pause.toMillis(), 1);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A session has given up what had kept it from being idle. */
    void gaveUp(Session session) {
        used.accept(session);
    }

    /** What runs, or waits to. */
    synchronized List<RunningStatement> statements() {
        return entries.stream().<RunningStatement>map(entry -> entry.clock).toList();
    }

    /** Stops the statement of this id, and does not wait for it; false if it does not run. */
    boolean cancel(String id) {
        Optional<Entry> running = find(id);
        running.ifPresent(entry -> entry.stop.run());
        return running.isPresent();
    }

    /** {@link #cancel(String)} of which the client is told that it was no wish of his. */
    boolean kill(String id) {
        Optional<Entry> running = find(id);
        running.ifPresent(Entry::kill);
        return running.isPresent();
    }

    private synchronized Optional<Entry> find(String id) {
        return entries.stream().filter(entry -> entry.clock.id().equals(id)).findAny();
    }

    /** How much of a session runs. */
    synchronized int count(Session session) {
        return (int) entries.stream().filter(entry -> entry.session == session).count();
    }

    /** Stops what a session runs, and does not wait for it; false if it runs nothing. */
    boolean cancel(Session session) {
        List<Entry> running;
        synchronized (this) {
            running = entries.stream().filter(entry -> entry.session == session).toList();
        }
        running.forEach(entry -> entry.stop.run());
        return !running.isEmpty();
    }

    /** Lets nothing begin any more and waits for what runs; false if something does still. */
    synchronized boolean drain(Duration atMost) {
        draining = true;
        long end = System.nanoTime() + atMost.toNanos();
        while (!entries.isEmpty()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private synchronized boolean remove(Entry entry) {
        boolean first = entries.remove(entry);
        if (entries.isEmpty()) {
            notifyAll();
        }
        return first;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Something that runs, until it is closed. */
    final class Entry implements AutoCloseable {

        private final Session session;
        private final StatementClock clock;
        private final Duration timeout;
        private final Runnable stop;
        private final Admission.Place place;
        private @Nullable Future<?> pending;
        private long rows;
        private long bytes;
        private volatile boolean late;
        private volatile boolean killed;

        private Entry(Session session, StatementClock clock, Duration timeout, Runnable stop) {
            this.session = session;
            this.clock = clock;
            this.timeout = timeout;
            this.stop = stop;
            this.place = admission.place(session.user());
        }

        /**
         * Waits until it may run, if it does not already. To be called before it asks for anything else.
         *
         * @throws SkyportException 53400 if it may not, 57014 if it was stopped while it waited
         */
        void admit(Scope scope) {
            long begun = System.nanoTime();
            clock.waits();
            try {
                place.await(scope instanceof Transaction ? scope : null);
            } finally {
                clock.waited(System.nanoTime() - begun);
            }
        }

        /** Gives its place to others until it is admitted again. */
        void pause() {
            place.close();
        }

        /** It need not run any more: makes it fail if it waits. Called on any thread. */
        void giveUp() {
            place.giveUp();
        }

        /**
         * It has given rows.
         *
         * @throws SkyportException 54000 if they are too many
         */
        void gave(long newRows, long newBytes) {
            rows += newRows;
            bytes += newBytes;
            require(rows, limits.maxResultRows(), "rows", "max-result-rows");
            require(bytes, limits.maxResultBytes(), "bytes", "max-result-bytes");
        }

        private static void require(long count, long max, String unit, String property) {
            if (max > 0 && count > max) {
                throw new SkyportException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "The result has more than " + max + " " + unit + " (skyport.session.statements." + property
                                + ")");
            }
        }

        private void startTimer() {
            if (!timeout.isZero()) {
                pending = timer.schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void expire() {
            late = true;
            stop.run();
        }

        private void kill() {
            killed = true;
            stop.run();
        }

        /** Runs a part of it. */
        <T> T run(Supplier<T> work) {
            try {
                return work.get();
            } catch (SkyportException e) {
                throw told(e);
            }
        }

        /** What the client is told: that it was stopped because it was late, or killed, if so. */
        SkyportException told(SkyportException failure) {
            if (killed && failure.code() == ErrorCode.QUERY_CANCELED) {
                return new SkyportException(
                        ErrorCode.QUERY_CANCELED, "The statement was killed by KILL QUERY", failure);
            }
            if (!late || failure.code() != ErrorCode.QUERY_CANCELED) {
                return failure;
            }
            String limit = timeout.equals(limits.maxTime())
                    ? "skyport.session.statements.max-time"
                    : OptionNames.QUERY_TIMEOUT;
            return new SkyportException(
                    ErrorCode.STATEMENT_TIMEOUT,
                    "Timeout: the statement took longer than " + limit + ", " + SessionOptions.seconds(timeout) + " s",
                    failure);
        }

        /** It has ended. More than once is no mistake. */
        @Override
        public void close() {
            Future<?> timed = pending;
            if (timed != null) {
                timed.cancel(false);
            }
            place.close();
            if (remove(this)) {
                used.accept(session);
            }
        }
    }
}
