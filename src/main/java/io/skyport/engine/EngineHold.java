package io.skyport.engine;

/**
 * One connection of the engine that is kept from statement to statement, for temporary objects and open transactions.
 *
 * <p>Its leases are turns: one at a time, whoever comes meanwhile waits. A result of which a part is unread gives its turn
 * up as soon as another statement wants it: its rows are put aside on disk, so that a client may run statements while it
 * reads. While a transaction is open, every turn is in it. A cancelled statement leaves the connection as it is.
 * Thread-safe.
 */
public interface EngineHold extends Connections, AutoCloseable {

    /** Opens a transaction, which lasts from turn to turn. */
    void begin();

    /** Ends the transaction; it is over also if this fails. */
    void commit();

    /** Undoes what the transaction did, whatever state it is in. */
    void rollback();

    /** Whether a transaction is open. */
    boolean inTransaction();

    /**
     * Whether nothing will run here any more and everything temporary is gone: it was closed, or the engine was reopened.
     */
    boolean lost();

    /** Stops what runs, rolls an open transaction back and gives the connection up, with everything temporary. Does not wait. */
    @Override
    void close();
}
