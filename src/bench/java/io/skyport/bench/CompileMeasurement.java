package io.skyport.bench;

import io.skyport.bench.CompileTexts.Texts;
import io.skyport.tpcds.TpcdsData;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * What compiling costs beside DuckDB's own preparing of the same text, both in this process. What it adds is the
 * difference: an engine used directly must read and plan the text too.
 */
final class CompileMeasurement {

    static final String NAME = "compile";

    private static final List<String> COLUMNS =
            List.of("", "Compile, p50", "p99", "CPU, p50", "Prepare, p50", "p99", "Answer, Skyport", "DuckDB", "Added");
    private static final long BATCH_ROWS = 8192;
    private static final int STARTS = 3;
    private static final int CACHE_HITS = 100_000;
    private static final int SCHEMAS = 50;
    private static final int TABLES_PER_SCHEMA = 100;
    private static final int DDL_RUNS = 20;
    private static final double MOST_ADDED_TO_TPCH = 2;
    private static final double MOST_ADDED_TO_LOOKUP = 0.2;
    private static final double MOST_MICROS_OF_HIT = 20;
    private static final double MICROS = 1e3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final BenchSettings settings;
    private final BufferAllocator allocator;
    private final Path data;
    private final Path database;
    private final List<Texts> texts;

    CompileMeasurement(BenchSettings settings, BufferAllocator allocator, Path directory) throws Exception {
        this.settings = settings;
        this.allocator = allocator;
        this.data = directory.resolve("compile");
        this.database = directory.resolve("compile.duckdb");
        this.texts = CompileTexts.all();
    }

    List<Result> run() throws Exception {
        List<Result> results = new ArrayList<>();
        try (DuckDBConnection duckdb = DirectDuckDb.connect(database, settings.threads(), settings.memory());
                Compiling skyport = open()) {
            for (String statement : statements()) {
                execute(duckdb, statement);
                skyport.update(statement);
            }
            results.addAll(warm(skyport, duckdb));
        }
        results.add(cold());
        try (Compiling skyport = open()) {
            results.add(manyTables(skyport));
        }
        return results;
    }

    private Compiling open() {
        return new Compiling(data, settings.directory(), settings, allocator);
    }

    private List<String> statements() throws Exception {
        List<String> statements = new ArrayList<>(TpchData.generate(settings.withScale(CompileTexts.SCALE), allocator)
                .statements());
        statements.addAll(TpchQueries.load().views());
        statements.add("CREATE SCHEMA " + CompileTexts.TPCDS_SCHEMA);
        statements.addAll(TpcdsData.generate(settings.directory(), CompileTexts.SCALE)
                .statements(CompileTexts.TPCDS_SCHEMA + "."));
        return statements;
    }

    private static void execute(DuckDBConnection duckdb, String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long prepare(DuckDBConnection duckdb, String sql) throws SQLException {
        long start = System.nanoTime();
        try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
            return System.nanoTime() - start;
        }
    }

    /** Prepares, executes, fetches. */
    private long answer(DuckDBConnection duckdb, String sql, List<Object> parameters) throws Exception {
        long start = System.nanoTime();
        try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (DuckDBResultSet rows = (DuckDBResultSet) statement.executeQuery();
                    ArrowReader reader = (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS)) {
                while (reader.loadNextBatch()) {
                    reader.getVectorSchemaRoot();
                }
            }
        }
        return System.nanoTime() - start;
    }

    /**
     * Times of one text on both sides.
     *
     * @param cpu of the compiling thread, the engine's part included
     * @param answer of Skyport's compiler and engine, from the text to the last row
     * @param direct the same of DuckDB
     */
    private record Both(Latencies compile, Latencies cpu, Latencies prepare, Latencies answer, Latencies direct) {

        Both() {
            this(new Latencies(), new Latencies(), new Latencies(), new Latencies(), new Latencies());
        }

        void addAll(Both other) {
            compile.addAll(other.compile);
            cpu.addAll(other.cpu);
            prepare.addAll(other.prepare);
            answer.addAll(other.answer);
            direct.addAll(other.direct);
        }

        /** Of the best runs, which what else the machine does disturbs least. */
        double added() {
            return answer.millis(0) - direct.millis(0);
        }
    }

    private List<Result> warm(Compiling skyport, DuckDBConnection duckdb) throws Exception {
        List<List<String>> sets = new ArrayList<>();
        List<List<String>> queries = new ArrayList<>();
        Map<String, Double> worst = new LinkedHashMap<>();
        for (Texts set : texts) {
            System.out.println("bench: " + NAME + ", " + set.name());
            execute(duckdb, "USE " + set.schema());
            Both all = new Both();
            double mostAdded = 0;
            for (Map.Entry<String, Both> query : times(set, skyport, duckdb).entrySet()) {
                Both times = query.getValue();
                all.addAll(times);
                mostAdded = Math.max(mostAdded, times.added());
                if (set.name().equals(CompileTexts.TPCH)) {
                    queries.add(row(query.getKey(), times, times.added()));
                }
            }
            sets.add(row(set.name(), all, mostAdded));
            worst.put(set.name(), mostAdded);
        }
        Latencies hits = hits(skyport);
        double hit = hits.medianMillis() * MICROS;
        sets.add(List.of(
                "found in the plan cache",
                Result.figure(hit, "µs"),
                Result.figure(hits.millis(0.99) * MICROS, "µs"),
                "",
                "",
                "",
                "",
                "",
                ""));
        return List.of(
                new Result(
                        "Compiling",
                        "Compile: a text that is in no cache; prepare: DuckDB's own preparing of the same text; answer: from"
                                + " the text to the last row, at scale " + CompileTexts.SCALE
                                + ". In one process, in turns,"
                                + " warm. CPU is the compiling thread's. Added is the difference of the two answers' best"
                                + " runs, of the worst query in a set.",
                        COLUMNS,
                        sets,
                        List.of(
                                goal(
                                        "compiling adds at most 2 ms to any TPC-H query",
                                        worst.get(CompileTexts.TPCH),
                                        MOST_ADDED_TO_TPCH,
                                        "ms"),
                                goal(
                                        "compiling adds at most 0.2 ms to a point lookup",
                                        worst.get(CompileTexts.LOOKUP),
                                        MOST_ADDED_TO_LOOKUP,
                                        "ms"),
                                goal(
                                        "a statement in the plan cache costs at most 20 µs",
                                        hit,
                                        MOST_MICROS_OF_HIT,
                                        "µs"))),
                new Result("Compiling TPC-H", "The same for each query.", COLUMNS, queries, List.of()));
    }

    private static Result.Goal goal(String goal, double measured, double most, String unit) {
        return new Result.Goal(goal, Result.figure(measured, unit), measured <= most);
    }

    private static List<String> row(String name, Both times, double added) {
        return List.of(
                name,
                Result.figure(times.compile().medianMillis(), "ms"),
                Result.figure(times.compile().millis(0.99), "ms"),
                Result.figure(times.cpu().medianMillis(), "ms"),
                Result.figure(times.prepare().medianMillis(), "ms"),
                Result.figure(times.prepare().millis(0.99), "ms"),
                Result.figure(times.answer().medianMillis(), "ms"),
                Result.figure(times.direct().medianMillis(), "ms"),
                Result.figure(added, "ms"));
    }

    private Map<String, Both> times(Texts set, Compiling skyport, DuckDBConnection duckdb) throws Exception {
        Map<String, Both> times = new LinkedHashMap<>();
        for (int i = 0; i < set.warmUps() + set.runs(); i++) {
            for (Map.Entry<String, String> query : set.byName().entrySet()) {
                long cpuBefore = THREADS.getCurrentThreadCpuTime();
                long compile = skyport.compile(query.getValue(), set.schema());
                long cpu = THREADS.getCurrentThreadCpuTime() - cpuBefore;
                long prepare = prepare(duckdb, query.getValue());
                long answer = skyport.answer(query.getValue(), set.schema(), set.parameters());
                long direct = answer(duckdb, query.getValue(), set.parameters());
                if (i >= set.warmUps()) {
                    Both both = times.computeIfAbsent(query.getKey(), name -> new Both());
                    both.compile().add(compile);
                    both.cpu().add(cpu);
                    both.prepare().add(prepare);
                    both.answer().add(answer);
                    both.direct().add(direct);
                }
            }
        }
        return times;
    }

    private static Latencies hits(Compiling skyport) {
        String text = CompileTexts.LOOKUP_TEXT;
        for (int i = 0; i < CACHE_HITS; i++) {
            skyport.compileCached(text);
        }
        Latencies hits = new Latencies();
        for (int i = 0; i < CACHE_HITS; i++) {
            hits.add(skyport.compileCached(text));
        }
        return hits;
    }

    /** Each text as the first of its kind in a new process. */
    private Result cold() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (boolean warmedUp : new boolean[] {false, true}) {
            Map<String, Latencies> times = new LinkedHashMap<>();
            for (int i = 0; i < STARTS; i++) {
                for (String line : CompileProcess.run(settings, data, warmedUp)) {
                    String[] words = line.split("=");
                    times.computeIfAbsent(words[0], name -> new Latencies()).add(Long.parseLong(words[1]));
                }
            }
            times.forEach((name, latencies) -> rows.add(List.of(
                    name + (warmedUp ? ", warmed up" : ""),
                    Result.figure(latencies.medianMillis(), "ms"),
                    Result.figure(latencies.millis(0.99), "ms"))));
        }
        return new Result(
                "Compiling in a new process",
                "Each text compiled once, in this order, by a process that has just opened its database; without and with"
                        + " the warm-up of a start. Of " + STARTS + " starts.",
                List.of("", "p50", "p99"),
                rows,
                List.of());
    }

    private Result manyTables(Compiling skyport) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        rows.add(tables(skyport, "as above", "added"));
        for (int schema = 0; schema < SCHEMAS; schema++) {
            String name = "\"default\".\"many" + schema + "\"";
            skyport.updateDirectly("CREATE SCHEMA " + name);
            for (int table = 0; table < TABLES_PER_SCHEMA; table++) {
                skyport.updateDirectly("CREATE TABLE " + name + ".t" + table + " (id BIGINT PRIMARY KEY, "
                        + String.join(
                                ", ",
                                IntStream.range(0, 10)
                                        .mapToObj(column -> "c" + column + " VARCHAR")
                                        .toList())
                        + ")");
            }
        }
        skyport.changed();
        rows.add(tables(skyport, SCHEMAS * TABLES_PER_SCHEMA + " more", "later"));
        return new Result(
                "Compiling with many tables",
                "The point lookup again; the same as the first after another table was created; and a query of that new"
                        + " table, which waits until the catalog is read again. Each further table has 11 columns and a"
                        + " primary key.",
                List.of("tables", "p50", "p99", "after DDL, p50", "new table, p50"),
                rows,
                List.of());
    }

    /** @param prefix of the names of tables it creates */
    private static List<String> tables(Compiling skyport, String name, String prefix) {
        Latencies warm = new Latencies();
        Latencies afterDdl = new Latencies();
        for (int i = 0; i < 2_000; i++) {
            skyport.compile(CompileTexts.LOOKUP_TEXT, CompileTexts.MAIN);
        }
        for (int i = 0; i < 1_000; i++) {
            warm.add(skyport.compile(CompileTexts.LOOKUP_TEXT, CompileTexts.MAIN));
        }
        Latencies created = new Latencies();
        for (int i = 0; i < DDL_RUNS; i++) {
            skyport.update("CREATE TABLE " + prefix + i + " (a INTEGER)");
            afterDdl.add(skyport.compile(CompileTexts.LOOKUP_TEXT, CompileTexts.MAIN));
            created.add(skyport.compile("SELECT a FROM " + prefix + i, CompileTexts.MAIN));
        }
        return List.of(
                name,
                Result.figure(warm.medianMillis(), "ms"),
                Result.figure(warm.millis(0.99), "ms"),
                Result.figure(afterDdl.medianMillis(), "ms"),
                Result.figure(created.medianMillis(), "ms"));
    }
}
