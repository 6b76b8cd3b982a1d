package io.skyport.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skyport.SkyportServer;
import io.skyport.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queries of the dashboard and of the alerts ask for metrics that are there, by labels that they have. */
class MonitoringIT {

    /** What the ServiceMonitor's scrape adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "namespace", "service", "pod", "instance");

    /** Functions for what only grows. */
    private static final Set<String> OF_COUNTERS = Set.of("rate", "irate", "increase");

    /** Functions of a range of time. */
    private static final Set<String> OF_RANGES = Set.of(
            "rate",
            "irate",
            "increase",
            "changes",
            "resets",
            "delta",
            "predict_linear",
            "max_over_time",
            "avg_over_time");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Metrics metrics;

    @BeforeAll
    static void scrape(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "shown");
        try (SkyportServer server = SkyportServer.start(certificate.asBundle("shown"))) {
            // A collection, so that its metrics are there.
            System.gc();
            metrics = Metrics.documented()
                    .with(server.get("/actuator/prometheus", "Bearer " + SkyportServer.TOKEN)
                            .body());
        }
    }

    @Test
    void every_query_of_the_dashboard_has_an_answer() throws IOException {
        JsonNode dashboard =
                JSON.readTree(Chart.DIRECTORY.resolve("dashboards/skyport.json").toFile());
        List<String> queries = new ArrayList<>();
        dashboard.findValues("expr").forEach(expression -> queries.add(expression.asText()));

        assertThat(queries).hasSizeGreaterThan(50).allSatisfy(MonitoringIT::check);
        assertThat(queries).allMatch(query -> query.contains("namespace=\"$namespace\""));
        assertThat(dashboard.findValues("definition"))
                .allMatch(variable -> variable.asText().startsWith("label_values(skyport_build_info"));
        assertThat(metrics.series()).containsKey("skyport_build_info");
    }

    @Test
    void every_panel_has_a_number_and_a_place_of_its_own() throws IOException {
        JsonNode panels = JSON.readTree(
                        Chart.DIRECTORY.resolve("dashboards/skyport.json").toFile())
                .path("panels");
        Set<Integer> numbers = new HashSet<>();
        Set<String> places = new HashSet<>();

        assertThat(panels).allSatisfy(panel -> {
            JsonNode place = panel.path("gridPos");
            assertThat(numbers.add(panel.path("id").asInt())).isTrue();
            assertThat(places.add(place.path("x") + "," + place.path("y"))).isTrue();
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
        });
    }

    @Test
    void every_alert_can_fire() {
        List<JsonNode> rules =
                Chart.documents(Chart.manifests(Path.of("src/test/resources/chart/values/alerts.yaml"))).stream()
                        .filter(object -> object.path("kind").asText().equals("PrometheusRule"))
                        .flatMap(object -> object.findValues("rules").stream())
                        .flatMap(list -> {
                            List<JsonNode> elements = new ArrayList<>();
                            list.forEach(elements::add);
                            return elements.stream();
                        })
                        .toList();

        assertThat(rules).hasSizeGreaterThan(15).allSatisfy(rule -> {
            String expression = rule.path("expr").asText();
            check(expression);
            assertThat(expression).doesNotContain("$");
            assertThat(expression.split("\\{").length).isEqualTo(expression.split("service=\"db-skyport\"").length);
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skyport_querys_total",
                "jvm_memory_uzed_bytes",
                "skyport_queries_total{knid=\"query\"}",
                "sum by (knid) (rate(skyport_queries_total[5m]))",
                "rate(skyport_ready[5m])",
                "rate(skyport_queries_total)",
                "skyport_ready[5m]",
                "histogram_quantile(0.9, rate(skyport_query_duration_seconds_sum[5m]))",
                "rates(skyport_queries_total[5m])",
                "sum(skyport_ready",
                "skyport_ready =! 1",
                "skyport_ready 1",
                "skyport_ready[five]",
                "skyport_ready{kind=query}"
            })
    void a_query_without_an_answer_would_be_found(String query) {
        assertThatThrownBy(() -> check(query)).isNotNull();
    }

    private static void check(String expression) {
        PromQl.Query query = PromQl.parse(expression);
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        assertThat(query.selectors()).as(expression).isNotEmpty();
        for (PromQl.Selector selector : query.selectors()) {
            Metrics.Series series = metrics.series().get(selector.metric());
            assertThat(series).as(selector.metric() + " in " + expression).isNotNull();
            labels.addAll(series.labels());
            Set<String> choosable = new HashSet<>(series.labels());
            choosable.addAll(OF_PROMETHEUS);
            assertThat(choosable).as(expression).containsAll(selector.labels());
            assertThat(selector.range()).as(expression).isEqualTo(OF_RANGES.contains(selector.function()));
            assertThat(series.counter() || !OF_COUNTERS.contains(selector.function()))
                    .as(selector.metric() + " is no counter")
                    .isTrue();
            assertThat(expression.contains("histogram_quantile")
                            && !selector.metric().endsWith("_bucket"))
                    .as(expression)
                    .isFalse();
        }
        assertThat(labels).as(expression).containsAll(query.groupings());
    }
}
