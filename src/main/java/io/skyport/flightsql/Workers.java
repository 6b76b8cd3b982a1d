package io.skyport.flightsql;

import io.grpc.Context;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.LogContext;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for calls that may wait: for their client, or until their statement may run. As many as calls are allowed; nothing
 * queues here, for a call that waits for a thread looks to its client like one that hangs.
 */
final class Workers implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration INTERRUPTED_WORK_ENDS = Duration.ofSeconds(10);

    private final int limit;
    private final String property;
    private final ThreadPoolExecutor threads;

    /** @param property what sets the limit, for those whom it refuses */
    Workers(String name, int limit, String property) {
        this.limit = limit;
        this.property = property;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0, limit, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "flightsql-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Runs a call's work in the call's context.
     *
     * @throws SkyportException 53400 if all threads are taken
     */
    void run(Runnable work) {
        try {
            threads.execute(Context.current().wrap(() -> {
                try {
                    work.run();
                } finally {
                    LogContext.leave();
                }
            }));
        } catch (RejectedExecutionException e) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    limit + " calls of this kind run already (skyport.flightsql." + property + ")",
                    e);
        }
    }

    /** How many are at work. */
    int active() {
        return threads.getActiveCount();
    }

    /** Interrupts what still runs: the server has let calls finish before, as long as it was told to. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean ended = threads.awaitTermination(INTERRUPTED_WORK_ENDS.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                throw new IllegalStateException(threads.getActiveCount() + " streams did not end when interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
