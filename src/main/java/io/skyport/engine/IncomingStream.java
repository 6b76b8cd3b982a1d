package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** An Arrow stream as DuckDB reads it: a temporary view of one connection over Arrow's C stream interface. */
final class IncomingStream implements AutoCloseable {

    private final CheckedReader reader;
    private final ArrowArrayStream stream;
    private boolean registered;

    IncomingStream(BufferAllocator allocator, ArrowReader input, BooleanSupplier interrupted) {
        this.reader = new CheckedReader(allocator, input, interrupted);
        this.stream = ArrowArrayStream.allocateNew(allocator);
        Data.exportArrayStream(allocator, reader, stream);
    }

    void register(PooledConnection connection, String name) throws SQLException {
        try {
            connection.duckdb().registerArrowStream(name, stream);
            registered = true;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The view points to memory that is freed next, so a connection that keeps it is not used again. */
    void unregister(PooledConnection connection, String name) {
        if (!registered) {
            return;
        }
        try {
            connection.run("DROP VIEW IF EXISTS temp.main." + Sql.identifier(name));
        } catch (SQLException inFailedTransaction) {
            connection.discard();
        }
    }

    /** The input's own failure, if it had one: DuckDB's error only repeats its stack trace. */
    @Nullable
    SkyportException failure() {
        @Nullable Exception own = reader.failure();
        if (own == null || own instanceof SkyportException) {
            return (SkyportException) own;
        }
        return new SkyportException(ErrorCode.DATA_EXCEPTION, "the input stream failed: " + own.getMessage(), own);
    }

    @Override
    public void close() {
        stream.release();
        stream.close();
    }
}
