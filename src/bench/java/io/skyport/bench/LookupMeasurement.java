package io.skyport.bench;

import io.skyport.bench.Contender.Lookup;
import io.skyport.bench.Result.Goal;
import java.util.List;
import java.util.SplittableRandom;

/** A row by its primary key through a prepared statement: bind, execute, fetch, as clients do. */
final class LookupMeasurement implements Measurement {

    private static final String SQL = "SELECT * FROM orders WHERE o_orderkey = ?";
    private static final int ROUNDS = 5;
    private static final int CROWD = 8;
    private static final double GOAL_MILLIS = 1.0;

    private final long orders;
    private final int lookups;

    /**
     * @param orders how many rows {@code orders} has
     * @param lookups lookups of all clients together in a round
     */
    LookupMeasurement(long orders, int lookups) {
        this.orders = orders;
        this.lookups = lookups;
    }

    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public Result run(Sides sides) throws Exception {
        Result.Table table = new Result.Table();
        Sides.Times alone = add(table, sides, 1, "1 client");
        add(table, sides, CROWD, CROWD + " clients");
        double median = alone.skyport().medianMillis();
        return new Result(
                "Primary-key lookup",
                "`" + SQL + "`, prepared once: DoPut of the key, GetFlightInfo, DoGet; in process: bind, execute, "
                        + "export. " + (ROUNDS * lookups) + " lookups.",
                Result.COLUMNS,
                table.rows(),
                List.of(new Goal(
                        "lookup at most 1.0 ms p50 end to end", Result.figure(median, "ms"), median <= GOAL_MILLIS)));
    }

    private Sides.Times add(Result.Table table, Sides sides, int clients, String name) throws Exception {
        Sides.Times times = new Sides.Times(new Latencies(), new Latencies());
        double[] seconds = new double[2];
        try (Crowd<Lookup> skyport = new Crowd<>(clients, () -> sides.skyport().lookup(SQL));
                Crowd<Lookup> duckdb = new Crowd<>(clients, () -> sides.duckdb().lookup(SQL))) {
            skyport.times(lookups, this::lookUp);
            duckdb.times(lookups, this::lookUp);
            for (int i = 0; i < ROUNDS; i++) {
                seconds[0] += round(skyport, times.skyport());
                seconds[1] += round(duckdb, times.duckdb());
            }
        }
        double all = (double) ROUNDS * lookups;
        table.add(
                        name + ", p50",
                        "ms",
                        times.skyport().millis(0.50),
                        times.duckdb().millis(0.50))
                .add(
                        name + ", p99",
                        "ms",
                        times.skyport().millis(0.99),
                        times.duckdb().millis(0.99))
                .add(name + ", together", "/s", all / seconds[0], all / seconds[1]);
        return times;
    }

    private double round(Crowd<Lookup> clients, Latencies latencies) throws Exception {
        Crowd.Round round = clients.times(lookups, this::lookUp);
        latencies.addAll(round.latencies());
        return round.seconds();
    }

    private void lookUp(Lookup client, SplittableRandom random) throws Exception {
        long key = orderKey(random.nextLong(1, orders + 1));
        long rows = client.find(key);
        if (rows != 1) {
            throw new IllegalStateException(rows + " rows have the key " + key);
        }
    }

    /** TPC-H uses 8 of each 32 keys (specification 4.2.3). */
    static long orderKey(long order) {
        return (order >> 3 << 5) | (order & 7);
    }
}
