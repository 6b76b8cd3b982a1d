package io.skyport.engine;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Some batches of a {@link Spool}, one after the other. Used by one thread; as many as like may read the same spool. */
public final class SpooledBatches implements AutoCloseable {

    private final ReadChannel bytes;
    private final BufferAllocator allocator;
    private final VectorSchemaRoot root;
    private int left;

    SpooledBatches(ReadChannel bytes, Schema schema, int batches, BufferAllocator allocator) {
        this.bytes = bytes;
        this.allocator = allocator;
        this.root = VectorSchemaRoot.create(schema, allocator);
        this.left = batches;
    }

    /**
     * Reads the next batch into {@link #root()}; false if that was the last one.
     *
     * @throws io.skyport.error.SkyportException 58030 if it cannot be read
     */
    public boolean next() {
        root.clear();
        if (left == 0) {
            return false;
        }
        try (ArrowRecordBatch batch = MessageSerializer.deserializeRecordBatch(bytes, allocator)) {
            new VectorLoader(root).load(batch);
        } catch (IOException e) {
            throw Spool.failed(e);
        }
        left--;
        return true;
    }

    /** The batch; freed by the next one. */
    public VectorSchemaRoot root() {
        return root;
    }

    @Override
    public void close() {
        root.close();
        try {
            bytes.close();
        } catch (IOException e) {
            throw Spool.failed(e);
        }
    }
}
