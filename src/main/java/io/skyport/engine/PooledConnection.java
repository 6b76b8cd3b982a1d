package io.skyport.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A connection to DuckDB with the statements it keeps prepared, the least recently used first out. Used by one thread
 * at a time.
 *
 * <p>A statement is out of the cache while it runs, so that one that fails is simply not put back: the driver closes it.
 * Only those are kept that DuckDB plans anew at each execution ({@link PreparedText}).
 */
final class PooledConnection {

    private final DuckDbInstance instance;
    private final DuckDBConnection connection;
    private final int capacity;
    private final Map<String, DuckDBPreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);
    private boolean reusable = true;
    private long takenAt = System.nanoTime();

    PooledConnection(DuckDbInstance instance, DuckDBConnection connection, int capacity) {
        this.instance = instance;
        this.connection = connection;
        this.capacity = capacity;
    }

    DuckDbInstance instance() {
        return instance;
    }

    DuckDBConnection duckdb() {
        return connection;
    }

    void taken() {
        takenAt = System.nanoTime();
    }

    /** How long it has been in use. */
    Duration held() {
        return Duration.ofNanos(System.nanoTime() - takenAt);
    }

    /** Takes the statement from the cache or prepares it; {@link #keep} puts it back. */
    DuckDBPreparedStatement prepare(String sql) throws SQLException {
        @Nullable DuckDBPreparedStatement cached = prepared.remove(sql);
        return cached != null && !cached.isClosed() ? cached : prepareAnew(sql);
    }

    DuckDBPreparedStatement prepareAnew(String sql) throws SQLException {
        return connection.prepare(PreparedText.of(Sql.requireStatement(sql)).prepared());
    }

    /** A statement that is planned when it executes, its text is given to {@link Statement#execute(String)}. */
    DuckDBPreparedStatement unprepared() throws SQLException {
        return (DuckDBPreparedStatement) connection.createStatement();
    }

    void keep(String sql, DuckDBPreparedStatement statement) throws SQLException {
        if (statement.isClosed()) {
            return;
        }
        statement.clearParameters();
        @Nullable DuckDBPreparedStatement older = prepared.put(sql, statement);
        if (older != null) {
            older.close();
        }
        Iterator<DuckDBPreparedStatement> eldest = prepared.values().iterator();
        while (prepared.size() > capacity) {
            DuckDBPreparedStatement evicted = eldest.next();
            eldest.remove();
            evicted.close();
        }
    }

    int preparedStatements() {
        return prepared.size();
    }

    /** Runs a statement of the engine's own. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The next lease gets another connection: this one has state that belongs to its last lease, or is broken. */
    void discard() {
        reusable = false;
    }

    boolean reusable() throws SQLException {
        return reusable && !connection.isClosed();
    }

    /** Interrupts what runs, waits until it has stopped, and closes. The only call that is safe from any thread. */
    void close() throws SQLException {
        connection.close();
    }
}
