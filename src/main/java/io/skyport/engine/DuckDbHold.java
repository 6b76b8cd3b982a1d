package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that is kept, and whose turn it is. */
final class DuckDbHold implements EngineHold {

    private final DuckDbEngine engine;
    private final PooledConnection connection;
    private final Duration timeout;
    private final Semaphore free = new Semaphore(1, true);
    private final Queue<String> unread = new ArrayDeque<>();
    private @Nullable DuckDbConnection turn;
    private long results;
    private boolean closed;
    private boolean released;

    DuckDbHold(DuckDbEngine engine, PooledConnection connection, Duration timeout) {
        this.engine = engine;
        this.connection = connection;
        this.timeout = timeout;
        // Whoever leased it next would find the temporary objects of this hold.
        connection.discard();
    }

    @Override
    public EngineConnection acquire() {
        return turn();
    }

    DuckDbConnection turn() {
        try {
            if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SkyportException(
                        ErrorCode.TOO_MANY_CONNECTIONS,
                        "the session's connection stayed in use by another of its statements for " + timeout.toMillis()
                                + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for the session's turn", e);
        }
        DuckDbConnection next = new DuckDbConnection(engine, connection, this);
        List<String> read = begin(next);
        read.forEach(table -> next.update("DROP TABLE IF EXISTS " + table, List.of()));
        return next;
    }

    private synchronized List<String> begin(DuckDbConnection next) {
        if (closed) {
            free.release();
            throw new SkyportException(ErrorCode.CONNECTION_EXCEPTION, "the session is closed");
        }
        turn = next;
        List<String> read = List.copyOf(unread);
        unread.clear();
        return read;
    }

    /** Called when the turn is over. */
    void over() {
        synchronized (this) {
            turn = null;
        }
        free.release();
        releaseIfClosed();
    }

    /** The name of a temporary table for the rows of one query. */
    synchronized String nextResult() {
        return Sql.identifier("temp") + "." + Sql.identifier("main") + "."
                + Sql.identifier(Engine.RESULT_PREFIX + ++results);
    }

    /** The rows of a query were read; their table goes with the next turn. */
    synchronized void read(String table) {
        unread.add(table);
    }

    DuckDbEngine engine() {
        return engine;
    }

    @Override
    public boolean lost() {
        return connection.instance().closed();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (turn != null) {
                turn.interrupt();
            }
        }
        releaseIfClosed();
    }

    private void releaseIfClosed() {
        synchronized (this) {
            if (!closed || released || turn != null) {
                return;
            }
            released = true;
        }
        engine.release(connection);
    }
}
