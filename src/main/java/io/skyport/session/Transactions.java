package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * All open transactions, by id. One that nobody uses for {@code skyport.session.transaction-timeout} is rolled back.
 * Thread-safe.
 */
public final class Transactions implements AutoCloseable {

    private final WhileUsed<Transaction> open;
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
        this.open = new WhileUsed<>(timeout, Transaction::inUse, Transaction::expire, System::nanoTime);
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
            begun = true;
            return open.use(transaction.id(), () -> transaction);
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
        return open.use(id)
                .filter(transaction -> transaction.user().equals(user))
                .orElseThrow(
                        () -> new SkyportException(
                                ErrorCode.UNKNOWN_HANDLE,
                                "The transaction is unknown: it never began, has ended, or was rolled back because it was idle"));
    }

    /** Somebody begins or ends to use a transaction. */
    void touch(Transaction transaction) {
        Optional<Transaction> unused = open.use(transaction.id());
    }

    /** A transaction is over. */
    void ended(Transaction transaction) {
        // Whether it is still there or was just found to be idle: it ends once.
        boolean unused = open.remove(transaction.id(), transaction);
        left.release();
    }

    /** Finds those that are idle. */
    void sweep() {
        open.sweep();
    }

    /** How many are open. */
    public int size() {
        return limit - left.availablePermits();
    }

    /** After which an idle one is rolled back. */
    public Duration timeout() {
        return timeout;
    }

    /** Rolls all back. */
    @Override
    public void close() {
        open.values().forEach(Transaction::abandon);
    }
}
