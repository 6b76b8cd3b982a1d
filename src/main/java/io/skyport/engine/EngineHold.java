package io.skyport.engine;

/**
 * One connection of the engine that is kept from statement to statement, for temporary objects and open transactions.
 *
 * <p>Its leases are turns: one at a time, whoever comes meanwhile waits. The rows of a query do not take a turn while they
 * are read: they are kept in a temporary table of the engine (which spills to disk) until their stream is closed, so that
 * a client may run statements while it reads. What other statements answer, such as EXPLAIN, is read at once; only the rest
 * of a large answer holds the turn until its end. A cancelled statement leaves the connection as it is. Thread-safe.
 */
public interface EngineHold extends Connections, AutoCloseable {

    /** Whether the engine was reopened, so that everything temporary is gone and nothing will run here any more. */
    boolean lost();

    /** Stops what runs and gives the connection up, with everything temporary. Does not wait. */
    @Override
    void close();
}
