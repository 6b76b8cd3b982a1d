package io.skyport.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** From the start of a process to the answer to its first query, on databases that nobody else has open. */
final class FirstQueryMeasurement {

    static final String NAME = "first-query";

    private static final String SQL = "SELECT l_returnflag, count(*), sum(l_extendedprice) FROM lineitem "
            + "WHERE l_shipdate <= DATE '1998-09-02' GROUP BY l_returnflag";

    private final BenchSettings settings;
    private final BufferAllocator allocator;
    private final int runs;

    FirstQueryMeasurement(BenchSettings settings, BufferAllocator allocator, int runs) {
        this.settings = settings;
        this.allocator = allocator;
        this.runs = runs;
    }

    /**
     * @param serverDirectory the server's directory, with its data
     * @param readable the directory that the server may read
     * @param database the file of the direct side
     */
    Result run(Path serverDirectory, Path readable, Path database) throws Exception {
        Phases skyport = new Phases(new Latencies(), new Latencies());
        Phases duckdb = new Phases(new Latencies(), new Latencies());
        for (int i = 0; i < runs; i++) {
            askServer(serverDirectory, readable, skyport);
            askInProcess(database, duckdb);
        }
        Result.Table table = new Result.Table()
                .add("process start to ready", "ms", skyport.ready.medianMillis(), duckdb.ready.medianMillis())
                .add("first query", "ms", skyport.query.medianMillis(), duckdb.query.medianMillis())
                .add("together", "ms", skyport.total(), duckdb.total());
        return new Result(
                "First query after start",
                "`" + SQL + "` as a new process's first. Skyport: JVM start to readiness, then a client that connects, "
                        + "authenticates and asks. DuckDB: JVM start to the opened file, then the query. Medians of "
                        + runs + " starts.",
                Result.COLUMNS,
                table.rows(),
                List.of());
    }

    private record Phases(Latencies ready, Latencies query) {

        double total() {
            return ready.medianMillis() + query.medianMillis();
        }
    }

    private void askServer(Path directory, Path readable, Phases phases) throws Exception {
        try (ServerProcess server = ServerProcess.start(settings, directory, readable)) {
            phases.ready.add(server.startTime().toNanos());
            long start = System.nanoTime();
            try (SkyportClient client = SkyportClient.connect(server, allocator)) {
                client.fetch(SQL);
                phases.query.add(System.nanoTime() - start);
            }
        }
    }

    private void askInProcess(Path database, Phases phases) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InProcess.class.getName(),
                        database.toString(),
                        Integer.toString(settings.threads()),
                        Integer.toString(settings.memory()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            await(output, InProcess.READY);
            long ready = System.nanoTime();
            await(output, InProcess.ANSWERED);
            phases.ready.add(ready - start);
            phases.query.add(System.nanoTime() - ready);
        } finally {
            process.waitFor();
        }
    }

    private static void await(BufferedReader output, String expected) throws Exception {
        String line = output.readLine();
        if (!expected.equals(line)) {
            throw new IllegalStateException("Expected " + expected + ", got " + line);
        }
    }

    /** The other side's process. */
    static final class InProcess {

        static final String READY = "ready";
        static final String ANSWERED = "answered";

        private InProcess() {}

        public static void main(String[] arguments) throws Exception {
            BufferAllocator allocator = new org.apache.arrow.memory.RootAllocator();
            try (DirectDuckDb duckdb = new DirectDuckDb(
                    DirectDuckDb.connect(
                            Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])),
                    allocator)) {
                System.out.println(READY);
                duckdb.fetch(SQL);
                System.out.println(ANSWERED);
            }
        }
    }
}
