package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement on a connection that is kept. A result of one batch is read at once; a larger one keeps the turn
 * while it is read, until another statement wants it: the rows that are left are put aside on disk then.
 *
 * <p>One thread reads, any thread may put aside.
 */
final class KeptResult implements EngineStream {

    private final DuckDbHold hold;
    private final EngineStream running;
    private final Schema schema;
    private final TakenBatches batches;
    private @Nullable Spool aside;
    private @Nullable ArrowReader reader;
    private @Nullable SkyportException failure;
    private boolean ended;
    private boolean closed;
    private volatile boolean interrupted;

    private KeptResult(DuckDbHold hold, EngineStream running) {
        this.hold = hold;
        this.running = running;
        this.schema = running.schema();
        this.batches = new TakenBatches(hold.engine().allocator());
    }

    /** Starts a statement in {@code turn}, which it ends when its rows are read or put aside. */
    static KeptResult of(
            DuckDbConnection turn, DuckDbHold hold, String sql, List<? extends @Nullable Object> parameters) {
        KeptResult result = new KeptResult(hold, turn.stream(sql, parameters));
        boolean begun = false;
        try {
            result.begin();
            begun = true;
            return result;
        } finally {
            if (!begun) {
                result.close();
            }
        }
    }

    private synchronized void begin() {
        if (!running.loadNextBatch()) {
            end();
            return;
        }
        boolean full = running.root().getRowCount() >= hold.engine().batchRows();
        batches.take(running.root());
        if (full) {
            hold.reading(this);
        } else if (running.loadNextBatch()) {
            // A short batch that was not the last one is rare.
            batches.take(running.root());
            hold.reading(this);
        } else {
            end();
        }
    }

    private void end() {
        ended = true;
        running.close();
    }

    /** Reads what is left, for the next statement to have its turn. A failure is the reader's. */
    synchronized void putAside() {
        if (ended) {
            return;
        }
        try {
            while (running.loadNextBatch()) {
                spool(running.root());
            }
            if (aside != null) {
                aside.finish();
            }
        } catch (SkyportException e) {
            failure = e;
        } finally {
            end();
        }
    }

    private void spool(VectorSchemaRoot batch) {
        if (aside == null) {
            aside = hold.engine().spool(schema);
        }
        aside.add(batch);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public synchronized boolean loadNextBatch() {
        if (closed) {
            throw new SkyportException(ErrorCode.INVALID_CURSOR_STATE, "the result is closed");
        }
        if (interrupted) {
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled");
        }
        batches.free();
        if (batches.isEmpty()) {
            fetch();
        }
        return batches.next();
    }

    /** Takes the next batch, if there is one. */
    private void fetch() {
        if (ended) {
            fetchAside();
        } else if (running.loadNextBatch()) {
            batches.take(running.root());
        } else {
            end();
        }
    }

    private void fetchAside() {
        Spool spool = aside;
        if (failure != null) {
            throw failure;
        }
        if (spool == null) {
            return;
        }
        try {
            if (reader == null) {
                reader = spool.read(hold.engine().allocator());
            }
            if (reader.loadNextBatch()) {
                batches.take(reader.getVectorSchemaRoot());
            }
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "rows put aside cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized VectorSchemaRoot root() {
        return batches.current();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        running.interrupt();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        batches.close();
        if (!ended) {
            end();
        }
        closeAside();
    }

    private void closeAside() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "rows put aside cannot be closed: " + e.getMessage(), e);
        } finally {
            if (aside != null) {
                aside.close();
            }
        }
    }
}
