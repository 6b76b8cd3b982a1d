package io.skyport.session;

import io.skyport.sql.ResultColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement that changed something, kept until the client takes them: it ran once and cannot run again to
 * produce them. Filled by one thread, then closed or read by one.
 */
final class ReturnedRows implements AutoCloseable {

    private final List<ResultColumn> columns;
    private final ReturnedBytes limit;
    private final BufferAllocator allocator;
    private final Deque<VectorSchemaRoot> batches = new ArrayDeque<>();
    private long bytes;

    ReturnedRows(List<ResultColumn> columns, ReturnedBytes limit, BufferAllocator allocator) {
        this.columns = columns;
        this.limit = limit;
        this.allocator = allocator;
    }

    /** Takes the vectors out of an engine's batch. */
    void add(VectorSchemaRoot batch) {
        AnnouncedColumns.require(columns, batch.getSchema());
        long size = batch.getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
        limit.take(size);
        bytes += size;
        List<FieldVector> vectors =
                batch.getFieldVectors().stream().map(this::transferred).collect(Collectors.toList());
        batches.add(new VectorSchemaRoot(batch.getSchema().getFields(), vectors, batch.getRowCount()));
    }

    private FieldVector transferred(FieldVector vector) {
        TransferPair pair = vector.getTransferPair(vector.getField(), allocator);
        pair.transfer();
        return (FieldVector) pair.getTo();
    }

    long bytes() {
        return bytes;
    }

    /** The rows from the first one on; closing the stream frees them all. */
    ResultStream open() {
        return new Stream();
    }

    /** Forgets the rows of a run that came to nothing. */
    void clear() {
        batches.forEach(VectorSchemaRoot::close);
        batches.clear();
        limit.giveBack(bytes);
        bytes = 0;
    }

    @Override
    public void close() {
        clear();
    }

    /** Reads the rows and frees each batch after it was read. */
    private final class Stream implements ResultStream {

        private @Nullable VectorSchemaRoot current;

        @Override
        public List<ResultColumn> columns() {
            return columns;
        }

        @Override
        public boolean next() {
            if (current != null) {
                current.close();
            }
            current = batches.poll();
            return current != null;
        }

        @Override
        public VectorSchemaRoot root() {
            if (current == null) {
                throw new IllegalStateException("There is no batch");
            }
            return current;
        }

        /** Never waits. */
        @Override
        public void interrupt() {}

        @Override
        public void close() {
            if (current != null) {
                current.close();
                current = null;
            }
            ReturnedRows.this.close();
        }
    }
}
