package io.skyport.flightsql;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** What the rest of the server may know of the gRPC server. Thread-safe. */
public final class FlightServerState {

    private static final int NOT_STARTED = -1;

    private final AtomicInteger connections = new AtomicInteger();
    private volatile int port = NOT_STARTED;

    /** The port it listens on, once it does. */
    public OptionalInt port() {
        return port == NOT_STARTED ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.get();
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void started(int boundPort) {
        port = boundPort;
    }
}
