package io.skyport.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows to insert: one batch, made beforehand and given many times, so that making rows is not measured. */
final class RepeatedBatch implements AutoCloseable {

    /** The columns of a table that takes the rows. */
    static final String COLUMNS = "id BIGINT, amount DECIMAL(15,2), score DOUBLE, day DATE, name VARCHAR";

    static final int ROWS = 25_000;

    private final BufferAllocator allocator;
    private final VectorSchemaRoot root;
    private final int times;

    RepeatedBatch(BufferAllocator allocator, long rows) {
        this.allocator = allocator;
        this.times = Math.toIntExact(rows / ROWS);
        BigIntVector id = new BigIntVector("id", allocator);
        DecimalVector amount = new DecimalVector("amount", allocator, 15, 2);
        Float8Vector score = new Float8Vector("score", allocator);
        DateDayVector day = new DateDayVector("day", allocator);
        VarCharVector name = new VarCharVector("name", allocator);
        SplittableRandom random = new SplittableRandom(1);
        for (int row = 0; row < ROWS; row++) {
            id.setSafe(row, random.nextLong());
            amount.setSafe(row, random.nextLong(10_000_000));
            score.setSafe(row, random.nextDouble());
            day.setSafe(row, random.nextInt(20_000));
            name.setSafe(row, ("Customer#" + random.nextInt(1_000_000)).getBytes(StandardCharsets.US_ASCII));
        }
        this.root = new VectorSchemaRoot(List.of(id, amount, score, day, name));
        root.setRowCount(ROWS);
    }

    long rows() {
        return (long) times * ROWS;
    }

    int times() {
        return times;
    }

    /** The batch, to be left as it is. */
    VectorSchemaRoot root() {
        return root;
    }

    /** Gives the batch {@link #times()} times. The buffers are shared, not copied. */
    ArrowReader reader() {
        return new ArrowReader(allocator) {
            private int given;

            @Override
            public boolean loadNextBatch() throws java.io.IOException {
                prepareLoadNextBatch();
                if (given == times) {
                    return false;
                }
                given++;
                try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
                    loadRecordBatch(batch);
                }
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
                return root.getSchema();
            }
        };
    }

    @Override
    public void close() {
        root.close();
    }
}
