package io.skyport.bench;

import java.util.Collections;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.Types;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Parameters as a wire brings them: one row of BIGINT, another one each time it is asked for. */
final class BigintRow extends ArrowReader {

    private final Schema schema;
    private long[] values = {};
    private boolean given = true;

    BigintRow(int columns, BufferAllocator allocator) {
        super(allocator);
        this.schema = new Schema(Collections.nCopies(columns, Field.nullable("p", Types.MinorType.BIGINT.getType())));
    }

    /** To be read once. */
    BigintRow of(long... row) {
        values = row;
        given = false;
        return this;
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
        prepareLoadNextBatch();
        if (given) {
            return false;
        }
        given = true;
        for (int i = 0; i < values.length; i++) {
            ((BigIntVector) getVectorSchemaRoot().getVector(i)).setSafe(0, values[i]);
        }
        getVectorSchemaRoot().setRowCount(1);
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    public void close() {
        try {
            super.close();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
