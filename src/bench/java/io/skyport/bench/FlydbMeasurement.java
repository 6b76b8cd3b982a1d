package io.skyport.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Round trips of the FlyDB protocol, beside the same work in this process. */
final class FlydbMeasurement implements Measurement {

    private static final String LOOKUP = "SELECT * FROM orders WHERE o_orderkey = ";
    private static final String INSERT = "INSERT INTO flydb_inserted VALUES (";
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    private static final int IN_FLIGHT = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration TIME = Duration.ofSeconds(4);
    private static final double GOAL_PINGS = 20_000;
    private static final double GOAL_LOOKUP = 1.3;

    private final long orders;
    private final ServerProcess server;
    private final DirectDuckDb duckdb;
    private final AtomicLong ids = new AtomicLong();
    private final List<List<String>> rows = new ArrayList<>();

    /** @param orders how many rows {@code orders} has */
    FlydbMeasurement(long orders, ServerProcess server, DirectDuckDb duckdb) {
        this.orders = orders;
        this.server = server;
        this.duckdb = duckdb;
    }

    /**
     * What was measured over the wire.
     *
     * @param cpu that the server used for it, in seconds
     */
    private record OverWire(Crowd.Round round, double cpu) {

        /** Pieces of work for each second of one of the server's cores. */
        double aCore() {
            return round.latencies().count() / cpu;
        }
    }

    @Override
    public String name() {
        return "flydb";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        for (Contender side : List.of(sides.duckdb(), sides.skyport())) {
            side.update("CREATE TABLE flydb_inserted (id BIGINT PRIMARY KEY, v BIGINT)");
        }
        double pings = pings();
        double lookups = beside("lookup", LOOKUP, "", this::lookUp, this::lookUp);
        double unused = beside("insert of a row", INSERT, ", 7)", this::insert, this::insert);
        return new Result(
                "Round trips of the FlyDB protocol",
                "A frame and its reply; the lookup and the insert are prepared once and executed, in process: bound, executed"
                        + " and read as Arrow. " + TIME.toSeconds()
                        + " s each. Clients are blocking sockets with a thread"
                        + " each, on the server's cores; *for a core* is per second of processor time that the server used.",
                List.of(
                        "",
                        "connections",
                        "p50",
                        "p99",
                        "together",
                        "for a core",
                        "DuckDB, p50",
                        "together",
                        "ratio of p50"),
                rows,
                List.of(
                        new Result.Goal(
                                "at least 20,000 PINGs a second for a core of the server",
                                Result.figure(pings, "/s"),
                                pings >= GOAL_PINGS),
                        new Result.Goal(
                                "lookup over FlyDB within 1.3 times the same in process",
                                Result.ratio(lookups),
                                lookups <= GOAL_LOOKUP)));
    }

    /** Returns the best rate for a core. */
    private double pings() throws Exception {
        double best = 0;
        for (int connections : CONNECTIONS) {
            OverWire wire = overWire(connections, (client, random) -> client.ping(1));
            add("PING", connections, wire, 1, List.of("", "", ""));
            best = Math.max(best, wire.aCore());
        }
        OverWire wire = overWire(1, (client, random) -> client.ping(IN_FLIGHT));
        add("PING, " + IN_FLIGHT + " in flight", 1, wire, IN_FLIGHT, List.of("", "", ""));
        return Math.max(best, IN_FLIGHT * wire.aCore());
    }

    /** Returns the ratio of the median times of one connection. */
    private double beside(
            String name,
            String before,
            String after,
            Crowd.Work<FlydbConnection> flydb,
            Crowd.Work<DirectStatement> direct)
            throws Exception {
        double alone = 0;
        for (int connections : CONNECTIONS) {
            Crowd.Round inProcess = inProcess(connections, before + "?" + after, direct);
            OverWire wire = overWire(connections, flydb);
            double ratio = wire.round().latencies().medianMillis()
                    / inProcess.latencies().medianMillis();
            add(
                    name,
                    connections,
                    wire,
                    1,
                    List.of(
                            Result.figure(inProcess.latencies().medianMillis(), "ms"),
                            Result.figure(inProcess.rate(), "/s"),
                            Result.ratio(ratio)));
            alone = connections == 1 ? ratio : alone;
        }
        return alone;
    }

    private void add(String name, int connections, OverWire wire, int each, List<String> beside) {
        List<String> row = new ArrayList<>(List.of(
                name,
                Integer.toString(connections),
                Result.figure(wire.round().latencies().medianMillis(), "ms"),
                Result.figure(wire.round().latencies().millis(0.99), "ms"),
                Result.figure(each * wire.round().rate(), "/s"),
                Result.figure(each * wire.aCore(), "/s")));
        row.addAll(beside);
        rows.add(row);
    }

    private OverWire overWire(int connections, Crowd.Work<FlydbConnection> work) throws Exception {
        try (Crowd<FlydbConnection> clients = new Crowd<>(connections, this::connect)) {
            clients.during(WARM_UP, work).requireNoFailures();
            Duration before = server.cpu();
            Crowd.Round round = clients.during(TIME, work).requireNoFailures();
            return new OverWire(round, server.cpu().minus(before).toNanos() / 1e9);
        }
    }

    private Crowd.Round inProcess(int connections, String sql, Crowd.Work<DirectStatement> work) throws Exception {
        try (Crowd<DirectStatement> clients = new Crowd<>(connections, () -> duckdb.prepare(sql))) {
            clients.during(WARM_UP, work).requireNoFailures();
            return clients.during(TIME, work).requireNoFailures();
        }
    }

    private FlydbConnection connect() throws IOException {
        FlydbConnection connection = server.connectFlydb();
        connection.call(FlydbConnection.PREPARE, Map.of("name", "lookup", "query", LOOKUP + "$1"));
        connection.call(FlydbConnection.PREPARE, Map.of("name", "insert", "query", INSERT + "$1, 7)"));
        return connection;
    }

    private void lookUp(FlydbConnection client, SplittableRandom random) throws IOException {
        requireOne(client.execute("lookup", key(random)));
    }

    private void insert(FlydbConnection client, SplittableRandom random) throws IOException {
        requireOne(client.execute("insert", ids.incrementAndGet()));
    }

    private void lookUp(DirectStatement client, SplittableRandom random) throws Exception {
        requireOne(client.find(key(random)));
    }

    private void insert(DirectStatement client, SplittableRandom random) throws Exception {
        requireOne(client.change(ids.incrementAndGet()));
    }

    private long key(SplittableRandom random) {
        return LookupMeasurement.orderKey(random.nextLong(1, orders + 1));
    }

    private static void requireOne(long rows) {
        if (rows != 1) {
            throw new IllegalStateException(rows + " rows, not one");
        }
    }
}
