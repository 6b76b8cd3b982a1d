package io.skyport.engine;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/** A query's result, pulled from DuckDB batch by batch through Arrow's C stream interface. */
final class DuckDbStream implements EngineStream {

    private final DuckDbConnection connection;
    private final String sql;
    private final DuckDBPreparedStatement statement;
    private final DuckDBResultSet result;
    private final BufferAllocator allocator;
    private final ArrowReader reader;
    private final VectorSchemaRoot root;
    private boolean closed;

    DuckDbStream(DuckDbConnection connection, String sql, DuckDBPreparedStatement statement, DuckDBResultSet result)
            throws SQLException {
        this.connection = connection;
        this.sql = sql;
        this.statement = statement;
        this.result = result;
        this.allocator = connection.engine().allocator().newChildAllocator("stream", 0, Long.MAX_VALUE);
        try {
            this.reader = (ArrowReader) result.arrowExportStream(
                    allocator, connection.engine().properties().batchRows());
            this.root = reader.getVectorSchemaRoot();
        } catch (IOException e) {
            throw EngineErrors.of(e, sql);
        }
    }

    @Override
    public Schema schema() {
        return root.getSchema();
    }

    @Override
    public boolean loadNextBatch() {
        try {
            return reader.loadNextBatch();
        } catch (IOException e) {
            throw EngineErrors.of(e, sql);
        }
    }

    @Override
    public VectorSchemaRoot root() {
        return root;
    }

    @Override
    public void interrupt() {
        connection.interrupt();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            reader.close();
            result.close();
            connection.keep(sql, statement);
        } catch (IOException | SQLException e) {
            throw EngineErrors.of(e, sql);
        } finally {
            allocator.close();
            connection.close();
        }
    }
}
