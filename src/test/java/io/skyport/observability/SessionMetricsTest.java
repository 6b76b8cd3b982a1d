package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skyport.error.ErrorCode;
import io.skyport.session.Caller;
import io.skyport.session.FinishedStatement;
import io.skyport.session.FinishedStatement.Times;
import io.skyport.session.Protocol;
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
        finish(StatementKind.QUERY, ErrorCode.STATEMENT_TIMEOUT, 0, 0);
        finish(null, ErrorCode.SYNTAX_ERROR, 0, 0);

        assertThat(registry.scrape())
                .contains("skyport_queries_total{kind=\"query\",outcome=\"success\",protocol=\"flydb\"} 2.0")
                .contains("skyport_queries_total{kind=\"dml\",outcome=\"error\",protocol=\"flydb\"} 1.0")
                .contains("skyport_queries_total{kind=\"query\",outcome=\"cancelled\",protocol=\"flydb\"} 1.0")
                .contains("skyport_queries_total{kind=\"query\",outcome=\"timeout\",protocol=\"flydb\"} 1.0")
                .contains("skyport_queries_total{kind=\"unknown\",outcome=\"error\",protocol=\"flydb\"} 1.0")
                .contains("skyport_rows_total{kind=\"query\"} 18.0")
                .contains("skyport_result_bytes_total{protocol=\"flydb\"} 144.0")
                .contains("skyport_result_bytes_total{protocol=\"flightsql\"} 0.0")
                .contains("skyport_errors_total{sqlstate=\"23505\"} 1.0")
                .contains("skyport_errors_total{sqlstate=\"42601\"} 1.0");
    }

    @Test
    void durations_are_histograms_in_seconds() {
        finish(StatementKind.QUERY, null, 1, 8);

        assertThat(registry.scrape())
                .contains("skyport_query_duration_seconds_bucket{kind=\"query\",protocol=\"flydb\",le=\"0.025\"} 1")
                .contains("skyport_query_duration_seconds_bucket{kind=\"query\",protocol=\"flydb\",le=\"0.01\"} 0")
                .contains("skyport_query_duration_seconds_sum{kind=\"query\",protocol=\"flydb\"} 0.02")
                .contains("skyport_query_compile_seconds_sum 0.001")
                .contains("skyport_query_queue_seconds_sum 0.002")
                .contains("skyport_query_engine_seconds_sum 0.003")
                .contains("skyport_query_first_batch_seconds_sum 0.004");
    }

    @Test
    void a_phase_that_there_was_not_is_not_counted() {
        metrics.statementFinished(
                finished(StatementKind.SESSION, null, new Times(0, 0, 0, FinishedStatement.NONE, 1_000_000), 0, 0));

        assertThat(registry.scrape())
                .contains("skyport_query_queue_seconds_count 0")
                .contains("skyport_query_first_batch_seconds_count 0");
    }

    @Test
    void active_streams_go_up_and_down() {
        metrics.streamOpened();
        metrics.streamOpened();
        metrics.streamClosed();

        assertThat(registry.scrape()).contains("skyport_streams_active 1.0");
    }

    private void finish(@Nullable StatementKind kind, @Nullable ErrorCode error, long rows, long bytes) {
        Times times = new Times(1_000_000, 2_000_000, 3_000_000, 4_000_000, 20_000_000);
        metrics.statementFinished(finished(kind, error, times, rows, bytes));
    }

    private static FinishedStatement finished(
            @Nullable StatementKind kind, @Nullable ErrorCode error, Times times, long rows, long bytes) {
        Caller caller = new Caller(Protocol.FLYDB, null);
        return new FinishedStatement(
                "q-1", "s-1", "alice", caller, "SELECT 1", kind, error, Instant.EPOCH, times, rows, bytes);
    }
}
