package io.skyport.statements;

import io.skyport.session.ResultStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

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
    static @Nullable ArrowAnswer drain(ResultStream stream, BufferAllocator allocator) {
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

    /** The rows as DuckDB prints them, or null if there are values that only DuckDB should print; reads the batches. */
    @Nullable
    List<List<@Nullable String>> simpleTexts() throws IOException {
        if (!getVectorSchemaRoot().getFieldVectors().stream().allMatch(ArrowAnswer::simple)) {
            return null;
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (loadNextBatch()) {
            for (int row = 0; row < getVectorSchemaRoot().getRowCount(); row++) {
                List<@Nullable String> values = new ArrayList<>();
                for (FieldVector vector : getVectorSchemaRoot().getFieldVectors()) {
                    values.add(text(vector.getObject(row)));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static boolean simple(FieldVector vector) {
        return vector instanceof BaseIntVector
                || vector instanceof BitVector
                || vector instanceof VarCharVector
                || vector instanceof DecimalVector;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
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
