package io.skyport.bench;

import io.skyport.bench.Result.Goal;
import java.util.List;

/** All rows and columns of {@code lineitem}. */
final class ScanMeasurement implements Measurement {

    private static final String SQL = "SELECT * FROM lineitem";
    private static final int WARM_UPS = 1;
    private static final double GOAL_GIGABYTES_A_SECOND = 0.8;

    private final int runs;

    ScanMeasurement(int runs) {
        this.runs = runs;
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Fetched overFlight = sides.skyport().fetch(SQL);
        Fetched inProcess = sides.duckdb().fetch(SQL);
        if (overFlight.rows() != inProcess.rows()) {
            throw new IllegalStateException("Not the same rows: " + overFlight + " and " + inProcess);
        }
        Sides.Times times =
                sides.alternate(WARM_UPS, runs, side -> side.fetch(SQL).time().toNanos());
        double skyport = times.skyport().medianMillis();
        double duckdb = times.duckdb().medianMillis();
        double speed = overFlight.bytes() / skyport / 1e6;
        Result.Table table = new Result.Table()
                .add("time", "ms", skyport, duckdb)
                .add("rows", "million/s", overFlight.rows() / skyport / 1e3, inProcess.rows() / duckdb / 1e3)
                .add("Arrow bytes", "GB/s", speed, inProcess.bytes() / duckdb / 1e6);
        return new Result(
                "Full scan",
                "`" + SQL + "`: " + Result.figure(overFlight.rows() / 1e6, "million rows") + ", "
                        + Result.figure(overFlight.bytes() / 1e9, "GB") + " as Arrow; medians of " + runs + " runs.",
                Result.COLUMNS,
                table.rows(),
                List.of(new Goal(
                        "scan at least 0.8 GB/s, client and server on the same 2 cores",
                        Result.figure(speed, "GB/s"),
                        speed >= GOAL_GIGABYTES_A_SECOND)));
    }
}
