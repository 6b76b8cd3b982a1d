package io.skyport.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/**
 * values.yaml, its schema and README.md say the same: {@code ./mvnw test -Dtest=ValuesTest -Dchart.write=true} writes the parts that
 * are made of others.
 */
class ValuesTest {

    private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");
    private static final Path SCHEMA = Chart.DIRECTORY.resolve("values.schema.json");
    private static final Path README = Chart.DIRECTORY.resolve("README.md");
    private static final Pattern GENERATED =
            Pattern.compile("(<!-- generated: (\\w+) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_readme_describes_every_value_and_every_alert() throws IOException {
        String written = Files.readString(README);
        Map<String, String> parts = Map.of("values", Values.read(VALUES).markdown(), "alerts", alerts());

        String generated = GENERATED
                .matcher(written)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1) + parts.get(part.group(2)) + part.group(4)));
        if (Chart.writes()) {
            Files.writeString(README, generated);
        }

        assertThat(generated)
                .as("-Dtest=ValuesTest -Dchart.write=true writes " + README)
                .isEqualTo(Files.readString(README));
        assertThat(GENERATED.matcher(written).results()).hasSize(parts.size());
    }

    private static String alerts() throws IOException {
        StringBuilder table =
                new StringBuilder("\n| alert | severity | what it says | what to do |\n|---|---|---|---|\n");
        for (JsonNode alert : Chart.documents(Files.readString(Chart.DIRECTORY.resolve("alerts.yaml")))) {
            table.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            alert.path("alert").asText(),
                            alert.path("severity").asText(),
                            alert.path("summary").asText(),
                            alert.path("action").asText()));
        }
        return table.append('\n').toString();
    }

    @Test
    void every_value_has_a_comment() throws IOException {
        assertThat(Values.read(VALUES).entries())
                .filteredOn(entry -> entry.description().isBlank())
                .isEmpty();
    }

    @Test
    void the_schema_knows_every_value_and_no_other() throws IOException {
        JsonNode values = Chart.documents(Files.readString(VALUES)).get(0);
        List<String> differences = new ArrayList<>();
        compare("", values, JSON.readTree(SCHEMA.toFile()), differences);

        assertThat(differences).isEmpty();
    }

    @Test
    void the_schema_takes_the_properties_of_the_server_and_its_frameworks_and_no_other() throws IOException {
        ObjectNode schema = (ObjectNode) JSON.readTree(SCHEMA.toFile());
        ObjectNode definitions = (ObjectNode) schema.get("$defs");
        Map<String, ObjectNode> generated = new TreeMap<>(FrameworkSchema.sections());
        generated.put("skyport", ConfigSchema.skyport());
        if (Chart.writes()) {
            definitions.setAll(generated);
            Files.writeString(SCHEMA, JSON.writer(printer()).writeValueAsString(schema) + "\n");
        }

        assertThat(generated).allSatisfy((name, section) -> {
            assertThat(definitions.path(name).toPrettyString())
                    .as("-Dtest=ValuesTest -Dchart.write=true writes " + SCHEMA)
                    .isEqualTo(section.toPrettyString());
            assertThat(schema.at("/properties/config/properties/" + name + "/$ref")
                            .asText())
                    .isEqualTo("#/$defs/" + name);
        });
    }

    @Test
    void the_chart_installs_the_version_of_the_build()
            throws IOException, ParserConfigurationException, SAXException, XPathExpressionException {
        var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        String version = XPathFactory.newInstance().newXPath().evaluate("/project/version", pom);

        assertThat(Chart.documents(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")))
                        .get(0)
                        .path("appVersion")
                        .asText())
                .isEqualTo(version);
    }

    /** Where the schema is open, or leads elsewhere, anything goes. */
    private static void compare(String path, JsonNode values, JsonNode schema, List<String> differences) {
        if (!schema.path("additionalProperties").isBoolean()) {
            return;
        }
        TreeSet<String> names = new TreeSet<>();
        values.fieldNames().forEachRemaining(names::add);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean needsNoDefault = path.matches("\\.(config|resources|affinity)")
                    || property.getKey().equals("global");
            if (names.remove(property.getKey())) {
                compare(
                        path + "." + property.getKey(),
                        values.path(property.getKey()),
                        property.getValue(),
                        differences);
            } else if (!needsNoDefault) {
                differences.add("only in the schema: " + path + "." + property.getKey());
            }
        }
        names.forEach(name -> differences.add("not in the schema: " + path + "." + name));
    }

    private static DefaultPrettyPrinter printer() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return printer;
    }
}
