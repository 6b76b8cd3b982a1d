package io.skyport.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm makes of the chart: {@code ./mvnw test -Dtest=ChartTest -Dchart.write=true} writes the golden files anew. */
class ChartTest {

    /** Those of the restricted profile that the chart has a use for. */
    private static final List<String> ALLOWED_VOLUMES =
            List.of("configMap", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void helm_finds_nothing_to_complain_of() {
        LintResult result = new Helm(Chart.DIRECTORY).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.matches(".*\\[(WARNING|ERROR)].*"));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void values_render_to_what_is_in_the_golden_file(Path values) throws IOException {
        Path golden = Chart.FIXTURES.resolve("golden").resolve(values.getFileName());
        String rendered = withoutDashboard(Chart.manifests(values)) + "---\n# NOTES.txt\n"
                + Chart.notes(values).replaceAll("(?m)^(?=.)", "# ").replaceAll("(?m)^$(?=\n.)", "#");
        if (Chart.writes()) {
            Files.writeString(golden, rendered);
        }

        assertThat(rendered)
                .as("-Dtest=ChartTest -Dchart.write=true writes " + golden)
                .isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void every_object_has_only_fields_that_its_kind_has(Path values) {
        assertThat(Chart.documents(Chart.manifests(values))).isNotEmpty().allSatisfy(Kinds::check);
    }

    @Test
    void a_misspelt_field_is_found_at_any_depth() throws IOException {
        JsonNode set = Chart.documents(
                        Chart.manifests(Chart.valueSets().findFirst().orElseThrow()))
                .stream()
                .filter(object -> object.path("kind").asText().equals("StatefulSet"))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) set.at("/spec/template/spec/containers/0/readinessProbe/grpc")).put("servise", "x");

        assertThatThrownBy(() -> Kinds.check(set)).hasMessageContaining("servise");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void pods_keep_to_the_restricted_profile(Path values) {
        List<JsonNode> pods = Chart.documents(Chart.manifests(values)).stream()
                .filter(object -> object.path("kind").asText().matches("StatefulSet|Pod"))
                .map(object -> object.path("kind").asText().equals("Pod")
                        ? object.path("spec")
                        : object.at("/spec/template/spec"))
                .toList();

        assertThat(pods).hasSize(2).allSatisfy(pod -> {
            JsonNode container = pod.at("/containers/0");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(container.at("/securityContext/allowPrivilegeEscalation"))
                    .isEqualTo(BooleanNode.FALSE);
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(pod.path("automountServiceAccountToken")).isEqualTo(BooleanNode.FALSE);
            assertThat(pod.path("volumes"))
                    .allMatch(volume -> ALLOWED_VOLUMES.stream().anyMatch(volume::has));
        });
    }

    @Test
    void there_is_a_golden_file_for_each_of_at_least_twelve_value_sets_and_no_other() throws IOException {
        assertThat(Chart.files("golden").map(Path::getFileName))
                .containsExactlyElementsOf(
                        Chart.valueSets().map(Path::getFileName).toList())
                .hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("refusedSets")
    void values_that_cannot_work_are_refused_with_the_reason(Path values) throws IOException {
        String reason = Files.readAllLines(values).get(0).replaceFirst("# ", "");

        Throwable refusal = catchThrowable(() -> Chart.manifests(values));

        assertThat(refusal).hasMessageContaining(reason);
    }

    /** It is a file of the chart already. */
    private static String withoutDashboard(String manifests) throws IOException {
        String file = Files.readString(Chart.DIRECTORY.resolve("dashboards/skyport.json"));
        return manifests.replace(file.replaceAll("(?m)^", "    "), "    (dashboards/skyport.json)\n");
    }

    @Test
    void the_examples_of_the_installation_guide_are_values_of_the_chart(@TempDir Path directory) throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("docs/install.md")))
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(5).allSatisfy(example -> {
            Path values = Files.writeString(directory.resolve("values.yaml"), example);
            assertThat(Chart.documents(Chart.manifests(values))).isNotEmpty().allSatisfy(Kinds::check);
        });
    }

    static Stream<Path> valueSets() throws IOException {
        return Chart.valueSets();
    }

    static Stream<Path> refusedSets() throws IOException {
        return Chart.files("refused");
    }
}
