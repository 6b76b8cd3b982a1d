package io.skyport.bench;

import io.skyport.bench.Result.Goal;
import java.util.List;
import java.util.Map;

/** Each TPC-H query, from its text to the last batch of its result. */
final class TpchMeasurement implements Measurement {

    private static final int WARM_UPS = 2;
    private static final double GOAL = 1.10;

    private final Map<String, String> queries;
    private final int runs;

    TpchMeasurement(Map<String, String> queries, int runs) {
        this.queries = queries;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "tpch";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Result.Table table = new Result.Table();
        double skyport = 0;
        double duckdb = 0;
        for (Map.Entry<String, String> query : queries.entrySet()) {
            Sides.Times times = sides.alternate(
                    WARM_UPS, runs, side -> side.fetch(query.getValue()).time().toNanos());
            skyport += times.skyport().medianMillis();
            duckdb += times.duckdb().medianMillis();
            table.add(
                    query.getKey(),
                    "ms",
                    times.skyport().medianMillis(),
                    times.duckdb().medianMillis());
        }
        table.add("**total**", "ms", skyport, duckdb);
        return new Result(
                "TPC-H",
                "Each query from its text to the last batch of its result; medians of " + runs + " warm runs.",
                Result.COLUMNS,
                table.rows(),
                List.of(new Goal(
                        "TPC-H total at most 1.10 times DuckDB's",
                        Result.ratio(skyport / duckdb),
                        skyport / duckdb <= GOAL)));
    }
}
