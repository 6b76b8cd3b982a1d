package io.skyport.flightsql;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What the rest of the server may know of the gRPC server. Thread-safe. */
public final class FlightServerState {

    private static final int NOT_STARTED = -1;

    private final AtomicInteger connections = new AtomicInteger();
    private final Consumer<Boolean> health;
    private volatile int port = NOT_STARTED;

    /** @param health told whether clients should come */
    FlightServerState(Consumer<Boolean> health) {
        this.health = health;
    }

    /** Says by gRPC's health service whether clients should come. */
    public void ready(boolean ready) {
        health.accept(ready);
    }

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
