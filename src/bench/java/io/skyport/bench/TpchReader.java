package io.skyport.bench;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A generated TPC-H table as Arrow batches. Money is DECIMAL(15,2), as the specification has it. */
final class TpchReader<E extends TpchEntity> extends ArrowReader {

    private static final int BATCH_ROWS = 65_536;

    private final TpchTable<E> table;
    private final Iterator<E> rows;

    TpchReader(TpchTable<E> table, double scale, BufferAllocator allocator) {
        super(allocator);
        this.table = table;
        this.rows = table.createGenerator(scale, 1, 1).iterator();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        VectorSchemaRoot root = getVectorSchemaRoot();
        root.clear(); // The reader may still hold the last batch's buffers: fill new ones.
        int row = 0;
        for (; row < BATCH_ROWS && rows.hasNext(); row++) {
            E entity = rows.next();
            for (int i = 0; i < table.getColumns().size(); i++) {
                set(root.getVector(i), row, table.getColumns().get(i), entity);
            }
        }
        root.setRowCount(row);
        return row > 0;
    }

    private void set(FieldVector vector, int row, TpchColumn<E> column, E entity) {
        switch (column.getType().getBase()) {
            case IDENTIFIER -> ((BigIntVector) vector).setSafe(row, column.getIdentifier(entity));
            case INTEGER -> ((IntVector) vector).setSafe(row, column.getInteger(entity));
            case DATE -> ((DateDayVector) vector).setSafe(row, column.getDate(entity));
            case DOUBLE -> ((DecimalVector) vector).setSafe(row, Math.round(column.getDouble(entity) * 100));
            case VARCHAR ->
                ((VarCharVector) vector).setSafe(row, column.getString(entity).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    protected Schema readSchema() {
        List<Field> fields = new ArrayList<>();
        for (TpchColumn<E> column : table.getColumns()) {
            fields.add(Field.nullable(column.getColumnName(), arrowType(column)));
        }
        return new Schema(fields);
    }

    private static ArrowType arrowType(TpchColumn<?> column) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> new ArrowType.Int(64, true);
            case INTEGER -> new ArrowType.Int(32, true);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case DOUBLE -> new ArrowType.Decimal(15, 2, 128);
            case VARCHAR -> ArrowType.Utf8.INSTANCE;
        };
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}
}
