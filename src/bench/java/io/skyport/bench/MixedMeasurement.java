package io.skyport.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;

/** Many clients that each ask one TPC-H query after the other, in an order of their own. */
final class MixedMeasurement implements Measurement {

    private static final int CLIENTS = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(40);

    private final List<String> queries;
    private final ServerProcess server;
    private final DirectDuckDb duckdb;
    private final BufferAllocator allocator;

    MixedMeasurement(List<String> queries, ServerProcess server, DirectDuckDb duckdb, BufferAllocator allocator) {
        this.queries = queries;
        this.server = server;
        this.duckdb = duckdb;
        this.allocator = allocator;
    }

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Crowd.Round direct = round(duckdb::duplicate);
        Crowd.Round skyport = round(() -> SkyportClient.connect(server, allocator));
        Result.Table table = new Result.Table().add("queries", "/s", skyport.rate(), direct.rate());
        for (double share : new double[] {0.50, 0.95, 0.99}) {
            table.add(
                    "p" + Math.round(100 * share),
                    "ms",
                    skyport.latencies().millis(share),
                    direct.latencies().millis(share));
        }
        List<List<String>> rows = new ArrayList<>(table.rows());
        rows.add(List.of("errors", Long.toString(skyport.failures()), Long.toString(direct.failures()), ""));
        rows.add(List.of("most memory of the process", Result.figure(server.peakMemory() / 1e9, "GB"), "", ""));
        return new Result(
                "Mixed queries of many clients",
                CLIENTS + " clients, each with a connection, ask TPC-H queries in random order for " + TIME.toSeconds()
                        + " s, each as soon as it has the last answer whole; in process: as many connections and threads."
                        + " Memory is the resident one since the server's start, with the engine's limit and what the other"
                        + " measurements left.",
                Result.COLUMNS,
                rows,
                List.of(new Result.Goal(
                        CLIENTS + " clients with mixed queries see no error",
                        skyport.failures() + " of "
                                + (skyport.failures() + skyport.latencies().count()),
                        skyport.failures() == 0)));
    }

    private Crowd.Round round(Crowd.Opening<Contender> opening) throws Exception {
        try (Crowd<Contender> clients = new Crowd<>(CLIENTS, opening)) {
            clients.during(WARM_UP, this::ask);
            return clients.during(TIME, this::ask);
        }
    }

    private void ask(Contender client, SplittableRandom random) throws Exception {
        client.fetch(queries.get(random.nextInt(queries.size())));
    }
}
