package io.skyport.session;

import io.skyport.sql.ResultColumn;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The result of a statement that gives no rows. */
enum NoRows implements ResultStream {
    INSTANCE;

    @Override
    public List<ResultColumn> columns() {
        return List.of();
    }

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public VectorSchemaRoot root() {
        throw new IllegalStateException("There is no batch");
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
}
