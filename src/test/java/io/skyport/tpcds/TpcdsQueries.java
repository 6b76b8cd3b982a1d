package io.skyport.tpcds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The 99 queries of TPC-DS, four of them in two variants, with the parameters of the specification's validation run. The
 * texts are those of Apache Spark's tests; the build unpacks them.
 */
public final class TpcdsQueries {

    private static final int QUERIES = 99;
    private static final List<Integer> IN_TWO_PARTS = List.of(14, 23, 24, 39);

    private TpcdsQueries() {}

    /** Their names, in order: {@code q1}, ..., {@code q14a}, {@code q14b}, ... */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= QUERIES; i++) {
            names.addAll(IN_TWO_PARTS.contains(i) ? List.of("q" + i + "a", "q" + i + "b") : List.of("q" + i));
        }
        return names;
    }

    /**
     * The query as text: names in double quotes where Spark's dialect has backticks, and the column of query 30 that later
     * versions of the specification renamed by its present name.
     */
    public static String text(String name) throws IOException {
        return resource(name).replace('`', '"').replaceAll("\\bc_last_review_date\\b", "c_last_review_date_sk");
    }

    /** The same for DuckDB alone, which takes no {@code returns} and no {@code at} as an alias without AS. */
    public static String engineText(String name) throws IOException {
        return text(name)
                .replace("coalesce(returns, 0) returns", "coalesce(returns, 0) AS returns")
                .replace(") at,", ") AS \"at\",");
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = TpcdsQueries.class.getResourceAsStream("/tpcds/" + name + ".sql")) {
            if (text == null) {
                throw new IOException("There is no TPC-DS query " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** All of them as both sides take them, by name. */
    public static Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : names()) {
            texts.put(name, engineText(name));
        }
        return texts;
    }
}
