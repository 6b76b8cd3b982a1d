package io.skyport.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;
import org.jspecify.annotations.Nullable;

/** Batches that were taken out of an engine's stream, to be read one after the other; each is freed when it was read. */
final class TakenBatches implements AutoCloseable {

    private final BufferAllocator allocator;
    private final Deque<VectorSchemaRoot> waiting = new ArrayDeque<>();
    private @Nullable VectorSchemaRoot current;

    TakenBatches(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Takes the vectors out of a batch; returns their bytes. */
    long take(VectorSchemaRoot batch) {
        List<FieldVector> vectors = new ArrayList<>();
        long bytes = 0;
        for (FieldVector vector : batch.getFieldVectors()) {
            TransferPair pair = vector.getTransferPair(vector.getField(), allocator);
            pair.transfer();
            FieldVector taken = (FieldVector) pair.getTo();
            bytes += taken.getBufferSize();
            vectors.add(taken);
        }
        waiting.add(new VectorSchemaRoot(batch.getSchema().getFields(), vectors, batch.getRowCount()));
        return bytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Frees the batch that was read and goes to the next; false if there is none. */
    boolean next() {
        free();
        current = waiting.poll();
        return current != null;
    }

    VectorSchemaRoot current() {
        VectorSchemaRoot batch = current;
        if (batch == null) {
            throw new IllegalStateException("There is no batch");
        }
        return batch;
    }

    /** Frees the batch that was read. */
    void free() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override
    public void close() {
        free();
        waiting.forEach(VectorSchemaRoot::close);
        waiting.clear();
    }
}
