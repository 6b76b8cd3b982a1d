package io.skyport.observability;

import io.skyport.engine.Engine;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Down while the engine reopens after a fatal error: then no statement can run. */
final class EngineHealth extends AbstractHealthIndicator {

    private final Engine engine;

    EngineHealth(Engine engine) {
        this.engine = engine;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.status(engine.available() ? "UP" : "DOWN").withDetail("version", engine.version());
    }
}
