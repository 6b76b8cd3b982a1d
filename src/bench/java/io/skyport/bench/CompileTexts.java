package io.skyport.bench;

import io.skyport.tpcds.TpcdsQueries;
import java.util.List;
import java.util.Map;

/** What is compiled. */
final class CompileTexts {

    static final String LOOKUP = "point lookup";
    static final String LOOKUP_TEXT = "SELECT * FROM orders WHERE o_orderkey = ?";
    static final String TPCH = "TPC-H";
    static final String TPCDS = "TPC-DS";
    static final String MAIN = "main";
    static final String TPCDS_SCHEMA = "ds";

    /** Both benchmarks' compile times hardly depend on how much data there is. */
    static final double SCALE = 0.01;

    private CompileTexts() {}

    /**
     * Texts that are measured together.
     *
     * @param schema where their names are looked up
     * @param parameters of each of the texts
     * @param warmUps how often each is compiled before the measured runs
     */
    record Texts(
            String name, String schema, Map<String, String> byName, List<Object> parameters, int warmUps, int runs) {}

    static List<Texts> all() throws Exception {
        return List.of(
                new Texts(LOOKUP, MAIN, Map.of(LOOKUP, LOOKUP_TEXT), List.of(1L), 5_000, 2_000),
                new Texts(TPCH, MAIN, TpchQueries.load().texts(), List.of(), 100, 60),
                new Texts(TPCDS, TPCDS_SCHEMA, TpcdsQueries.texts(), List.of(), 5, 9));
    }
}
