package io.skyport.engine;

import java.util.Map;

/** What the engine holds now. Thread-safe. */
public interface EngineGauges {

    /** Connections that are leased. */
    int activeConnections();

    /** {@code skyport.engine.max-connections}. */
    int maxConnections();

    /** Results that are being streamed. */
    int openStreams();

    /** Bytes of memory that DuckDB holds, or -1 while it is not available. Costs a statement of its own, 0.1 ms. */
    long memoryUsed();

    /** Bytes of memory that DuckDB may hold before it spills ({@code skyport.engine.memory-limit}). */
    long memoryLimit();

    /** Bytes of the files that DuckDB spills to, or -1 while it is not available. Costs a statement, as {@link #memoryUsed()}. */
    long spilled();

    /**
     * Bytes of each database's files, by its name.
     *
     * @throws io.skyport.error.SkyportException 58030 if they cannot be looked at
     */
    Map<String, Long> databaseSizes();

    /** Bytes of rows that the server put aside on disk. */
    long spooled();

    /** {@code skyport.engine.max-spooled-size}, in bytes. */
    long maxSpooled();
}
