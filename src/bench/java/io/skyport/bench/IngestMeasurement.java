package io.skyport.bench;

import io.skyport.bench.Contender.IngestMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;

/** Many rows at once by CommandStatementIngest, in each of its modes. */
final class IngestMeasurement implements Measurement {

    private static final long ROWS = 5_000_000;
    private static final int WARM_UPS = 1;
    private static final double GOAL = 0.5;
    private static final String TABLE = "ingested";

    private final BufferAllocator allocator;
    private final int runs;

    IngestMeasurement(BufferAllocator allocator, int runs) {
        this.allocator = allocator;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Result.Table table = new Result.Table();
        List<Double> ratios = new ArrayList<>();
        try (RepeatedBatch rows = new RepeatedBatch(allocator, ROWS)) {
            for (IngestMode mode : IngestMode.values()) {
                add(mode.name().toLowerCase(Locale.ROOT), sides, side -> ingest(side, mode, rows), table, ratios);
            }
            add("append in a transaction", sides, side -> inTransaction(side, rows), table, ratios);
        }
        double worst = ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        return new Result(
                "Ingest",
                "Rows a second: 5 million of 5 columns (" + RepeatedBatch.COLUMNS + ") in batches of "
                        + RepeatedBatch.ROWS
                        + " by one CommandStatementIngest; in process: the same statements, with a registered Arrow stream and"
                        + " `INSERT .. SELECT`. The last row: within BEGIN and COMMIT, when Skyport keeps the rows for"
                        + " savepoints. Medians of " + runs + " runs.",
                Result.COLUMNS,
                table.rows(),
                List.of(new Result.Goal(
                        "ingest at least half the rows a second of the same stream inserted in process",
                        Result.ratio(worst),
                        worst >= GOAL)));
    }

    private void add(String name, Sides sides, Sides.Work work, Result.Table table, List<Double> ratios)
            throws Exception {
        Sides.Times times = sides.alternate(WARM_UPS, runs, work);
        double skyport = ROWS / times.skyport().medianMillis() / 1e3;
        double duckdb = ROWS / times.duckdb().medianMillis() / 1e3;
        table.add(name, "million/s", skyport, duckdb);
        ratios.add(skyport / duckdb);
    }

    private static long ingest(Contender side, IngestMode mode, RepeatedBatch rows) throws Exception {
        if (mode == IngestMode.APPEND || mode == IngestMode.REPLACE) {
            side.update("CREATE TABLE " + TABLE + " (" + RepeatedBatch.COLUMNS + ")");
        }
        try {
            return timed(() -> count(side, mode, rows));
        } finally {
            side.update("DROP TABLE IF EXISTS " + TABLE);
        }
    }

    private static long inTransaction(Contender side, RepeatedBatch rows) throws Exception {
        side.update("CREATE TABLE " + TABLE + " (" + RepeatedBatch.COLUMNS + ")");
        try {
            return timed(() -> {
                side.update("BEGIN");
                count(side, IngestMode.APPEND, rows);
                side.update("COMMIT");
            });
        } finally {
            side.update("DROP TABLE IF EXISTS " + TABLE);
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static long timed(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return System.nanoTime() - start;
    }

    private static void count(Contender side, IngestMode mode, RepeatedBatch rows) throws Exception {
        long count = side.ingest(TABLE, mode, rows);
        if (count != rows.rows()) {
            throw new IllegalStateException(count + " rows were ingested, not " + rows.rows());
        }
    }
}
