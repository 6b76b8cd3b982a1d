package io.skyport.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A client's stream: batches that a test makes as they are read. */
final class IngestedRows extends ArrowReader {

    private final Schema schema;
    private final int batches;
    private final Batch batch;
    private int made;

    /** Fills one batch. */
    interface Batch {
        void fill(VectorSchemaRoot root, int number) throws IOException;
    }

    IngestedRows(BufferAllocator allocator, Schema schema, int batches, Batch batch) {
        super(allocator);
        this.schema = schema;
        this.batches = batches;
        this.batch = batch;
    }

    /** One batch of rows. Columns have the type of their first value that is not null, or VARCHAR. */
    static IngestedRows of(BufferAllocator allocator, List<String> columns, List<List<Object>> rows) {
        List<Field> fields = new java.util.ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            fields.add(Field.nullable(columns.get(column), type(rows, column).getType()));
        }
        return new IngestedRows(allocator, new Schema(fields), rows.isEmpty() ? 0 : 1, (root, number) -> {
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < columns.size(); column++) {
                    set(root.getVector(column), row, rows.get(row).get(column));
                }
            }
            root.setRowCount(rows.size());
        });
    }

    private static MinorType type(List<List<Object>> rows, int column) {
        for (List<Object> row : rows) {
            Object value = row.get(column);
            if (value instanceof Integer) {
                return MinorType.INT;
            } else if (value instanceof Long) {
                return MinorType.BIGINT;
            } else if (value instanceof Double) {
                return MinorType.FLOAT8;
            }
        }
        return MinorType.VARCHAR;
    }

    private static void set(FieldVector vector, int row, Object value) {
        if (value == null) {
            vector.setNull(row);
        } else if (vector instanceof IntVector integers) {
            integers.setSafe(row, (Integer) value);
        } else if (vector instanceof BigIntVector integers) {
            integers.setSafe(row, (Long) value);
        } else if (vector instanceof Float8Vector doubles) {
            doubles.setSafe(row, (Double) value);
        } else {
            ((VarCharVector) vector).setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (made == batches) {
            return false;
        }
        VectorSchemaRoot root = getVectorSchemaRoot();
        root.allocateNew();
        batch.fill(root, made++);
        return true;
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
