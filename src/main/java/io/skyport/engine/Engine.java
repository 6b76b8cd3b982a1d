package io.skyport.engine;

/**
 * The engine: one DuckDB in this process with every database attached by name.
 *
 * <p>Thread-safe. After a fatal error ({@link io.skyport.error.ErrorCode#ENGINE_INVALIDATED}) it reopens itself; until
 * then {@link #acquire()} fails with 57P03 and {@link #available()} is false.
 */
public interface Engine extends AutoCloseable {

    /** The database that exists from the first start. */
    String DEFAULT_DATABASE = "default";

    /** The schema every database has. */
    String DEFAULT_SCHEMA = "main";

    /**
     * Leases a connection, waiting at most {@code skyport.engine.acquire-timeout}.
     *
     * @throws io.skyport.error.SkyportException 53300 if all connections stay taken, 57P03 while reopening
     */
    EngineConnection acquire();

    /** Whether statements can run now. */
    boolean available();

    /** The DuckDB version that runs, for example {@code v1.5.6}. */
    String version();

    @Override
    void close();
}
