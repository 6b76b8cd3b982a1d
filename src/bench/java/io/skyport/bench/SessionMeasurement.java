package io.skyport.bench;

import io.skyport.engine.DuckDbEngine;
import io.skyport.session.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/** What it takes to get a session, and to give it back. */
final class SessionMeasurement {

    static final String NAME = "sessions";

    private static final int RUNS = 300;
    private static final int WARM_UPS = 300;

    private final BenchSettings settings;
    private final BufferAllocator allocator;
    private final Path directory;
    private final Map<String, Latencies> times = new LinkedHashMap<>();
    private boolean warm;

    /** @param directory for the databases of this process */
    SessionMeasurement(BenchSettings settings, BufferAllocator allocator, Path directory) {
        this.settings = settings;
        this.allocator = allocator;
        this.directory = directory;
    }

    private interface Step<T> {
        T take() throws Exception;
    }

    private <T> T timed(String name, Step<T> step) throws Exception {
        long start = System.nanoTime();
        T taken = step.take();
        long time = System.nanoTime() - start;
        if (warm) {
            times.computeIfAbsent(name, key -> new Latencies()).add(time);
        }
        return taken;
    }

    Result run(ServerProcess server) throws Exception {
        try (DuckDbEngine engine = Compiling.engine(directory.resolve("sessions"), settings, allocator);
                SessionBank bank = new SessionBank(engine, allocator);
                DuckDBConnection duckdb = DirectDuckDb.connect(
                        directory.resolve("sessions.duckdb"), settings.threads(), settings.memory());
                SkyportClient shared = SkyportClient.connectAsUser(server, allocator)) {
            for (int i = 0; i < WARM_UPS + RUNS; i++) {
                warm = i >= WARM_UPS;
                direct(duckdb);
                inProcess(bank);
                byHandshake(server);
                byCookie(server);
                timed("no session: SELECT 1 by who sends user and password", () -> shared.fetch("SELECT 1"));
            }
        }
        return new Result(
                "Sessions",
                "Each on its own connection of the network, which is made before the time runs but where it says so; "
                        + RUNS
                        + " times. A session over Flight is a token from Handshake, or a cookie that comes with the"
                        + " first SetSessionOptions.",
                List.of("", "p50", "p99"),
                times.entrySet().stream()
                        .map(entry -> List.of(
                                entry.getKey(),
                                Result.figure(entry.getValue().medianMillis(), "ms"),
                                Result.figure(entry.getValue().millis(0.99), "ms")))
                        .toList(),
                List.of());
    }

    private void direct(DuckDBConnection duckdb) throws Exception {
        Connection connection = timed("DuckDB: a further connection", duckdb::duplicate);
        timed("DuckDB: close it", () -> {
            connection.close();
            return connection;
        });
    }

    private void inProcess(SessionBank bank) throws Exception {
        Session session = timed("in process: open", bank::session);
        timed("in process: close", () -> {
            bank.close(session);
            return session;
        });
    }

    private void byHandshake(ServerProcess server) throws Exception {
        SkyportClient client =
                timed("Flight SQL: connect and Handshake", () -> SkyportClient.connect(server, allocator));
        use(client, "token");
    }

    private void byCookie(ServerProcess server) throws Exception {
        SkyportClient client = SkyportClient.connectAsUser(server, allocator);
        timed("Flight SQL: connect, SetSessionOptions with a cookie", () -> {
            client.set("catalog", "default");
            return client;
        });
        use(client, "cookie");
    }

    private void use(SkyportClient client, String kind) throws Exception {
        try (client) {
            timed(kind + ": first SELECT 1", () -> client.fetch("SELECT 1"));
            timed(kind + ": second SELECT 1", () -> client.fetch("SELECT 1"));
            timed(kind + ": CloseSession", () -> {
                client.closeSession();
                return client;
            });
        }
    }
}
