package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/**
 * A query's result, pulled from DuckDB batch by batch through Arrow's C stream interface.
 *
 * <p>DuckDB computes on its own threads until its buffer (1 MB) is full and goes on when it is drained.
 */
final class DuckDbStream implements EngineStream {

    private final DuckDbConnection connection;
    private final String sql;
    private final DuckDbStatement statement;
    private final DuckDBResultSet result;
    private final ArrowReader reader;
    private final DictionaryDecoding decoding;
    private volatile boolean interrupted;
    private boolean failed;
    private boolean closed;

    private DuckDbStream(
            DuckDbConnection connection,
            String sql,
            DuckDbStatement statement,
            DuckDBResultSet result,
            BufferAllocator allocator,
            ArrowReader reader)
            throws IOException {
        this.connection = connection;
        this.sql = sql;
        this.statement = statement;
        this.result = result;
        this.reader = reader;
        this.decoding = DictionaryDecoding.of(reader, allocator);
    }

    static DuckDbStream open(DuckDbConnection connection, String sql, DuckDbStatement statement, DuckDBResultSet result)
            throws SQLException {
        DuckDbEngine engine = connection.engine();
        // Not an allocator of the stream's own, which could not be closed with it: batches that a consumer transferred
        // out
        // keep DuckDB's array, and the C struct that releases it, until the network has taken them.
        BufferAllocator allocator = engine.allocator();
        try {
            ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, engine.batchRows());
            try {
                DuckDbStream stream = new DuckDbStream(connection, sql, statement, result, allocator, reader);
                engine.streamOpened();
                return stream;
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        } catch (IOException e) {
            throw EngineErrors.of(e, sql);
        }
    }

    @Override
    public Schema schema() {
        return decoding.schema();
    }

    @Override
    public boolean loadNextBatch() {
        if (closed) {
            throw new SkyportException(ErrorCode.INVALID_CURSOR_STATE, "the result is closed");
        }
        Interruption interruption = connection.interruption();
        interruption.start();
        interruption.target(connection.fetching());
        try {
            if (interrupted || interruption.requested()) {
                throw new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled");
            }
            return reader.loadNextBatch() && decoding.decode();
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw interrupted
                    ? new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled", e)
                    : connection.failed(e, sql);
        } finally {
            // An interrupt may come when the batch is there already; the connection is closed then all the same.
            interrupted |= interruption.requested();
            interruption.finish();
        }
    }

    @Override
    public VectorSchemaRoot root() {
        return decoding.root();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        connection.interrupt();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            decoding.close();
            reader.close();
            result.close();
            keepStatement();
        } catch (IOException | SQLException e) {
            connection.pooled().discard();
            throw EngineErrors.of(e, sql);
        } finally {
            connection.engine().streamClosed();
            connection.closeAfter(this);
        }
    }

    private void keepStatement() throws SQLException {
        if (failed) {
            statement.close();
        } else {
            statement.done();
        }
    }
}
