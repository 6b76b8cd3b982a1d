package io.skyport.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The chart as Helm renders it, for a release {@code db} in the namespace {@code data}. */
public final class Chart {

    static final Path DIRECTORY = Path.of("helm/skyport");

    /** The values of each test and what they render to. */
    static final Path FIXTURES = Path.of("src/test/resources/chart");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String RELEASE = "db";
    private static final String NAMESPACE = "data";
    private static final String KUBERNETES = "1.31.0";

    private Chart() {}

    /**
     * All objects, the pod of {@code helm test} included.
     *
     * @throws IllegalStateException with Helm's words, if the chart refuses the values
     */
    public static String manifests(Path values) {
        Path copy = withoutHooks();
        try {
            return new Helm(copy)
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES)
                    .withValuesFile(values)
                    .call();
        } finally {
            delete(copy);
        }
    }

    /** What Helm tells the operator after it has installed the chart. */
    static String notes(Path values) {
        String output = new Helm(DIRECTORY)
                .install()
                .clientOnly()
                .dryRun()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .call()
                .getOutput();
        return output.substring(output.indexOf("NOTES:") + "NOTES:".length()).strip() + "\n";
    }

    /** The documents of a YAML text. */
    public static List<JsonNode> documents(String yaml) {
        try {
            List<JsonNode> documents = new ArrayList<>();
            YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).forEachRemaining(documents::add);
            documents.removeIf(document -> document.isNull() || document.isMissingNode());
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value sets that the chart accepts. */
    public static Stream<Path> valueSets() throws IOException {
        return files("values");
    }

    /** Files of a folder of {@link #FIXTURES}, in order. */
    static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(folder))) {
            return files.sorted().toList().stream();
        }
    }

    /** Whether {@code -Dchart.write=true} asks tests to write what they would compare. */
    static boolean writes() {
        return Boolean.getBoolean("chart.write");
    }

    /** {@code template} leaves hooks out, and no annotation makes none. */
    private static Path withoutHooks() {
        try {
            Path copy = Files.createTempDirectory("chart").resolve("skyport");
            FileSystemUtils.copyRecursively(DIRECTORY, copy);
            Path pod = copy.resolve("templates/tests/connection.yaml");
            Files.writeString(pod, Files.readString(pod).replace("helm.sh/hook", "helm.sh/no-hook"));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path copy) {
        try {
            FileSystemUtils.deleteRecursively(copy.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
