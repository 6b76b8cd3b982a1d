package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Cuts batches between rows into slices that clients accept, and labels them with the announced schema. Value buffers
 * are shared with the batch, not copied. Used by one thread.
 */
final class BatchSlicer implements AutoCloseable {

    private final VectorSchemaRoot batch;
    private final VectorSchemaRoot slice;
    private final SliceLimits limits;
    private final MessageSize size;
    private int nextRow;
    private int likelyRows;

    BatchSlicer(Schema schema, SliceLimits limits, BufferAllocator allocator) {
        this.batch = VectorSchemaRoot.create(schema, allocator);
        this.slice = VectorSchemaRoot.create(schema, allocator);
        this.limits = limits;
        this.size = new MessageSize(schema);
    }

    /** Where {@link #next()} puts each slice. */
    VectorSchemaRoot slice() {
        return slice;
    }

    /** Takes a batch to cut. It shares the buffers: the caller may load its next one, but not write into these. */
    void load(VectorSchemaRoot source) {
        batch.clear();
        try (ArrowRecordBatch buffers = new VectorUnloader(source).getRecordBatch()) {
            new VectorLoader(batch).load(buffers); // by position: the engine may name its columns otherwise
        }
        nextRow = 0;
        long rowsThatFit = limits.maxBytes() * batch.getRowCount() / size.of(batch);
        likelyRows = (int) Math.max(1, Math.min(limits.maxRows(), rowsThatFit));
    }

    /**
     * Puts the next rows into {@link #slice()}; false when the batch is used up.
     *
     * @throws SkyportException 54000 if a single row is larger than a message may be
     */
    boolean next() {
        slice.clear();
        int rows = Math.min(likelyRows, batch.getRowCount() - nextRow);
        if (rows == 0) {
            return false;
        }
        cut(rows);
        for (long bytes = size.of(slice); bytes > limits.maxBytes() && rows > 1; bytes = size.of(slice)) {
            rows = (int) Math.max(1, Math.min(rows / 2, limits.maxBytes() * rows / bytes));
            cut(rows);
        }
        checkRow(rows);
        nextRow += rows;
        return true;
    }

    private void cut(int rows) {
        for (int i = 0; i < batch.getFieldVectors().size(); i++) {
            FieldVector target = slice.getVector(i);
            target.clear();
            batch.getVector(i).makeTransferPair(target).splitAndTransfer(nextRow, rows);
        }
        slice.setRowCount(rows);
    }

    private void checkRow(int rows) {
        long bytes = size.of(slice);
        if (rows == 1 && bytes > limits.maxRowBytes()) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "A row of the result takes " + bytes + " bytes; a message carries at most " + limits.maxRowBytes()
                            + " (skyport.flightsql.max-row-bytes)");
        }
    }

    @Override
    public void close() {
        batch.close();
        slice.close();
    }
}
