package io.skyport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All open transactions, by id. One that nobody uses for {@code skyport.session.transaction-timeout} is rolled back.
 * Thread-safe.
 */
public final class Transactions implements AutoCloseable {

    private final Cache<String, Transaction> open;
    private final Duration timeout;
    private final int limit;
    private final Semaphore left;
    private final Commits commits;
    private final Supplier<WriteLog> logs;

    Transactions(int limit, Duration timeout, Commits commits, Supplier<WriteLog> logs) {
        this.logs = logs;
        this.limit = limit;
        this.left = new Semaphore(limit);
        this.timeout = timeout;
        this.commits = commits;
        this.open = Caffeine.newBuilder()
                .expireAfter(new WhenIdle(timeout.toNanos()))
                // Without it what is idle would be found at the next call only.
                .scheduler(Scheduler.systemScheduler())
                .removalListener((@Nullable String id, @Nullable Transaction transaction, RemovalCause cause) ->
                        removed(transaction))
                .build();
    }

    /**
     * Opens a transaction.
     *
     * @throws SkyportException 53400 if as many are open as may
     */
    Transaction begin(String user, TransactionMode mode, OwnConnection connection) {
        if (!left.tryAcquire()) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    limit + " transactions are open already (skyport.session.max-transactions)");
        }
        boolean begun = false;
        try {
            Transaction transaction = new Transaction(user, mode, commits, connection, this, logs.get());
            open.put(transaction.id(), transaction);
            begun = true;
            return transaction;
        } finally {
            if (!begun) {
                left.release();
            }
        }
    }

    /**
     * The open transaction of this id.
     *
     * @throws SkyportException HY000 if it is unknown, has ended, was idle for too long, or is somebody else's
     */
    public Transaction find(String id, String user) {
        Transaction transaction = open.getIfPresent(id);
        if (transaction == null || !transaction.user().equals(user)) {
            throw new SkyportException(
                    ErrorCode.UNKNOWN_HANDLE,
                    "The transaction is unknown: it never began, has ended, or was rolled back because it was idle");
        }
        return transaction;
    }

    /** Somebody begins or ends to use a transaction. */
    void touch(Transaction transaction) {
        Transaction unused = open.getIfPresent(transaction.id());
    }

    /** A transaction is over. */
    void ended(Transaction transaction) {
        // Whether it is still there or was just found to be idle: it ends once.
        open.asMap().remove(transaction.id(), transaction);
        left.release();
    }

    /** Finds those that are idle. */
    void sweep() {
        open.cleanUp();
    }

    /** How many are open. */
    public int size() {
        return limit - left.availablePermits();
    }

    /** After which an idle one is rolled back. */
    public Duration timeout() {
        return timeout;
    }

    private void removed(@Nullable Transaction idle) {
        // Told of every removal; what has ended is not rolled back any more.
        if (idle != null) {
            idle.expire();
        }
    }

    /** Rolls all back. */
    @Override
    public void close() {
        open.asMap().values().forEach(Transaction::abandon);
    }

    /** Counts from the end of the last use. */
    private record WhenIdle(long nanos) implements Expiry<String, Transaction> {

        @Override
        public long expireAfterCreate(String id, Transaction transaction, long now) {
            return nanos;
        }

        @Override
        public long expireAfterUpdate(String id, Transaction transaction, long now, long left) {
            return left;
        }

        @Override
        public long expireAfterRead(String id, Transaction transaction, long now, long left) {
            return transaction.inUse() ? Long.MAX_VALUE : nanos;
        }
    }
}
