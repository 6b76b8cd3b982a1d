package io.skyport.bench;

import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/** A statement with one BIGINT parameter, prepared on a connection of its own to DuckDB in this process. For one thread. */
final class DirectStatement implements Contender.Lookup {

    private final DuckDBConnection connection;
    private final DuckDBPreparedStatement statement;
    private final BufferAllocator allocator = new RootAllocator();

    DirectStatement(DuckDBConnection database, String sql) throws SQLException {
        this.connection = (DuckDBConnection) database.duplicate();
        this.statement = (DuckDBPreparedStatement) connection.prepareStatement(sql);
    }

    @Override
    public long find(long key) throws Exception {
        Fetched.Count count = new Fetched.Count();
        statement.setLong(1, key);
        try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery();
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, DirectDuckDb.BATCH_ROWS)) {
            while (reader.loadNextBatch()) {
                count.add(reader.getVectorSchemaRoot());
            }
        }
        return count.done().rows();
    }

    /** Executes it and returns how many rows it changed. */
    long change(long value) throws SQLException {
        statement.setLong(1, value);
        return statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
        allocator.close();
    }
}
