package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Statements that run in the background and their results, by handle. Bound to the user, not to a connection: whoever has a
 * handle may ask, read and cancel from elsewhere. Thread-safe.
 */
public final class StoredResults implements AutoCloseable {

    private static final long STOPPED_STATEMENTS_END_SECONDS = 10;

    private final StoredResultProperties limits;
    private final Engine engine;
    private final BufferAllocator allocator;
    private final InstantSource clock;
    private final Map<String, StoredResult> results = new ConcurrentHashMap<>();
    private final Semaphore room;
    private final Semaphore running;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemon("skyport-background"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, daemon("skyport-stored-results"));

    StoredResults(StoredResultProperties limits, Engine engine, BufferAllocator allocator, InstantSource clock) {
        this.limits = limits;
        this.engine = engine;
        this.allocator = allocator;
        this.clock = clock;
        this.room = new Semaphore(limits.maxResults());
        this.running = new Semaphore(limits.maxRunning());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Starts a statement, and returns when it runs.
     *
     * @param maxParts in which its rows can be read side by side
     * @param inOrder whether it must have begun to give rows, or must have changed what it changes, when this returns
     * @param gone told when the result is not kept any more
     * @throws SkyportException 53400 if there are too many; what the statement fails with, if it is to begin {@code inOrder}
     */
    StoredResult start(
            String user,
            List<ResultColumn> columns,
            int maxParts,
            boolean inOrder,
            Function<Cancellation, Execution> statement,
            Consumer<StoredResult> gone) {
        require(room, "results are stored", "max-results", limits.maxResults());
        boolean runs = false;
        try {
            require(running, "statements run in the background", "max-running", limits.maxRunning());
            runs = true;
        } finally {
            if (!runs) {
                room.release();
            }
        }
        StoredResult result = new StoredResult(user, columns, maxParts, limits, engine, allocator, clock, gone);
        results.put(result.handle(), result);
        begin(result, inOrder, statement);
        return result;
    }

    private static void require(Semaphore permits, String what, String property, int limit) {
        if (!permits.tryAcquire()) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "More than " + limit + " " + what + " (skyport.session.stored-results." + property + ")");
        }
    }

    private void begin(StoredResult result, boolean inOrder, Function<Cancellation, Execution> statement) {
        boolean begun = false;
        try {
            Runnable work = inOrder ? begun(result, result.begin(statement)) : () -> result.run(statement);
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    running.release();
                    expireIn(result);
                    LogContext.leave();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                running.release();
                giveUp(result);
            }
        }
    }

    private static Runnable begun(StoredResult result, Execution execution) {
        return () -> result.take(execution);
    }

    private void expireIn(StoredResult result) {
        long nanos = result.left().toNanos();
        if (nanos == 0) {
            giveUp(result);
        } else if (!timer.isShutdown()) {
            var unused = timer.schedule(() -> expireIn(result), nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Forgets a result before or when it expires. What runs is stopped; whoever reads may do so to the end. */
    public void giveUp(StoredResult result) {
        if (results.remove(result.handle(), result)) {
            room.release();
            result.discard();
        }
    }

    /**
     * The result of a handle, or that of which it names a part.
     *
     * @throws SkyportException HY000 if it is unknown, expired or somebody else's
     */
    public StoredResult find(String handle, String user) {
        StoredResult result = results.get(StoredResult.whole(handle));
        if (result == null || !result.user().equals(user)) {
            throw unknown();
        }
        return result;
    }

    static SkyportException unknown() {
        return new SkyportException(
                ErrorCode.UNKNOWN_HANDLE, "The result is unknown: it was never announced, or it has expired");
    }

    /** A part of a result, to be read now. Whoever reads when it expires may do so to the end. */
    public Promised part(String handle, String user) {
        return find(handle, user).part(handle);
    }

    /** Stops the statement of a result, without waiting for that, or gives its rows up; those who read them see 57014. */
    public CancelOutcome cancel(String handle, String user) {
        return find(handle, user).cancel();
    }

    /** Lets a result expire later; returns when. */
    public Instant renew(String handle, String user) {
        return find(handle, user).renew();
    }

    boolean keeps(StoredResult result) {
        return results.containsKey(result.handle());
    }

    /** How many are kept. */
    public int size() {
        return results.size();
    }

    /** Stops all statements and gives all results up. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
        results.values().forEach(this::giveUp);
        try {
            boolean ended = threads.awaitTermination(STOPPED_STATEMENTS_END_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                throw new IllegalStateException("Statements in the background did not end when they were stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
