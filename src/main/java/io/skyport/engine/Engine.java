package io.skyport.engine;

import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The engine: one DuckDB in this process with every database attached by name.
 *
 * <p>Thread-safe. After a fatal error ({@link io.skyport.error.ErrorCode#ENGINE_INVALIDATED}) it reopens itself; until
 * then {@link #acquire()} fails with 57P03 and {@link #available()} is false.
 */
public interface Engine extends Connections, AutoCloseable {

    /** The database that exists from the first start. */
    String DEFAULT_DATABASE = "default";

    /** The database of a session's own, which every connection has and only {@link #hold} keeps. */
    String TEMPORARY_DATABASE = "temp";

    /** The server's own database: its file stands beside the others, and no SQL of clients names what is in it. */
    String SYSTEM_DATABASE = "_system";

    /** The schema every database has. */
    String DEFAULT_SCHEMA = "main";

    /**
     * Leases a connection to keep.
     *
     * @throws io.skyport.error.SkyportException 53300 if all connections stay taken, 57P03 while reopening
     */
    EngineHold hold();

    /**
     * Where batches of {@code schema} can be put aside on disk.
     *
     * @throws io.skyport.error.SkyportException 58030 if there is no place
     */
    Spool spool(Schema schema);

    /**
     * Creates a database: a file of its own, attached under its name. It is there for every statement that begins now and
     * after every restart.
     *
     * @throws io.skyport.error.SkyportException 22023 if the name cannot be a database's, 42P04 if it is one's, 53400 if
     *     there are {@code skyport.engine.max-databases}
     */
    void createDatabase(String name);

    /**
     * Drops a database and deletes its files.
     *
     * @throws io.skyport.error.SkyportException 3D000 if there is none, 2BP01 for {@link #DEFAULT_DATABASE}, 55006 if
     *     statements that run, or transactions that are open, use it
     */
    void dropDatabase(String name);

    /**
     * To be asked before something is written that needs room on the disk.
     *
     * @throws io.skyport.error.SkyportException 53100 if less than {@code skyport.engine.min-free-space} is left
     */
    void requireSpace();

    /**
     * Lets the engine's SQL read a table as {@link LiveTable#function()}, from now on and also after the engine was reopened.
     *
     * @throws io.skyport.error.SkyportException if the engine does not take it
     */
    void publish(LiveTable table);

    /** Whether statements can run now. */
    boolean available();

    /** The DuckDB version that runs, for example {@code v1.5.6}. */
    String version();

    @Override
    void close();
}
