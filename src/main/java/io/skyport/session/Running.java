package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs now in all sessions, from its start until its last row was taken: stops it after its session's query_timeout, or
 * when somebody asks. Thread-safe.
 */
final class Running implements AutoCloseable {

    private final Set<Entry> entries = new HashSet<>();
    private final ScheduledThreadPoolExecutor timer;
    private final Consumer<Session> used;
    private boolean draining;

    /** @param used told when something of a session has begun and when it has ended */
    Running(Consumer<Session> used) {
        this.used = used;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "skyport-query-timeout");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Something begins to run.
     *
     * @param stop makes it fail with 57014 soon; called on another thread, and does not wait
     * @throws SkyportException 57P01 if nothing may begin any more
     */
    Entry enter(Session session, Runnable stop) {
        Duration timeout = session.options().queryTimeout();
        Entry entry = new Entry(session, timeout, stop);
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
        private final Duration timeout;
        private final Runnable stop;
        private @Nullable Future<?> pending;
        private volatile boolean late;

        private Entry(Session session, Duration timeout, Runnable stop) {
            this.session = session;
            this.timeout = timeout;
            this.stop = stop;
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

        /** Runs a part of it. */
        <T> T run(Supplier<T> work) {
            try {
                return work.get();
            } catch (SkyportException e) {
                throw told(e);
            }
        }

        /** What the client is told: that it was stopped because it was late, if so. */
        SkyportException told(SkyportException failure) {
            if (!late || failure.code() != ErrorCode.QUERY_CANCELED) {
                return failure;
            }
            return new SkyportException(
                    ErrorCode.STATEMENT_TIMEOUT,
                    "Timeout: the statement took longer than query_timeout, "
                            + session.options().seconds().toPlainString() + " s",
                    failure);
        }

        /** It has ended. More than once is no mistake. */
        @Override
        public void close() {
            Future<?> timed = pending;
            if (timed != null) {
                timed.cancel(false);
            }
            if (remove(this)) {
                used.accept(session);
            }
        }
    }
}
