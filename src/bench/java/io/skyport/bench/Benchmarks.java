package io.skyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Measures everything and writes {@code docs/benchmarks.md}. */
public final class Benchmarks {

    private static final long ORDERS_AT_SCALE_1 = 1_500_000;
    private static final int LOOKUPS = 2_000;
    private static final int STARTS = 3;

    /** So many that the JVMs on both sides of the wire have compiled what a round trip runs. */
    private static final int WARM_UPS = 5_000;

    private static final List<String> WITHOUT_TPCH = List.of(
            CompileMeasurement.NAME, SavepointMeasurement.NAME, TransactionMeasurement.NAME, SessionMeasurement.NAME);

    private final BenchSettings settings;
    private final BufferAllocator allocator;
    private final Path directory;
    private final Path database;

    private Benchmarks(BenchSettings settings, BufferAllocator allocator, Path directory) {
        this.settings = settings;
        this.allocator = allocator;
        this.directory = directory;
        this.database = directory.resolve("direct.duckdb");
    }

    public static void main(String[] arguments) throws Exception {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        Files.createDirectories(settings.directory());
        Path directory = Files.createTempDirectory(settings.directory(), "run-");
        try (BufferAllocator allocator = new RootAllocator()) {
            Report report = new Benchmarks(settings, allocator, directory).run();
            if (settings.only().isEmpty()) {
                report.write(settings.document());
            } else {
                report.update(settings.document());
            }
            System.out.println(Report.goals(report.results()));
        } finally {
            for (String databases : List.of("data", "compile", "bank", "savepoints", "sessions")) {
                delete(directory.resolve(databases));
            }
            for (String database : List.of("compile", "direct", "bank", "sessions")) {
                Files.deleteIfExists(directory.resolve(database + ".duckdb"));
            }
        }
    }

    private Report run() throws Exception {
        List<Result> results = new ArrayList<>();
        if (settings.measures(CompileMeasurement.NAME)) {
            say(CompileMeasurement.NAME);
            new CompileMeasurement(settings, allocator, directory).run().forEach(result -> results.add(shown(result)));
        }
        if (settings.measures(SavepointMeasurement.NAME)) {
            say(SavepointMeasurement.NAME);
            results.add(shown(new SavepointMeasurement(settings, allocator, directory).run()));
        }
        if (settings.measures(TransactionMeasurement.NAME) || settings.measures(SessionMeasurement.NAME)) {
            results.addAll(clients());
        }
        return WITHOUT_TPCH.containsAll(settings.only()) && !settings.only().isEmpty()
                ? new Report(Map.of(), results)
                : runTpch(results);
    }

    /** On a server of their own, which has nothing else. */
    private List<Result> clients() throws Exception {
        List<Result> results = new ArrayList<>();
        Path own = directory.resolve("clients");
        try (ServerProcess server = ServerProcess.start(settings, own, settings.directory())) {
            if (settings.measures(TransactionMeasurement.NAME)) {
                say(TransactionMeasurement.NAME);
                results.add(shown(new TransactionMeasurement(settings, allocator, directory).run(server)));
            }
            if (settings.measures(SessionMeasurement.NAME)) {
                say(SessionMeasurement.NAME);
                results.add(shown(new SessionMeasurement(settings, allocator, directory).run(server)));
            }
        } finally {
            delete(own.resolve("data"));
        }
        return results;
    }

    private Report runTpch(List<Result> first) throws Exception {
        say("generating TPC-H at scale " + settings.scaleName());
        TpchData data = TpchData.generate(settings, allocator);
        List<Result> results = new ArrayList<>();
        Map<String, String> conditions;
        try (ServerProcess server = ServerProcess.start(settings, directory, data.directory());
                SkyportClient skyport = SkyportClient.connect(server, allocator);
                DirectDuckDb duckdb = DirectDuckDb.open(database, settings, allocator)) {
            conditions = Conditions.of(settings, duckdb.version());
            say("server " + server.pid() + " is ready; loading");
            TpchQueries queries = TpchQueries.load();
            for (Contender contender : List.of(duckdb, skyport)) {
                data.load(contender);
                for (String view : queries.views()) {
                    contender.update(view);
                }
            }
            say("warming up");
            for (Contender contender : List.of(duckdb, skyport)) {
                for (int i = 0; i < WARM_UPS; i++) {
                    contender.fetch("SELECT 1");
                }
            }
            for (Measurement measurement : measurements(queries, server, duckdb)) {
                if (settings.measures(measurement.name())) {
                    say(measurement.name());
                    results.add(shown(measurement.run(new Sides(skyport, duckdb))));
                }
            }
        }
        if (settings.measures(FirstQueryMeasurement.NAME)) {
            say(FirstQueryMeasurement.NAME);
            results.add(shown(
                    new FirstQueryMeasurement(settings, allocator, STARTS).run(directory, data.directory(), database)));
        }
        results.addAll(first);
        return new Report(conditions, results);
    }

    private List<Measurement> measurements(TpchQueries queries, ServerProcess server, DirectDuckDb duckdb) {
        long orders = Math.round(settings.scale() * ORDERS_AT_SCALE_1);
        return List.of(
                new TpchMeasurement(queries.texts(), settings.runs()),
                new ScanMeasurement(settings.runs()),
                new LookupMeasurement(orders, LOOKUPS),
                new InsertMeasurement(allocator, settings.runs()),
                new IngestMeasurement(allocator, settings.runs()),
                new FirstBatchMeasurement(3 * settings.runs()),
                new ShapesMeasurement(server, allocator, settings.runs()),
                new MixedMeasurement(List.copyOf(queries.texts().values()), server, duckdb, allocator),
                new FlydbMeasurement(orders, server, duckdb),
                new CursorMeasurement(server, settings.runs()));
    }

    /** Prints a result while the others are still to come. */
    private static Result shown(Result result) {
        System.out.println(Report.section(result));
        return result;
    }

    private static void say(String what) {
        System.out.println("bench: " + what);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
