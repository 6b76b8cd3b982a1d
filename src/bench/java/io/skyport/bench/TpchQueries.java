package io.skyport.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TPC-H's 22 queries with the parameters of its validation run, as the data's generator brings them.
 *
 * @param views what query 15 needs to have created
 * @param texts by name, in order
 */
record TpchQueries(List<String> views, Map<String, String> texts) {

    private static final int COUNT = 22;
    private static final String END_OF_STATEMENT = ";\\s*(\\n|$)";

    static TpchQueries load() throws IOException {
        TpchQueries queries = new TpchQueries(new ArrayList<>(), new LinkedHashMap<>());
        for (int i = 1; i <= COUNT; i++) {
            List<String> statements = List.of(
                    resource("/io/trino/tpch/queries/q" + i + ".sql").strip().split(END_OF_STATEMENT));
            queries.views.addAll(statements.subList(0, statements.size() - 1));
            queries.texts.put("Q" + i, statements.get(statements.size() - 1));
        }
        return queries;
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = TpchQueries.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IOException("There is no " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
