package io.skyport.session;

import io.skyport.engine.PlainColumns;
import io.skyport.sql.StatementParameter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Parameter rows on their way into the engine: the client's batches with columns renamed {@code p1..pn} and plain,
 * one batch in memory at a time. Used by one thread at a time; does not close the client's reader.
 */
final class ParameterStream extends ArrowReader {

    private final ArrowReader source;
    private final List<StatementParameter> parameters;
    private final PlainColumns plain;
    private final Schema schema;
    private final Deque<ArrowRecordBatch> ahead = new ArrayDeque<>();
    private int nextRow;
    private boolean whole;
    private @Nullable Recording recording;

    private ParameterStream(
            ArrowReader source,
            List<StatementParameter> parameters,
            PlainColumns plain,
            Schema schema,
            BufferAllocator allocator) {
        super(allocator);
        this.plain = plain;
        this.source = source;
        this.parameters = parameters;
        this.schema = schema;
    }

    static ParameterStream over(ArrowReader source, List<StatementParameter> parameters, BufferAllocator allocator) {
        try {
            VectorSchemaRoot root = source.getVectorSchemaRoot();
            ParameterRows.checkCount(root, parameters);
            PlainColumns plain = new PlainColumns(source, allocator);
            List<Field> fields = new ArrayList<>();
            for (Field field : root.getSchema().getFields()) {
                fields.add(named("p" + (fields.size() + 1), plain.field(field)));
            }
            return new ParameterStream(source, parameters, plain, new Schema(fields), allocator);
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }

    private static Field named(String name, Field field) {
        return new Field(name, new FieldType(true, field.getType(), null, field.getMetadata()), field.getChildren());
    }

    /** Takes all rows as one stream, however few they are: their values are not fitted to the parameters one by one. */
    ParameterStream whole() {
        whole = true;
        return this;
    }

    boolean isWhole() {
        return whole;
    }

    /** Each batch is kept from here on when it is read. */
    void keepIn(Recording keeper) {
        recording = keeper;
    }

    /** Whether they may be run singly, and no more than {@code limit} are left; holds at most the batches that this takes to know. */
    boolean hasAtMost(int limit) {
        if (whole) {
            return false;
        }
        try {
            long rows = 0;
            for (ArrowRecordBatch batch : ahead) {
                rows += batch.getLength();
            }
            while (rows <= limit && source.loadNextBatch()) {
                ArrowRecordBatch batch = takeBatch();
                ahead.add(batch);
                rows += batch.getLength();
            }
            return rows <= limit;
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }

    /** All rows that are left. */
    List<List<@Nullable Object>> remainingRows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row = nextRow(); row != null; row = nextRow()) {
            rows.add(row);
        }
        return rows;
    }

    /** The next row, each value fitted to its parameter's type, or null at the end. */
    @Nullable
    List<@Nullable Object> nextRow() {
        try {
            VectorSchemaRoot root = getVectorSchemaRoot();
            while (nextRow >= root.getRowCount()) {
                if (!loadNextBatch()) {
                    return null;
                }
            }
            return ParameterRows.row(root, nextRow++, parameters, this);
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        nextRow = 0;
        ArrowRecordBatch batch = ahead.poll();
        if (batch == null) {
            if (!source.loadNextBatch()) {
                return false;
            }
            batch = takeBatch();
        }
        loadRecordBatch(batch);
        if (recording != null) {
            recording.keep(getVectorSchemaRoot());
        }
        return true;
    }

    private ArrowRecordBatch takeBatch() throws IOException {
        return plain.batch(source.getVectorSchemaRoot());
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    protected void closeReadSource() {
        ahead.forEach(ArrowRecordBatch::close);
        ahead.clear();
    }

    @Override
    public void close() {
        try {
            super.close(true);
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }
}
