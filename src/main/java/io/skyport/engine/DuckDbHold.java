package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that is kept, and whose turn it is. */
final class DuckDbHold implements EngineHold {

    private final DuckDbEngine engine;
    private final PooledConnection connection;
    private final Duration timeout;
    /** Databases that the open transaction has used. */
    private final Set<String> touched = ConcurrentHashMap.newKeySet();

    private @Nullable DuckDbConnection turn;
    /** Whose rows are being read in the turn. */
    private @Nullable KeptResult unread;

    private boolean inTransaction;
    private volatile boolean closed;
    private boolean released;

    DuckDbHold(DuckDbEngine engine, PooledConnection connection, Duration timeout) {
        this.engine = engine;
        this.connection = connection;
        this.timeout = timeout;
    }

    @Override
    public EngineConnection acquire() {
        return turn();
    }

    DuckDbConnection turn() {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            @Nullable KeptResult inTheWay;
            synchronized (this) {
                if (turn == null) {
                    return begun();
                }
                inTheWay = unread;
                if (inTheWay == null) {
                    await(deadline);
                }
            }
            if (inTheWay != null) {
                inTheWay.putAside();
            }
        }
    }

    private DuckDbConnection begun() {
        requireOpen();
        DuckDbConnection next = new DuckDbConnection(engine, connection, this);
        turn = next;
        return next;
    }

    private void await(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SkyportException(
                    ErrorCode.TOO_MANY_CONNECTIONS,
                    "the session's connection stayed in use by another of its statements for " + timeout.toMillis()
                            + " ms");
        }
        try {
            wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for the session's turn", e);
        }
    }

    /** The turn goes on while {@code result} is read. */
    synchronized void reading(KeptResult result) {
        unread = result;
        notifyAll();
    }

    /** Called when the turn is over. */
    void over() {
        synchronized (this) {
            turn = null;
            unread = null;
            notifyAll();
        }
        releaseIfClosed();
    }

    @Override
    public void begin() {
        try (DuckDbConnection own = turn()) {
            own.begin();
            inTransaction(true);
        }
    }

    @Override
    public void commit() {
        end(DuckDbConnection::commit);
    }

    @Override
    public void rollback() {
        end(DuckDbConnection::rollback);
    }

    private void end(Consumer<DuckDbConnection> how) {
        try (DuckDbConnection own = turn()) {
            try {
                how.accept(own);
            } finally {
                inTransaction(own.inTransaction());
            }
        }
    }

    private synchronized void inTransaction(boolean open) {
        inTransaction = open;
    }

    @Override
    public synchronized boolean inTransaction() {
        return inTransaction;
    }

    Set<String> touched() {
        return touched;
    }

    /** Whether the open transaction has used a database. */
    boolean uses(String database) {
        return inTransaction() && touched.contains(database);
    }

    DuckDbEngine engine() {
        return engine;
    }

    @Override
    public boolean lost() {
        return closed || connection.instance().closed();
    }

    @Override
    public void close() {
        @Nullable KeptResult reader;
        synchronized (this) {
            // What has its turn and does not run yet finds that when it begins to.
            closed = true;
            if (turn != null) {
                turn.interrupt();
            }
            reader = unread;
        }
        if (reader != null) {
            reader.interrupt();
        }
        releaseIfClosed();
    }

    private void requireOpen() {
        if (closed) {
            throw new SkyportException(ErrorCode.CONNECTION_EXCEPTION, "the session is closed");
        }
    }

    private void releaseIfClosed() {
        synchronized (this) {
            if (!closed || released || turn != null) {
                return;
            }
            released = true;
            if (inTransaction) {
                // It is rolled back when the connection closes.
                connection.discard();
            }
        }
        engine.release(this, connection);
    }
}
