package io.skyport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A million rows by a cursor of the FlyDB protocol, page after page. */
final class CursorMeasurement implements Measurement {

    private static final int ROWS = 1_000_000;
    private static final int PAGE = 5_000;
    private static final int WARM_UPS = 2;
    private static final String SQL =
            "SELECT l_orderkey, l_partkey, l_quantity, l_extendedprice, l_shipdate, l_comment FROM lineitem" + " LIMIT "
                    + ROWS;

    private final ServerProcess server;
    private final int runs;

    CursorMeasurement(ServerProcess server, int runs) {
        this.server = server;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "cursor";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Latencies flydb = new Latencies();
        Latencies duckdb = new Latencies();
        double bytes = 0;
        double allocated = 0;
        try (FlydbConnection client = server.connectFlydb();
                ServerMemory memory = ServerMemory.of(server)) {
            for (int i = -WARM_UPS; i < runs; i++) {
                long direct = sides.duckdb().fetch(SQL).time().toNanos();
                long before = memory.allocated();
                long start = System.nanoTime();
                long read = read(client);
                long time = System.nanoTime() - start;
                if (i >= 0) {
                    flydb.add(time);
                    duckdb.add(direct);
                    bytes += (double) read / runs;
                    allocated += (double) (memory.allocated() - before) / runs;
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "rows",
                Result.figure(ROWS / flydb.medianMillis() / 1e3, "million/s"),
                Result.figure(ROWS / duckdb.medianMillis() / 1e3, "million/s"),
                Result.ratio(duckdb.medianMillis() / flydb.medianMillis())));
        rows.add(List.of("JSON on the wire, a row", Result.figure(bytes / ROWS, "bytes"), "", ""));
        rows.add(List.of("the server allocates on its heap, a row", Result.figure(allocated / ROWS, "bytes"), "", ""));
        return new Result(
                "A million rows by a FlyDB cursor",
                "`" + SQL + "` in pages of " + PAGE
                        + " rows, forward only; the client reads the bytes and does not parse"
                        + " them. In process: fetched as Arrow. Medians of " + runs + " runs; means of bytes.",
                Result.COLUMNS,
                rows,
                List.of());
    }

    /** Reads all pages and returns their bytes. */
    private static long read(FlydbConnection client) throws Exception {
        String cursor = client.call(
                        FlydbConnection.CURSOR_OPEN, Map.of("query", SQL, "cursor_type", 0, "fetch_size", PAGE))
                .path("cursor_id")
                .asText();
        long bytes = 0;
        for (int row = 0; row < ROWS; row += PAGE) {
            bytes += client.skip(
                    FlydbConnection.CURSOR_FETCH, Map.of("cursor_id", cursor, "direction", 0, "count", PAGE));
        }
        int left = client.call(FlydbConnection.CURSOR_FETCH, Map.of("cursor_id", cursor, "direction", 0, "count", PAGE))
                .path("row_count")
                .asInt(-1);
        client.call(FlydbConnection.CURSOR_CLOSE, Map.of("cursor_id", cursor));
        if (left != 0) {
            throw new IllegalStateException(left + " rows are left after the last page");
        }
        return bytes;
    }
}
