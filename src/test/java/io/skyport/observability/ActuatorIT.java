package io.skyport.observability;

import static io.skyport.SkyportServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.SkyportServer;
import io.skyport.security.AccessTokens;
import io.skyport.security.Principal;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActuatorIT {

    private static final String ADMIN = basic(SkyportServer.USER, SkyportServer.PASSWORD);
    private static final String READER = basic(SkyportServer.READER, SkyportServer.READER_PASSWORD);

    private static SkyportServer server;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void probes_need_no_credentials_and_are_told_no_details(String path) {
        HttpResponse<String> health = server.get(path, null);

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"UP\"").doesNotContain("components", "version", "path");
    }

    @Test
    void a_user_sees_the_components_of_health() {
        assertThat(server.get("/actuator/health", READER).body()).contains("\"engine\"", "\"version\"");
        assertThat(server.get("/actuator/health/readiness", READER).body())
                .contains("\"engine\"", "\"readinessState\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/prometheus",
                "/actuator/metrics",
                "/actuator/info",
                "/actuator/env",
                "/",
                "/x"
            })
    void everything_else_needs_credentials(String path) {
        HttpResponse<String> refusal = server.get(path, null);

        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.headers().allValues("WWW-Authenticate")).isNotEmpty();
        assertThat(server.get(path, basic("alice", "wrong")).statusCode()).isEqualTo(401);
        assertThat(server.get(path, basic("nobody", "secret")).statusCode()).isEqualTo(401);
        assertThat(server.get(path, "Bearer wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void a_user_reads_metrics_with_a_password_a_static_token_or_an_access_token() {
        String issued = server.bean(AccessTokens.class)
                .issue(new Principal(SkyportServer.READER, Set.of()))
                .value();

        assertThat(server.get("/actuator/prometheus", READER).statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/prometheus", "Bearer " + SkyportServer.TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/actuator/prometheus", "Bearer " + issued).statusCode())
                .isEqualTo(200);
        assertThat(server.get("/actuator/prometheus", "Bearer " + issued + "x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void only_an_admin_changes_the_server() {
        String path = "/actuator/loggers/io.skyport.nothing";
        String body = "{\"configuredLevel\":\"DEBUG\"}";

        assertThat(server.post(path, body, null).statusCode()).isEqualTo(401);
        assertThat(server.post(path, body, READER).statusCode()).isEqualTo(403);
        assertThat(server.post(path, body, ADMIN).statusCode()).isEqualTo(204);
        assertThat(server.get("/actuator/loggers", READER).statusCode()).isEqualTo(403);
    }

    @Test
    void endpoints_that_show_secrets_do_not_exist() {
        assertThat(server.get("/actuator/env", ADMIN).statusCode()).isEqualTo(404);
        assertThat(server.get("/actuator/heapdump", ADMIN).statusCode()).isEqualTo(404);
        assertThat(server.get("/actuator/configprops", ADMIN).statusCode()).isEqualTo(404);
    }

    @Test
    void statements_show_in_prometheus() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT 42")) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> statement.executeQuery("SELECT nonsense")))
                    .isInstanceOf(SQLException.class);
        }
        String metrics = server.get("/actuator/prometheus", READER).body();

        assertThat(metrics)
                .containsPattern(
                        "skyport_queries_total\\{kind=\"query\",outcome=\"success\",protocol=\"flightsql\"\\} [1-9]")
                .containsPattern(
                        "skyport_query_duration_seconds_bucket\\{kind=\"query\",protocol=\"flightsql\",le=\"1.0\"\\} [1-9]")
                .containsPattern("skyport_rows_total\\{kind=\"query\"\\} [1-9]")
                .containsPattern("skyport_result_bytes_total\\{protocol=\"flightsql\"\\} [1-9]")
                .containsPattern("skyport_errors_total\\{sqlstate=\"42703\"\\} [1-9]")
                .containsPattern("skyport_streams_active 0\\.0")
                .containsPattern("skyport_sessions_active\\{protocol=\"flightsql\"\\} [1-9]")
                .containsPattern("skyport_plan_cache_misses_total [1-9]")
                .containsPattern("skyport_plan_cache_hits_total [1-9]");
    }

    @Test
    void memory_and_connections_show_in_prometheus() {
        assertThat(server.get("/actuator/prometheus", READER).body())
                .contains("\nskyport_arrow_memory_bytes ", "\nskyport_arrow_memory_peak_bytes ")
                .contains("\nskyport_engine_memory_bytes ")
                .contains("\nskyport_flightsql_connections ")
                .contains("\nskyport_flydb_connections ")
                // The query history may be writing.
                .containsPattern("\nskyport_engine_connections_active [01]\\.0")
                .contains("\nskyport_engine_connections_limit 256.0");
    }

    @Test
    void grpc_calls_are_measured_once() throws SQLException {
        server.connect().close();
        String metrics = server.get("/actuator/prometheus", READER).body();

        assertThat(metrics).contains("grpc_server_call_duration_seconds");
        assertThat(metrics).doesNotContain("grpc_server_processing", "grpc_server_requests", "grpc_server_responses");
        assertThat(metrics).doesNotContainPattern("(?m)^grpc_server_seconds");
    }
}
