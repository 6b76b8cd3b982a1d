package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's reader as DuckDB may see it: values that DuckDB would take without looking are checked first, its failure is
 * remembered, and it stays open when DuckDB is done with it.
 */
final class CheckedReader extends ArrowReader {

    private final ArrowReader input;
    private final BooleanSupplier interrupted;
    private volatile @Nullable Exception failure;

    CheckedReader(BufferAllocator allocator, ArrowReader input, BooleanSupplier interrupted) {
        super(allocator);
        this.input = input;
        this.interrupted = interrupted;
    }

    @Nullable
    Exception failure() {
        return failure;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (failure != null) {
            return false;
        }
        try {
            if (interrupted.getAsBoolean()) {
                throw new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled");
            }
            if (!input.loadNextBatch()) {
                return false;
            }
            for (FieldVector vector : input.getVectorSchemaRoot().getFieldVectors()) {
                IncomingValues.check(vector);
            }
            for (Dictionary dictionary : input.getDictionaryVectors().values()) {
                IncomingValues.check(dictionary.getVector());
            }
            return true;
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
        return input.getVectorSchemaRoot();
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
        return input.getDictionaryVectors();
    }

    @Override
    public @Nullable Dictionary lookup(long id) {
        return input.lookup(id);
    }

    @Override
    public Set<Long> getDictionaryIds() {
        return input.getDictionaryIds();
    }

    @Override
    public long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public void close() {}

    @Override
    public void close(boolean closeReadSource) {}

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() throws IOException {
        return input.getVectorSchemaRoot().getSchema();
    }
}
