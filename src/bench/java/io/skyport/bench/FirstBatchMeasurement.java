package io.skyport.bench;

import io.skyport.bench.Result.Goal;
import java.util.List;

/** How soon the first batch of a slow query is with the client, beside how soon the engine has it. */
final class FirstBatchMeasurement implements Measurement {

    /** Seconds of work for all rows, but none that waits for the last row. */
    private static final String SQL = "SELECT l_orderkey, sha256(repeat(l_comment, 10)) AS digest FROM lineitem";

    private static final int WARM_UPS = 3;
    private static final double GOAL_MILLIS = 20;

    private final int runs;

    FirstBatchMeasurement(int runs) {
        this.runs = runs;
    }

    @Override
    public String name() {
        return "first-batch";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Sides.Times times =
                sides.alternate(WARM_UPS, runs, side -> side.firstBatch(SQL).toNanos());
        Sides.Times whole = sides.alternate(0, 1, side -> side.fetch(SQL).time().toNanos());
        double later = times.skyport().medianMillis() - times.duckdb().medianMillis();
        Result.Table table = new Result.Table()
                .add(
                        "first batch",
                        "ms",
                        times.skyport().medianMillis(),
                        times.duckdb().medianMillis())
                .add(
                        "whole result",
                        "ms",
                        whole.skyport().medianMillis(),
                        whole.duckdb().medianMillis());
        return new Result(
                "First batch of a slow query",
                "`" + SQL + "`: from its text to its first batch, medians of " + runs + " runs; whole: one run.",
                Result.COLUMNS,
                table.rows(),
                List.of(new Goal(
                        "first batch of a slow query within 20 ms of the engine producing it",
                        Result.figure(later, "ms later"),
                        later <= GOAL_MILLIS)));
    }
}
