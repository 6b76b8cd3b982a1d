package io.skyport.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Parameter rows as a client would send them: batches of texts and whole numbers. */
final class Rows extends ArrowReader {

    private final List<List<List<?>>> batches;
    private final int columns;
    private int next;

    private Rows(BufferAllocator allocator, int columns, List<List<List<?>>> batches) {
        super(allocator);
        this.columns = columns;
        this.batches = batches;
    }

    /** One batch of rows, each a list of values. */
    static Rows of(BufferAllocator allocator, List<?>... rows) {
        return new Rows(allocator, rows[0].size(), List.of(List.of(rows)));
    }

    /** Rows {@code (0, '0')}, {@code (1, '1')} and so on, in batches of a given size. */
    static Rows counted(BufferAllocator allocator, int rows, int batchSize) {
        List<List<List<?>>> batches = new ArrayList<>();
        for (int start = 0; start < rows; start += batchSize) {
            batches.add(IntStream.range(start, Math.min(rows, start + batchSize))
                    .<List<?>>mapToObj(i -> List.of((long) i, String.valueOf(i)))
                    .toList());
        }
        return new Rows(allocator, 2, batches);
    }

    /** A schema and no rows. */
    static Rows none(BufferAllocator allocator, int columns) {
        return new Rows(allocator, columns, List.of());
    }

    @Override
    public boolean loadNextBatch() {
        try {
            VectorSchemaRoot root = getVectorSchemaRoot();
            root.clear();
            if (next == batches.size()) {
                return false;
            }
            List<List<?>> rows = batches.get(next++);
            root.allocateNew();
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < columns; column++) {
                    set(root.getVector(column), row, rows.get(row).get(column));
                }
            }
            root.setRowCount(rows.size());
            return true;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void set(FieldVector vector, int row, @Nullable Object value) {
        if (vector instanceof BigIntVector numbers) {
            numbers.setSafe(row, (Long) value);
        } else {
            ((VarCharVector) vector).setSafe(row, value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Override
    protected Schema readSchema() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            boolean number = batches.isEmpty() || batches.get(0).get(0).get(i) instanceof Long;
            ArrowType type = number ? new ArrowType.Int(64, true) : ArrowType.Utf8.INSTANCE;
            fields.add(new Field("c" + i, FieldType.nullable(type), null));
        }
        return new Schema(fields);
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}
}
