package io.skyport.engine;

/** Where statements get their connection: of the engine's any, or the one that a session keeps. Thread-safe. */
public interface Connections {

    /**
     * Leases a connection, waiting at most {@code skyport.engine.acquire-timeout}.
     *
     * @throws io.skyport.error.SkyportException 53300 if all connections stay taken, 57P03 while reopening
     */
    EngineConnection acquire();
}
