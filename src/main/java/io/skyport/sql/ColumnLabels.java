package io.skyport.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of columns without a name, as the engine makes them of their text. They depend on nothing but the text, and are
 * kept: asking takes as long as all else that compiling a statement takes. Thread-safe.
 */
final class ColumnLabels {

    /** The engine's text of what it has read, empty for what it cannot read alone. Reads no table: planned once. */
    private static final String READ_BACK = "SELECT CASE WHEN json_extract_string(s, '$.error') = 'true' THEN ''"
            + " ELSE json_deserialize_sql(s) END"
            + " FROM (SELECT json_serialize_sql(unnest(CAST($1 AS VARCHAR[]))) AS s)";

    private static final String SELECT = "SELECT ";

    /** Labels of casts have a blank there. */
    private static final Pattern DECIMAL_TYPE = Pattern.compile("( AS DECIMAL\\(\\d+),(\\d+\\))");

    private static final Pattern QUOTED_TEXT_TYPE = Pattern.compile("\"(VARCHAR\\(\\d+\\))\"");

    /** Longer texts are hardly written twice. */
    private static final int MOST_CHARACTERS = 1_000;

    private final Cache<String, String> known;

    /** @param most labels that are kept */
    ColumnLabels(int most) {
        this.known =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    /**
     * The labels of columns, by what they are given by; empty for what the engine cannot read alone. To be called without
     * holding a connection.
     */
    Map<Integer, String> of(Map<Integer, String> columns, Connections engine) {
        Map<Integer, String> labels = new HashMap<>();
        List<Integer> unknown = new ArrayList<>();
        columns.forEach((index, text) -> {
            String label = known.getIfPresent(text);
            if (label == null) {
                unknown.add(index);
            } else {
                labels.put(index, label);
            }
        });
        if (!unknown.isEmpty()) {
            List<String> asked = ask(unknown.stream().map(columns::get).toList(), engine);
            for (int i = 0; i < asked.size(); i++) {
                labels.put(unknown.get(i), asked.get(i));
                keep(columns.getOrDefault(unknown.get(i), ""), asked.get(i));
            }
        }
        return labels;
    }

    private void keep(String text, String label) {
        if (text.length() <= MOST_CHARACTERS) {
            known.put(text, label);
        }
    }

    private static List<String> ask(List<String> columns, Connections engine) {
        List<String> texts = columns.stream().map(column -> SELECT + column).toList();
        List<String> labels = new ArrayList<>();
        MetadataRow.forEach(engine, READ_BACK, List.of(texts), row -> labels.add(label(row.text(0))));
        return labels;
    }

    private static String label(String select) {
        String column = select.startsWith(SELECT) ? select.substring(SELECT.length()) : select;
        return DECIMAL_TYPE
                .matcher(QUOTED_TEXT_TYPE.matcher(column).replaceAll("$1"))
                .replaceAll("$1, $2");
    }
}
