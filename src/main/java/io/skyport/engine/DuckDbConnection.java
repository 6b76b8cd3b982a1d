package io.skyport.engine;

import java.sql.ParameterMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/** One lease of a pooled connection. */
final class DuckDbConnection implements EngineConnection {

    private final DuckDbEngine engine;
    private final PooledConnection connection;
    private boolean inTransaction;
    private boolean reusable = true;
    private boolean closed;
    private volatile @Nullable DuckDBPreparedStatement running;

    DuckDbConnection(DuckDbEngine engine, PooledConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    @Override
    public StatementDescription describe(String sql) {
        try {
            DuckDBPreparedStatement statement = connection.prepare(sql);
            List<EngineColumn> columns = new ArrayList<>();
            ResultSetMetaData result = statement.getMetaData();
            for (int i = 1; i <= result.getColumnCount(); i++) {
                columns.add(new EngineColumn(result.getColumnName(i), result.getColumnTypeName(i)));
            }
            List<String> parameters = new ArrayList<>();
            ParameterMetaData metadata = statement.getParameterMetaData();
            for (int i = 1; i <= metadata.getParameterCount(); i++) {
                String type = metadata.getParameterTypeName(i);
                parameters.add(type.equals("INVALID") ? StatementDescription.UNKNOWN : type);
            }
            connection.keep(sql, statement);
            return new StatementDescription(columns, parameters);
        } catch (SQLException e) {
            throw EngineErrors.of(e, sql);
        }
    }

    @Override
    public EngineStream query(String sql, List<? extends @Nullable Object> parameters) {
        try {
            DuckDBPreparedStatement statement = execute(sql, parameters);
            return new DuckDbStream(this, sql, statement, (DuckDBResultSet) statement.getResultSet());
        } catch (SQLException e) {
            close();
            throw EngineErrors.of(e, sql);
        }
    }

    private DuckDBPreparedStatement execute(String sql, List<? extends @Nullable Object> parameters)
            throws SQLException {
        DuckDBPreparedStatement statement = connection.prepare(sql);
        running = statement;
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        statement.execute();
        return statement;
    }

    @Override
    public long update(String sql, List<? extends @Nullable Object> parameters) {
        try {
            DuckDBPreparedStatement statement = execute(sql, parameters);
            long rows = Math.max(0, statement.getLargeUpdateCount());
            connection.keep(sql, statement);
            return rows;
        } catch (SQLException e) {
            throw EngineErrors.of(e, sql);
        } finally {
            running = null;
        }
    }

    @Override
    public long ingest(String sql, String streamName, ArrowReader input) {
        try (BufferAllocator allocator = engine.allocator().newChildAllocator("ingest", 0, Long.MAX_VALUE);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, input, stream);
            connection.duckdb().registerArrowStream(streamName, stream);
            return update(sql, List.of());
        }
    }

    @Override
    public void begin() {
        update("BEGIN TRANSACTION", List.of());
        inTransaction = true;
    }

    @Override
    public void commit() {
        inTransaction = false;
        update("COMMIT", List.of());
    }

    @Override
    public void rollback() {
        inTransaction = false;
        update("ROLLBACK", List.of());
    }

    @Override
    public boolean inTransaction() {
        return inTransaction;
    }

    @Override
    public void interrupt() {
        @Nullable DuckDBPreparedStatement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw EngineErrors.of(e, null);
            }
        }
    }

    @Override
    public double progress() {
        return -1;
    }

    DuckDbEngine engine() {
        return engine;
    }

    void keep(String sql, DuckDBPreparedStatement statement) throws SQLException {
        connection.keep(sql, statement);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (inTransaction) {
            reusable = false;
        }
        engine.release(connection, reusable);
    }
}
