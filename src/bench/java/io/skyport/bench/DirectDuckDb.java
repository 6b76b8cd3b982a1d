package io.skyport.bench;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** DuckDB in this process, its results exported as Arrow. */
final class DirectDuckDb implements Contender {

    /** Rows in a batch, as Skyport's engine has them by default. */
    static final long BATCH_ROWS = 8192;

    private final DuckDBConnection connection;
    private final BufferAllocator allocator;

    DirectDuckDb(DuckDBConnection connection, BufferAllocator allocator) {
        this.connection = connection;
        this.allocator = allocator;
    }

    static DirectDuckDb open(Path file, BenchSettings settings, BufferAllocator allocator) throws SQLException {
        return new DirectDuckDb(connect(file, settings.threads(), settings.memory()), allocator);
    }

    static DuckDBConnection connect(Path file, int threads, int memory) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("threads", Integer.toString(threads));
        properties.setProperty("memory_limit", memory + "MiB");
        // As Skyport's engine: rows leave while the query runs.
        properties.setProperty("jdbc_stream_results", "true");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, properties);
    }

    String version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT version()")) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Fetched fetch(String sql) throws Exception {
        Fetched.Count count = new Fetched.Count();
        try (Statement statement = connection.createStatement();
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
            while (reader.loadNextBatch()) {
                count.add(reader.getVectorSchemaRoot());
            }
            return count.done();
        }
    }

    @Override
    public Duration firstBatch(String sql) throws Exception {
        Fetched.Count count = new Fetched.Count();
        try (Statement statement = connection.createStatement();
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(sql);
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
            reader.loadNextBatch();
            return count.elapsed();
        }
    }

    @Override
    public Lookup lookup(String sql) throws SQLException {
        return prepare(sql);
    }

    /** A statement with one BIGINT parameter, on a connection of its own. */
    DirectStatement prepare(String sql) throws SQLException {
        return new DirectStatement(connection, sql);
    }

    /** A further connection to the same database. */
    DirectDuckDb duplicate() throws SQLException {
        return new DirectDuckDb((DuckDBConnection) connection.duplicate(), allocator);
    }

    /** Runs a query of one BIGINT and reads it as Arrow. */
    static long bigint(PreparedStatement query, BufferAllocator allocator) throws Exception {
        long found = 0;
        try (DuckDBResultSet result = (DuckDBResultSet) query.executeQuery();
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
            while (reader.loadNextBatch()) {
                found = ((BigIntVector) reader.getVectorSchemaRoot().getVector(0)).get(0);
            }
        }
        return found;
    }

    @Override
    public long insert(String table, RepeatedBatch rows) throws Exception {
        try (ArrowReader reader = rows.reader()) {
            return insert("INSERT INTO " + table + " SELECT * FROM batches", "batches", reader);
        }
    }

    @Override
    public long ingest(String table, IngestMode mode, RepeatedBatch rows) throws Exception {
        if (mode == IngestMode.APPEND) {
            return insert(table, rows);
        }
        update("BEGIN");
        String create = mode == IngestMode.REPLACE ? "CREATE OR REPLACE TABLE " : "CREATE TABLE ";
        update(create + table + " (" + RepeatedBatch.COLUMNS + ")");
        long count = insert(table, rows);
        update("COMMIT");
        return count;
    }

    /** Runs a statement that reads Arrow batches by a name. */
    long insert(String sql, String name, ArrowReader reader) throws Exception {
        try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            connection.registerArrowStream(name, stream);
            try (Statement statement = connection.createStatement()) {
                return statement.executeLargeUpdate(sql);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
