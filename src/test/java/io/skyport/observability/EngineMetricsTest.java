package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EngineMetrics metrics = new EngineMetrics(registry);

    @Test
    void waiting_for_and_holding_connections_is_measured() {
        metrics.connectionLeased(Duration.ofMillis(20));
        metrics.connectionReturned(Duration.ofMillis(500));
        metrics.connectionRefused();

        assertThat(registry.scrape())
                .contains("skyport_engine_connection_wait_seconds_bucket{le=\"0.01\"} 0")
                .contains("skyport_engine_connection_wait_seconds_bucket{le=\"0.1\"} 1")
                .contains("skyport_engine_connection_lease_seconds_sum 0.5")
                .contains("skyport_engine_connections_refused_total 1.0");
    }

    @Test
    void reopenings_are_counted() {
        SkyportException cause = new SkyportException(ErrorCode.ENGINE_INVALIDATED, "fatal");

        metrics.reopening(cause);
        metrics.reopenFailed(cause);
        metrics.reopened(Duration.ofSeconds(1));

        assertThat(registry.scrape())
                .contains("skyport_engine_reopenings_total 1.0")
                .contains("skyport_engine_reopenings_failed_total 1.0");
    }
}
