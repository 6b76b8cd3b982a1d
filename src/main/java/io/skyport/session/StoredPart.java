package io.skyport.session;

import io.skyport.engine.Spool;
import io.skyport.engine.SpooledBatches;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** One reading of a part of a stored result, which keeps its rows until it ends. */
final class StoredPart implements Promised, ResultStream {

    private final StoredResult result;
    private final Parts.Part part;
    private final @Nullable Spool spool;
    private final BufferAllocator allocator;
    private @Nullable SpooledBatches batches;
    private volatile boolean interrupted;
    private boolean ended;

    /** @param spool null if there are no rows */
    StoredPart(StoredResult result, Parts.Part part, @Nullable Spool spool, BufferAllocator allocator) {
        this.result = result;
        this.part = part;
        this.spool = spool;
        this.allocator = allocator;
    }

    @Override
    public List<ResultColumn> columns() {
        return result.columns();
    }

    @Override
    public ResultStream open() {
        return this;
    }

    @Override
    public boolean next() {
        if (interrupted()) {
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled");
        }
        Spool stored = spool;
        if (stored == null) {
            return false;
        }
        if (batches == null) {
            synchronized (stored) {
                batches = stored.read(part.from(), part.to(), allocator);
            }
        }
        return batches.next();
    }

    @Override
    public VectorSchemaRoot root() {
        if (batches == null) {
            throw new IllegalStateException("There is no batch");
        }
        return batches.root();
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }

    @Override
    public boolean interrupted() {
        return interrupted || result.cancelled();
    }

    @Override
    public void discard() {
        close();
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (batches != null) {
                batches.close();
            }
        } finally {
            result.read();
        }
    }
}
