package io.skyport.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Results of different shapes, by one endpoint and by several that are read side by side. */
final class ShapesMeasurement implements Measurement {

    private static final int WARM_UPS = 1;
    private static final List<Integer> ENDPOINTS = List.of(1, 2, 4);

    /** A query over {@code range} for each shape: what it gives is what is stored. */
    private static final Map<String, String> SHAPES = shapes();

    private final ServerProcess server;
    private final BufferAllocator allocator;
    private final int runs;

    ShapesMeasurement(ServerProcess server, BufferAllocator allocator, int runs) {
        this.server = server;
        this.allocator = allocator;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "shapes";
    }

    private static Map<String, String> shapes() {
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put("narrow", "SELECT i AS id, hash(i)::DOUBLE AS v FROM range(20_000_000) t(i)");
        shapes.put(
                "wide",
                "SELECT "
                        + IntStream.range(0, 100)
                                .mapToObj(n -> (n % 2 == 0 ? "i + " + n : "(i * " + n + ")::DOUBLE") + " AS c" + n)
                                .collect(Collectors.joining(", "))
                        + " FROM range(400_000) t(i)");
        shapes.put(
                "strings",
                "SELECT md5(i::VARCHAR) AS a, repeat(md5((i + 1)::VARCHAR), 3) AS b, 'item ' || i AS c"
                        + " FROM range(2_000_000) t(i)");
        shapes.put(
                "nested",
                "SELECT [i, i + 1, i + 2] AS l, {'id': i, 'name': 'item ' || i} AS s, MAP {'a': i, 'b': i + 1} AS m"
                        + " FROM range(1_000_000) t(i)");
        return shapes;
    }

    @Override
    public Result run(Sides sides) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, String> shape : SHAPES.entrySet()) {
            String table = "shape_" + shape.getKey();
            try {
                sides.duckdb().update("CREATE TABLE " + table + " AS " + shape.getValue());
                sides.skyport().update("CREATE TABLE " + table + " AS " + shape.getValue());
                rows.add(row(shape.getKey(), "SELECT * FROM " + table, sides));
            } finally {
                sides.duckdb().update("DROP TABLE IF EXISTS " + table);
                sides.skyport().update("DROP TABLE IF EXISTS " + table);
            }
        }
        List<String> columns = new ArrayList<>(List.of("", "Arrow", "DuckDB", ""));
        ENDPOINTS.forEach(
                count -> columns.addAll(List.of(count + (count == 1 ? " endpoint" : " endpoints"), "", "ratio")));
        return new Result(
                "Results by their shape",
                "All rows and columns of a table: 20 million rows of a BIGINT and a DOUBLE, 400,000 of 50 BIGINT and 50"
                        + " DOUBLE, 2 million of three texts, 1 million of a list, a struct and a map. From the text to the"
                        + " last row; several endpoints (`SET max_endpoints`) are read side by side, a connection and a"
                        + " thread each, and are of a result that the server has stored before it answers. Medians of "
                        + runs + " runs.",
                columns,
                rows,
                List.of());
    }

    private List<String> row(String name, String sql, Sides sides) throws Exception {
        Latencies duckdb = new Latencies();
        List<Latencies> skyport =
                ENDPOINTS.stream().map(count -> new Latencies()).toList();
        Fetched all = sides.duckdb().fetch(sql);
        try (ParallelClient clients = new ParallelClient(server, allocator, 4)) {
            for (int i = -WARM_UPS; i < runs; i++) {
                long direct = sides.duckdb().fetch(sql).time().toNanos();
                for (int n = 0; n < ENDPOINTS.size(); n++) {
                    Fetched fetched = clients.fetch(sql, ENDPOINTS.get(n));
                    if (fetched.rows() != all.rows()) {
                        throw new IllegalStateException("Not the same rows: " + fetched + " and " + all);
                    }
                    if (i >= 0) {
                        skyport.get(n).add(fetched.time().toNanos());
                    }
                }
                if (i >= 0) {
                    duckdb.add(direct);
                }
            }
        }
        List<String> cells = new ArrayList<>(List.of(name, Result.figure(all.bytes() / 1e9, "GB")));
        cells.addAll(speeds(all, duckdb));
        for (Latencies times : skyport) {
            cells.addAll(speeds(all, times));
            cells.add(Result.ratio(duckdb.medianMillis() / times.medianMillis()));
        }
        return cells;
    }

    private static List<String> speeds(Fetched all, Latencies times) {
        double millis = times.medianMillis();
        return List.of(
                Result.figure(all.rows() / millis / 1e3, "million/s"),
                Result.figure(all.bytes() / millis / 1e6, "GB/s"));
    }
}
