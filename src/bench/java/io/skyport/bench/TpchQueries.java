package io.skyport.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of TPC-H's 22 queries: those that the tests use. */
final class TpchQueries {

    private static final int COUNT = 22;

    private TpchQueries() {}

    /** By name, in order. */
    static Map<String, String> load() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (int i = 1; i <= COUNT; i++) {
            String resource = String.format("/tpch/q%02d.sql", i);
            try (InputStream text = TpchQueries.class.getResourceAsStream(resource)) {
                if (text == null) {
                    throw new IOException("There is no " + resource);
                }
                queries.put("Q" + i, new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return queries;
    }
}
