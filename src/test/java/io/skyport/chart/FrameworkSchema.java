package io.skyport.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The names of the frameworks' properties as a JSON schema, made of the metadata that they bring. Without types: the server checks values when
 * it starts, but nothing there would tell of a misspelt name.
 */
final class FrameworkSchema {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What of the frameworks this server has; the chart says itself why it does not take some of it. */
    private static final Pattern USED = Pattern.compile("grpc\\.server\\.(?!security).*"
            + "|server\\.(address|compression|error|http2|max-http-request-header-size|port|server-header|shutdown|tomcat).*"
            + "|management\\.(endpoints|health|info|metrics|observations|opentelemetry|otlp|prometheus|server|tracing)\\..*"
            + "|logging\\..*"
            + "|spring\\.(application|lifecycle|main|ssl|task|threads)\\..*");

    /** Whose names depend on the endpoints that there are. */
    private static final List<String> OPEN = List.of("management.endpoint", "management.health");

    private FrameworkSchema() {}

    /** A schema for each of {@code grpc}, {@code logging}, {@code management}, {@code server} and {@code spring}. */
    static Map<String, ObjectNode> sections() throws IOException {
        ObjectNode root = ConfigSchema.object();
        for (Map.Entry<String, String> property : properties().entrySet()) {
            if (OPEN.stream().noneMatch(open -> property.getKey().startsWith(open + "."))) {
                add(root, property.getKey(), property.getValue());
            }
        }
        OPEN.forEach(name -> add(root, name, "java.util.Map"));
        Map<String, ObjectNode> sections = new TreeMap<>();
        root.get("properties")
                .properties()
                .forEach(section -> sections.put(section.getKey(), (ObjectNode) section.getValue()));
        return sections;
    }

    /** Types by name, in the order of the names: a name comes before those below it. */
    private static Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        for (URL file : Collections.list(FrameworkSchema.class.getClassLoader().getResources(METADATA))) {
            for (JsonNode property : read(file).path("properties")) {
                String name = property.path("name").asText();
                if (USED.matcher(name).matches()
                        && !property.has("deprecation")
                        && !property.path("deprecated").asBoolean()) {
                    properties.put(name, property.path("type").asText());
                }
            }
        }
        return properties;
    }

    private static JsonNode read(URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            return JSON.readTree(in);
        }
    }

    private static void add(ObjectNode root, String name, String type) {
        ObjectNode node = root;
        String[] parts = name.split("\\.");
        for (int i = 0; i < parts.length; i++) {
            ObjectNode properties = (ObjectNode) node.get("properties");
            if (properties == null) {
                // Below a map, where anything goes.
                return;
            }
            boolean last = i == parts.length - 1;
            if (!properties.has(parts[i])) {
                properties.set(parts[i], last ? leaf(type) : ConfigSchema.object());
            }
            node = (ObjectNode) properties.get(parts[i]);
        }
    }

    private static ObjectNode leaf(String type) {
        ObjectNode leaf = JSON.createObjectNode();
        return type.startsWith("java.util.Map") ? leaf.put("type", "object") : leaf;
    }
}
