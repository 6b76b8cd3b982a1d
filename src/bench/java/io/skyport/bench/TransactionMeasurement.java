package io.skyport.bench;

import io.skyport.bench.Result.Goal;
import io.skyport.engine.DuckDbEngine;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/** Small transfer transactions by each kind of client. */
final class TransactionMeasurement {

    static final String NAME = "transactions";

    private static final long ACCOUNTS = 100_000;
    private static final int CROWD = 8;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofMillis(1_500);
    /** One client alone changes turns with the others so often that what disturbs the machine disturbs all. */
    private static final int SHORT_ROUNDS = 400;

    private static final Duration SHORT_ROUND = Duration.ofMillis(15);
    private static final double MOST_OF_SESSION = 1.15;

    private static final String DUCKDB = "DuckDB, Arrow";
    private static final String ENGINE = "engine room";
    private static final String SESSION = "session";
    /** The other clients of the server use its tables. */
    private static final String FLIGHT = "Flight SQL, prepared";

    private final BenchSettings settings;
    private final BufferAllocator allocator;
    private final Path directory;

    /** @param directory for the databases of this process */
    TransactionMeasurement(BenchSettings settings, BufferAllocator allocator, Path directory) {
        this.settings = settings;
        this.allocator = allocator;
        this.directory = directory;
    }

    Result run(ServerProcess server) throws Exception {
        Map<String, Bank> banks = new LinkedHashMap<>();
        try (DuckDbEngine engine = Compiling.engine(directory.resolve("bank"), settings, allocator);
                DuckDBConnection duckdb =
                        DirectDuckDb.connect(directory.resolve("bank.duckdb"), settings.threads(), settings.memory())) {
            banks.put(DUCKDB, new JdbcBank(duckdb::duplicate, this::readArrow));
            banks.put(ENGINE, new EngineBank(engine));
            banks.put(SESSION, new SessionBank(engine, allocator));
            banks.put(FLIGHT, new FlightBank(server, allocator, true));
            banks.put("Flight SQL, texts", new FlightBank(server, allocator, false));
            banks.put("FlyDB, prepared", new FlydbBank(server));
            banks.put("JDBC, prepared", new JdbcBank(server::connect, JdbcBank::readRow));
            try {
                for (String bank : List.of(DUCKDB, ENGINE, SESSION, FLIGHT)) {
                    for (String table : Bank.tables(ACCOUNTS)) {
                        banks.get(bank).update(table);
                    }
                }
                return measured(banks);
            } finally {
                for (String drop : Bank.dropping()) {
                    banks.get(FLIGHT).update(drop);
                }
                for (Bank bank : banks.values()) {
                    bank.close();
                }
            }
        }
    }

    private long readArrow(PreparedStatement query) throws Exception {
        return DirectDuckDb.bigint(query, allocator);
    }

    private Result measured(Map<String, Bank> banks) throws Exception {
        Map<String, Counts> alone = counts(banks, 1, false);
        Map<String, Counts> crowd = counts(banks, CROWD, false);
        Map<String, Counts> apart = counts(banks, CROWD, true);
        List<List<String>> rows = new ArrayList<>();
        for (String bank : banks.keySet()) {
            rows.add(List.of(
                    bank,
                    Result.figure(alone.get(bank).millis(), "ms"),
                    Result.ratio(alone.get(bank).millis() / alone.get(DUCKDB).millis()),
                    Result.figure(alone.get(bank).perSecond(), "/s"),
                    Result.ratio(alone.get(bank).perSecond() / alone.get(DUCKDB).perSecond()),
                    Result.figure(crowd.get(bank).perSecond(), "/s"),
                    Result.ratio(crowd.get(bank).perSecond() / crowd.get(DUCKDB).perSecond()),
                    Long.toString(crowd.get(bank).conflicts()),
                    Result.figure(apart.get(bank).perSecond(), "/s"),
                    Result.ratio(apart.get(bank).perSecond() / apart.get(DUCKDB).perSecond())));
        }
        double ratio = alone.get(SESSION).millis() / alone.get(DUCKDB).millis();
        return new Result(
                "Transactions",
                "A transfer: two balances read by primary key, both changed, one row inserted, committed to a file."
                        + " Statements are prepared once; *texts* sends them with their values in them. The session layer and"
                        + " the engine room are called in the process of DuckDB; *session* is what each wire calls. "
                        + ACCOUNTS
                        + " accounts; *apart*: each client has accounts of its own. Ratios are to DuckDB, whose"
                        + " two results are read as Arrow. Conflicts are tried again and counted.",
                List.of(
                        "",
                        "1 client, p50",
                        "ratio",
                        "1 client",
                        "ratio",
                        CROWD + " clients",
                        "ratio",
                        "conflicts",
                        CROWD + " apart",
                        "ratio"),
                rows,
                List.of(new Goal(
                        "the session layer adds at most 15% to a small transaction's time",
                        Result.percent(ratio - 1), ratio <= MOST_OF_SESSION)));
    }

    private record Counts(double millis, double perSecond, long conflicts) {}

    /** All take turns. */
    private static Map<String, Counts> counts(Map<String, Bank> banks, int clients, boolean apart) throws Exception {
        Map<String, Transfers> all = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Bank> bank : banks.entrySet()) {
                Transfers transfers = new Transfers(bank.getValue(), clients, ACCOUNTS, apart);
                all.put(bank.getKey(), transfers);
                transfers.round(WARM_UP);
                transfers.warm();
            }
            List<Transfers> turns = new ArrayList<>(all.values());
            for (int i = 0; i < (clients == 1 ? SHORT_ROUNDS : ROUNDS); i++) {
                for (Transfers transfers : turns) {
                    transfers.round(clients == 1 ? SHORT_ROUND : ROUND);
                }
                // Who comes behind whom makes a difference.
                Collections.rotate(turns, 1);
            }
            Map<String, Counts> counts = new LinkedHashMap<>();
            all.forEach((bank, transfers) -> counts.put(
                    bank, new Counts(transfers.medianMillis(), transfers.perSecond(), transfers.conflicts())));
            return counts;
        } finally {
            for (Transfers transfers : all.values()) {
                transfers.close();
            }
        }
    }
}
