package io.skyport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Executions whose rows were promised to a client, by handle. Bound to the user, not to a connection: a ticket may be
 * redeemed elsewhere. Thread-safe.
 */
public final class Executions implements AutoCloseable {

    private final Cache<String, Execution> waiting;
    private final int limit;

    Executions(int limit, Duration timeout) {
        this.limit = limit;
        this.waiting = Caffeine.newBuilder()
                .expireAfterWrite(timeout)
                // Without it what expired is only dropped, and its memory freed, at the next call.
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener((@Nullable String handle, @Nullable Execution execution, RemovalCause cause) -> {
                    if (cause.wasEvicted() && execution != null) {
                        execution.discard();
                    }
                })
                .build();
    }

    /**
     * Keeps an execution until it is taken.
     *
     * @throws SkyportException 53400 if too many wait already
     */
    public Execution promise(Execution execution) {
        if (waiting.estimatedSize() >= limit) {
            waiting.cleanUp();
            if (waiting.estimatedSize() >= limit) {
                execution.discard();
                throw new SkyportException(
                        ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                        "More than " + limit + " results wait to be fetched (skyport.session.max-open-results)");
            }
        }
        waiting.put(execution.handle(), execution);
        return execution;
    }

    /**
     * Takes an execution to fetch its rows, which can be done once.
     *
     * @throws SkyportException HY000 if the handle is unknown, expired, taken or somebody else's
     */
    public Execution take(String handle, String user) {
        Execution execution = waiting.getIfPresent(handle);
        if (execution == null
                || !execution.user().equals(user)
                || waiting.asMap().remove(handle) == null) {
            throw new SkyportException(
                    ErrorCode.UNKNOWN_HANDLE, "The ticket is unknown: it was never issued, was fetched, or expired");
        }
        return execution;
    }

    /** Gives up all that wait. */
    @Override
    public void close() {
        for (String handle : waiting.asMap().keySet()) {
            Execution execution = waiting.asMap().remove(handle);
            if (execution != null) {
                execution.discard();
            }
        }
        waiting.cleanUp();
    }

    /** How many wait. */
    public long size() {
        return waiting.estimatedSize();
    }
}
