package io.skyport.observability;

import java.util.Set;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** Out of service while something keeps clients from coming: the same that gRPC's health service says. */
final class TrafficHealth extends AbstractHealthIndicator {

    private final Obstacles obstacles;

    TrafficHealth(Obstacles obstacles) {
        this.obstacles = obstacles;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Set<String> now = obstacles.now().get();
        health.status(now.isEmpty() ? Status.UP : Status.OUT_OF_SERVICE).withDetail("obstacles", now);
    }
}
