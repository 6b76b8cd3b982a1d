package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;

/** DuckDB in this process: one instance with every database attached, and a bounded pool of its connections. */
public final class DuckDbEngine implements Engine {

    private final EngineProperties properties;
    private final BufferAllocator allocator;
    private final Semaphore permits;
    private final DuckDbInstance instance;

    /**
     * Opens every database under {@code dataDirectory}, creating the directory and {@code default} if they are missing.
     *
     * @param allocator parent of every stream's allocator
     */
    public DuckDbEngine(Path dataDirectory, EngineProperties properties, BufferAllocator allocator) {
        this.properties = properties;
        this.allocator = allocator;
        this.permits = new Semaphore(properties.maxConnections(), true);
        this.instance = DuckDbInstance.open(dataDirectory, properties);
    }

    @Override
    public EngineConnection acquire() {
        try {
            if (!permits.tryAcquire(properties.acquireTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SkyportException(ErrorCode.TOO_MANY_CONNECTIONS, "all engine connections are taken");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "interrupted while waiting for a connection", e);
        }
        return new DuckDbConnection(this, instance.take());
    }

    void release(PooledConnection connection, boolean reusable) {
        if (reusable) {
            instance.give(connection);
        } else {
            connection.close();
        }
        permits.release();
    }

    EngineProperties properties() {
        return properties;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    @Override
    public boolean available() {
        return instance.isOpen();
    }

    @Override
    public String version() {
        return instance.version();
    }

    @Override
    public void close() {
        instance.close();
    }
}
