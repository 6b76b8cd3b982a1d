package io.skyport.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * values.yaml with its comments. A comment directly above a key describes it; {@code # -- Title} begins a section. A mapping whose keys
 * have no comments is a value as a whole.
 *
 * @param entries in the order of the file
 */
record Values(List<Entry> entries) {

    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):.*");
    private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
    private static final String SECTION = "-- ";
    private static final int INDENT = 2;

    /**
     * A value.
     *
     * @param section the title above it
     * @param name with dots between its parts
     * @param description empty if it has none
     * @param defaultValue as JSON
     */
    record Entry(String section, String name, String description, String defaultValue) {}

    static Values read(Path file) throws IOException {
        JsonNode values = Chart.documents(Files.readString(file)).get(0);
        return new Values(entries(Files.readAllLines(file), values));
    }

    private static List<Entry> entries(List<String> lines, JsonNode values) {
        List<Entry> entries = new ArrayList<>();
        List<String> path = new ArrayList<>();
        String section = "";
        StringBuilder comment = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher key = KEY.matcher(line);
            Matcher text = COMMENT.matcher(line);
            if (text.matches()) {
                comment.append(comment.isEmpty() ? "" : " ").append(text.group(1));
            } else if (line.isBlank()) {
                section = comment.indexOf(SECTION) == 0 ? comment.substring(SECTION.length()) : section;
                comment.setLength(0);
            } else if (key.matches()) {
                int depth = key.group(1).length() / INDENT;
                path.subList(depth, path.size()).clear();
                path.add(key.group(2));
                boolean below = i + 1 < lines.size()
                        && COMMENT.matcher(lines.get(i + 1)).matches()
                        && deeper(line, lines.get(i + 1));
                String name = String.join(".", path);
                if (!below && entries.stream().noneMatch(entry -> name.startsWith(entry.name() + "."))) {
                    JsonNode value = values.at("/" + String.join("/", path));
                    entries.add(new Entry(section, name, comment.toString(), json(value)));
                }
                comment.setLength(0);
            }
        }
        return entries;
    }

    /** A table for each section. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Entry entry : entries) {
            if (!entry.section().equals(section)) {
                section = entry.section();
                text.append("\n### ").append(section).append("\n\n| value | default | what it is |\n|---|---|---|\n");
            }
            text.append("| `%s` | `%s` | %s |%n"
                    .formatted(
                            entry.name(),
                            entry.defaultValue(),
                            entry.description().replace("|", "\\|")));
        }
        return text.append('\n').toString();
    }

    private static boolean deeper(String line, String next) {
        return next.indexOf('#') > line.length() - line.stripLeading().length();
    }

    private static String json(JsonNode value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
