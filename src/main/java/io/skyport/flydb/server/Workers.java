package io.skyport.flydb.server;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run requests, because statements block. A connection has one request here at a time, so that no more wait than
 * there are connections.
 */
final class Workers implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration INTERRUPTED_WORK_ENDS = Duration.ofSeconds(10);

    private final ThreadPoolExecutor threads;

    Workers(int limit) {
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                limit, limit, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "flydb-worker-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs work some time soon; false once closed: it never runs. */
    boolean run(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Lets end what was given, for a limited time. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            boolean ended = threads.awaitTermination(INTERRUPTED_WORK_ENDS.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
