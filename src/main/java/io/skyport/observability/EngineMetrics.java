package io.skyport.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.skyport.engine.EngineListener;
import io.skyport.error.SkyportException;
import java.time.Duration;

/** Counts what happens to the engine's connections and how often it had to be reopened. */
final class EngineMetrics implements EngineListener {

    private final Timer waited;
    private final Timer held;
    private final Counter refused;
    private final Counter reopenings;
    private final Counter failedReopenings;

    EngineMetrics(MeterRegistry registry) {
        waited = Histograms.timer(
                        "skyport.engine.connection.wait", "How long statements waited for a connection of the engine")
                .register(registry);
        held = Histograms.timer(
                        "skyport.engine.connection.lease",
                        "How long statements and results held a connection of the engine")
                .register(registry);
        refused = Counter.builder("skyport.engine.connections.refused")
                .description("Statements that got no connection of the engine in time")
                .register(registry);
        reopenings = Counter.builder("skyport.engine.reopenings")
                .description("How often the engine was invalid and had to be reopened")
                .register(registry);
        failedReopenings = Counter.builder("skyport.engine.reopenings.failed")
                .description("Attempts to reopen the engine that failed")
                .register(registry);
    }

    @Override
    public void connectionLeased(Duration wait) {
        waited.record(wait);
    }

    @Override
    public void connectionReturned(Duration lease) {
        held.record(lease);
    }

    @Override
    public void connectionRefused() {
        refused.increment();
    }

    @Override
    public void reopening(SkyportException cause) {
        reopenings.increment();
    }

    @Override
    public void reopenFailed(SkyportException cause) {
        failedReopenings.increment();
    }
}
