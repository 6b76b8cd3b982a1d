package io.skyport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Executions whose rows were promised to a client, by handle, until they were fetched, and how they ended, for as long
 * again. Bound to the user, not to a connection: a ticket may be redeemed, and a statement cancelled, elsewhere. Thread-safe.
 */
public final class Executions implements AutoCloseable {

    private final Cache<String, Execution> waiting;
    /** Those that are being fetched, until they end. */
    private final Map<String, Execution> taken = new ConcurrentHashMap<>();
    /** What has ended, for a while: clients may cancel late, or twice. */
    private final Cache<String, Over> over;

    private final int limit;

    /** How an execution ended. */
    private record Over(String user, CancelOutcome outcome) {}

    Executions(int limit, Duration timeout) {
        this.limit = limit;
        this.over = Caffeine.newBuilder()
                .expireAfterWrite(timeout)
                .maximumSize(limit)
                .executor(Runnable::run)
                .build();
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
     * @throws SkyportException HY000 if the handle is unknown, expired, taken or somebody else's, 57014 if it was cancelled
     */
    public Execution take(String handle, String user) {
        synchronized (this) {
            Execution execution = waiting.getIfPresent(handle);
            if (execution != null
                    && execution.user().equals(user)
                    && waiting.asMap().remove(handle) != null) {
                taken.put(handle, execution);
                execution.taken(this::ended);
                return execution;
            }
        }
        throw isCancelled(handle, user)
                ? new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled")
                : unknownTicket();
    }

    private static SkyportException unknownTicket() {
        return new SkyportException(
                ErrorCode.UNKNOWN_HANDLE, "The ticket is unknown: it was never issued, was fetched, or expired");
    }

    private boolean isCancelled(String handle, String user) {
        Over ended = over.getIfPresent(handle);
        return ended != null && ended.user().equals(user) && ended.outcome() == CancelOutcome.CANCELLED;
    }

    private synchronized void ended(Execution execution) {
        over.put(execution.handle(), new Over(execution.user(), execution.outcome()));
        taken.remove(execution.handle());
    }

    /**
     * Stops an execution, whose rows cannot be fetched then; whoever fetches them sees 57014. Does not wait for that.
     *
     * @throws SkyportException HY000 if the handle is unknown, forgotten or somebody else's
     */
    public CancelOutcome cancel(String handle, String user) {
        Execution given;
        synchronized (this) {
            Execution running = taken.get(handle);
            if (running != null && running.user().equals(user)) {
                return running.cancel();
            }
            given = waiting.getIfPresent(handle);
            if (given == null || !given.user().equals(user)) {
                return outcome(handle, user);
            }
            if (given.updateCount() != Execution.UNKNOWN_COUNT) {
                return CancelOutcome.NOT_CANCELLABLE;
            }
            waiting.asMap().remove(handle);
            over.put(handle, new Over(user, CancelOutcome.CANCELLED));
        }
        given.discard();
        return CancelOutcome.CANCELLED;
    }

    /** @throws SkyportException HY000 if the handle is unknown, expired, taken or somebody else's */
    public void requireKnown(String handle, String user) {
        Execution execution = waiting.getIfPresent(handle);
        if (execution == null || !execution.user().equals(user)) {
            throw unknownTicket();
        }
    }

    private CancelOutcome outcome(String handle, String user) {
        Over ended = over.getIfPresent(handle);
        if (ended == null || !ended.user().equals(user)) {
            throw new SkyportException(
                    ErrorCode.UNKNOWN_HANDLE, "The statement is unknown: it never was, or ended some time ago");
        }
        return ended.outcome();
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
