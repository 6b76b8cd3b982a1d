package io.skyport.bench;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Many rows into an empty table, through what clients have: a prepared INSERT with Arrow batches bound to it. */
final class InsertMeasurement implements Measurement {

    private static final long ROWS = 5_000_000;
    private static final int WARM_UPS = 1;

    private final BufferAllocator allocator;
    private final int runs;

    InsertMeasurement(BufferAllocator allocator, int runs) {
        this.allocator = allocator;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "insert";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        try (RepeatedBatch rows = new RepeatedBatch(allocator, ROWS)) {
            Sides.Times times = sides.alternate(WARM_UPS, runs, side -> insert(side, rows));
            double skyport = times.skyport().medianMillis();
            double duckdb = times.duckdb().medianMillis();
            Result.Table table = new Result.Table()
                    .add("time", "ms", skyport, duckdb)
                    .add("rows", "million/s", ROWS / skyport / 1e3, ROWS / duckdb / 1e3);
            return new Result(
                    "Insert",
                    "5 million rows of 5 columns (" + RepeatedBatch.COLUMNS + ") into an empty table in batches of "
                            + RepeatedBatch.ROWS + ": a prepared `INSERT` with all batches bound in one DoPut; in "
                            + "process: a registered Arrow stream and `INSERT .. SELECT`. Medians of " + runs
                            + " runs.",
                    Result.COLUMNS,
                    table.rows(),
                    List.of());
        }
    }

    private static long insert(Contender side, RepeatedBatch rows) throws Exception {
        side.update("CREATE TABLE inserted (" + RepeatedBatch.COLUMNS + ")");
        try {
            long start = System.nanoTime();
            long count = side.insert("inserted", rows);
            long time = System.nanoTime() - start;
            if (count != rows.rows()) {
                throw new IllegalStateException(count + " rows were inserted, not " + rows.rows());
            }
            return time;
        } finally {
            side.update("DROP TABLE inserted");
        }
    }
}
