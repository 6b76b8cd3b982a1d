package io.skyport.engine;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** A connection to DuckDB with the statements it keeps prepared, least recently used first out. */
final class PooledConnection implements AutoCloseable {

    private final DuckDBConnection connection;
    private final int capacity;
    private final Map<String, DuckDBPreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);

    PooledConnection(DuckDBConnection connection, int capacity) {
        this.connection = connection;
        this.capacity = capacity;
    }

    DuckDBConnection duckdb() {
        return connection;
    }

    /** The statement, taken out of the cache while it runs; {@link #keep} puts it back. */
    DuckDBPreparedStatement prepare(String sql) throws SQLException {
        @Nullable DuckDBPreparedStatement cached = prepared.remove(sql);
        if (cached != null && !cached.isClosed()) {
            return cached;
        }
        return connection.prepare(sql);
    }

    void keep(String sql, DuckDBPreparedStatement statement) throws SQLException {
        @Nullable DuckDBPreparedStatement older = prepared.put(sql, statement);
        if (older != null) {
            older.close();
        }
        while (prepared.size() > capacity) {
            var eldest = prepared.entrySet().iterator();
            DuckDBPreparedStatement evicted = eldest.next().getValue();
            eldest.remove();
            evicted.close();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw EngineErrors.of(e, null);
        }
    }
}
