package io.skyport.bench;

/** Both contenders, who take turns: what disturbs the machine then disturbs both. */
record Sides(Contender skyport, Contender duckdb) {

    /** Work on one side; returns the nanoseconds that count. */
    interface Work {
        long on(Contender contender) throws Exception;
    }

    /** Times on both sides. */
    record Times(Latencies skyport, Latencies duckdb) {

        double ratio() {
            return skyport.medianMillis() / duckdb.medianMillis();
        }
    }

    /** Does the work on both sides, {@code warmUps} times without and then {@code runs} times with measuring. */
    Times alternate(int warmUps, int runs, Work work) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            work.on(duckdb);
            work.on(skyport);
        }
        Times times = new Times(new Latencies(), new Latencies());
        for (int i = 0; i < runs; i++) {
            if (i % 2 == 0) {
                times.skyport().add(work.on(skyport));
                times.duckdb().add(work.on(duckdb));
            } else {
                times.duckdb().add(work.on(duckdb));
                times.skyport().add(work.on(skyport));
            }
        }
        return times;
    }
}
