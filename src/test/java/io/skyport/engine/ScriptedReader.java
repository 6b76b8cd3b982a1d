package io.skyport.engine;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** An Arrow input whose batches a test writes. */
final class ScriptedReader extends ArrowReader {

    /** Fills the batch with the number, counted from 0; false ends the stream. */
    interface Script {
        boolean fill(VectorSchemaRoot root, int batch) throws IOException;
    }

    private final Schema schema;
    private final Script script;
    private int batch;

    ScriptedReader(BufferAllocator allocator, Schema schema, Script script) {
        super(allocator);
        this.schema = schema;
        this.script = script;
    }

    int batches() {
        return batch;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        VectorSchemaRoot root = getVectorSchemaRoot();
        root.clear();
        root.allocateNew();
        return script.fill(root, batch++);
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
