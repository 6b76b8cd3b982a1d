package io.skyport.statements;

import io.skyport.session.ResultStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A whole result, drained from its stream; reads as columns named c1, c2 and so on. Owns its buffers until closed. */
final class ArrowAnswer extends ArrowReader {

    private final List<ArrowRecordBatch> batches = new ArrayList<>();
    private final Schema schema;
    private int next;

    private ArrowAnswer(BufferAllocator allocator, Schema schema) {
        super(allocator);
        this.schema = schema;
    }

    /** @return null if there are no rows */
    static @org.jspecify.annotations.Nullable ArrowAnswer drain(ResultStream stream, BufferAllocator allocator) {
        ArrowAnswer answer = null;
        boolean whole = false;
        try {
            while (stream.next()) {
                if (answer == null) {
                    answer = new ArrowAnswer(allocator, numbered(stream.root().getSchema()));
                }
                answer.batches.add(new VectorUnloader(stream.root()).getRecordBatch());
            }
            whole = true;
            return answer;
        } finally {
            if (!whole && answer != null) {
                answer.closeReadSource();
            }
        }
    }

    private static Schema numbered(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.getFields()) {
            fields.add(new Field("c" + (fields.size() + 1), field.getFieldType(), field.getChildren()));
        }
        return new Schema(fields);
    }

    int columns() {
        return schema.getFields().size();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (next == batches.size()) {
            return false;
        }
        // Closes the batch; the vectors keep its buffers.
        loadRecordBatch(batches.get(next++));
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {
        while (next < batches.size()) {
            batches.get(next++).close();
        }
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
