package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.engine.Spool;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result, put aside on disk and found again by their numbers. They belong to no connection and no
 * transaction. Used by one thread at a time.
 */
final class SpooledRows implements AutoCloseable {

    /** Rows that are read at once: what a fetch of one row costs. */
    static final int PIECE = 2048;

    private final Engine engine;
    private final BufferAllocator allocator;
    private @Nullable Spool spool;
    /** The number of the first row of each piece, counted from 0; behind them the number of rows. */
    private long[] starts = new long[16];

    private int pieces;

    private SpooledRows(Engine engine, BufferAllocator allocator) {
        this.engine = engine;
        this.allocator = allocator;
    }

    /** Reads a stream, which stays the caller's, to its end. */
    static SpooledRows of(ResultStream rows, Engine engine, BufferAllocator allocator) {
        SpooledRows spooled = new SpooledRows(engine, allocator);
        boolean done = false;
        try {
            while (rows.next()) {
                spooled.add(rows.root());
            }
            if (spooled.spool != null) {
                spooled.spool.finish();
            }
            done = true;
            return spooled;
        } finally {
            if (!done) {
                spooled.close();
            }
        }
    }

    private void add(VectorSchemaRoot batch) {
        Spool open = spool;
        if (open == null) {
            open = engine.spool(batch.getSchema());
            spool = open;
        }
        for (int from = 0; from < batch.getRowCount(); from += PIECE) {
            int rows = Math.min(PIECE, batch.getRowCount() - from);
            if (rows == batch.getRowCount()) {
                open.add(batch);
            } else {
                try (VectorSchemaRoot piece = batch.slice(from, rows)) {
                    open.add(piece);
                }
            }
            added(rows);
        }
    }

    private void added(int rows) {
        if (pieces + 2 > starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[pieces + 1] = starts[pieces] + rows;
        pieces++;
    }

    /** How many rows there are. */
    long total() {
        return starts[pieces];
    }

    /** Takes part of a piece, which is closed afterwards. */
    interface Taker {
        void take(VectorSchemaRoot piece, int from, int rows);
    }

    /** Hands out rows from the one of number {@code first}, counted from 0. They are there. */
    void read(long first, long rows, Taker taker) {
        int found = Arrays.binarySearch(starts, 0, pieces + 1, first);
        int piece = found >= 0 ? found : -found - 2;
        long end = first + rows;
        for (long next = first; next < end; piece++) {
            int from = (int) (next - starts[piece]);
            int count = (int) (Math.min(end, starts[piece + 1]) - next);
            try (VectorSchemaRoot batch = opened().read(piece, allocator)) {
                taker.take(batch, from, count);
            }
            next += count;
        }
    }

    private Spool opened() {
        Spool open = spool;
        if (open == null) {
            throw new IllegalStateException("There are no rows");
        }
        return open;
    }

    @Override
    public void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
