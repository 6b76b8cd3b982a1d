package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skyport.error.ErrorCode;
import io.skyport.session.Caller;
import io.skyport.session.FinishedStatement;
import io.skyport.sql.StatementKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionMetricsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SessionMetrics metrics = new SessionMetrics(registry);

    @Test
    void statements_are_counted_by_kind_and_outcome() {
        finish(StatementKind.QUERY, null, 10, 80);
        finish(StatementKind.QUERY, null, 5, 40);
        finish(StatementKind.DML, ErrorCode.UNIQUE_VIOLATION, 0, 0);
        finish(StatementKind.QUERY, ErrorCode.QUERY_CANCELED, 3, 24);
        finish(null, ErrorCode.SYNTAX_ERROR, 0, 0);

        assertThat(registry.scrape())
                .contains("skyport_queries_total{kind=\"query\",outcome=\"success\"} 2.0")
                .contains("skyport_queries_total{kind=\"dml\",outcome=\"error\"} 1.0")
                .contains("skyport_queries_total{kind=\"query\",outcome=\"cancelled\"} 1.0")
                .contains("skyport_queries_total{kind=\"unknown\",outcome=\"error\"} 1.0")
                .contains("skyport_rows_total{kind=\"query\"} 18.0")
                .contains("skyport_result_bytes_total 144.0")
                .contains("skyport_errors_total{sqlstate=\"23505\"} 1.0")
                .contains("skyport_errors_total{sqlstate=\"42601\"} 1.0");
    }

    @Test
    void durations_are_a_histogram_in_seconds() {
        finish(StatementKind.QUERY, null, 1, 8);

        assertThat(registry.scrape())
                .contains("skyport_query_duration_seconds_bucket{kind=\"query\",le=\"0.05\"} 1")
                .contains("skyport_query_duration_seconds_bucket{kind=\"query\",le=\"0.01\"} 0")
                .contains("skyport_query_duration_seconds_sum{kind=\"query\"} 0.02");
    }

    @Test
    void active_streams_go_up_and_down() {
        metrics.streamOpened();
        metrics.streamOpened();
        metrics.streamClosed();

        assertThat(registry.scrape()).contains("skyport_streams_active 1.0");
    }

    private void finish(@Nullable StatementKind kind, @Nullable ErrorCode error, long rows, long bytes) {
        metrics.statementFinished(new FinishedStatement(
                "q-1",
                "s-1",
                "alice",
                Caller.INTERNAL,
                "SELECT 1",
                kind,
                error,
                Instant.EPOCH,
                new FinishedStatement.Times(0, 0, 0, 0, 20_000_000),
                rows,
                bytes));
    }
}
