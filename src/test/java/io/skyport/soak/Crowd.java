package io.skyport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.skyport.ServerOnDisk;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;

/** Clients of all kinds, each in a thread of its own, one after the other in it. */
final class Crowd {

    private static final int NUMBERS = 400_000;
    private static final int WRITES = 20;
    private static final int MOST_BALLAST = 40;

    /** What is left open goes after four seconds: there must not be more meanwhile than there may be. */
    private static final int TURNS_PER_TRANSACTION = 20;

    private static final String DISK_FULL = "53100";

    /** What a client may be told while others fill the disk: nothing else fails. */
    private static final Set<String> EXPECTED = Set.of(DISK_FULL);

    private final ServerOnDisk server;
    private final BufferAllocator allocator;
    private final Written written;
    private final Map<String, LongAdder> happened = new ConcurrentHashMap<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private int vanished;

    Crowd(ServerOnDisk server, BufferAllocator allocator, Written written) {
        this.server = server;
        this.allocator = allocator;
        this.written = written;
    }

    /** What a client does between its coming and its going. */
    private interface Turn {
        void take() throws Exception;
    }

    /** A client of Flight SQL with a session of its own, on a connection of its own. */
    private final class Flight implements AutoCloseable {

        private final ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .build();
        private final FlightClient flight = FlightGrpcUtils.createFlightClient(allocator, channel);
        private final FlightSqlClient sql = new FlightSqlClient(flight);
        private final CallOption token = flight.authenticateBasicToken(SkyportServer.USER, SkyportServer.PASSWORD)
                .orElseThrow();

        FlightStream stream(String query) {
            return sql.getStream(sql.execute(query, token).getEndpoints().get(0).getTicket(), token);
        }

        /** Without a word to the server. */
        void vanish() {
            channel.shutdownNow();
        }

        @Override
        public void close() throws Exception {
            if (!channel.isShutdown()) {
                flight.closeSession(new CloseSessionRequest(), token);
            }
            sql.close();
        }
    }

    void prepare() throws Exception {
        try (Flight client = new Flight()) {
            client.sql.executeUpdate(
                    "CREATE TABLE written (id BIGINT PRIMARY KEY, pair BIGINT, s VARCHAR)", client.token);
            client.sql.executeUpdate(
                    "CREATE TABLE numbers AS SELECT i, md5(CAST(i AS VARCHAR)) AS s FROM range(" + NUMBERS + ") t(i)",
                    client.token);
        }
    }

    /** Lets all clients come and go until the time is over; the disk is full in the middle of it. */
    void run(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        Map<String, Turn> turns = new HashMap<>();
        turns.put("written over Flight SQL", this::writeByFlight);
        turns.put("written over FlyDB", this::writeByFlydb);
        turns.put("read", this::read);
        turns.put("cancelled", this::cancel);
        turns.put("read slowly", this::readSlowly);
        turns.put("vanished from Flight SQL", this::vanishFromFlight);
        turns.put("vanished from FlyDB", this::vanishFromFlydb);
        turns.put("read by cursor", this::readByCursor);
        turns.put("prepared", this::prepared);
        turns.put("filled the disk", this::fillDisk);
        ExecutorService threads = Executors.newFixedThreadPool(turns.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            turns.forEach((name, turn) -> running.add(threads.submit(() -> repeat(name, turn, end))));
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void repeat(String name, Turn turn, long end) {
        while (System.nanoTime() < end) {
            try {
                turn.take();
                count(name);
            } catch (Exception | AssertionError e) {
                String text = String.valueOf(e.getMessage());
                String known =
                        EXPECTED.stream().filter(text::contains).findFirst().orElse(null);
                if (known == null) {
                    unexpected.add(name + ": " + e);
                } else {
                    count(known);
                }
            }
        }
    }

    private void count(String what) {
        happened.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    private void writeByFlight() throws Exception {
        try (Flight client = new Flight()) {
            for (int i = 0; i < WRITES; i++) {
                long id = written.next();
                client.sql.executeUpdate("INSERT INTO written VALUES (" + id + ", NULL, 'by itself')", client.token);
                written.acknowledge(id);
            }
        }
    }

    private void writeByFlydb() {
        try (FlydbClient client = flydb()) {
            for (int i = 0; i < WRITES; i++) {
                long first = written.next();
                long second = written.next();
                result(client, "BEGIN");
                result(client, "INSERT INTO written VALUES (" + first + ", " + second + ", 'first')");
                result(client, "INSERT INTO written VALUES (" + second + ", " + first + ", 'second')");
                result(client, "COMMIT");
                written.acknowledge(first);
                written.acknowledge(second);
            }
        }
    }

    private void read() throws Exception {
        try (Flight client = new Flight();
                FlightStream stream = client.stream("SELECT * FROM numbers ORDER BY s")) {
            long rows = 0;
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
            assertThat(rows).isEqualTo(NUMBERS);
        }
    }

    private void cancel() throws Exception {
        try (Flight client = new Flight();
                FlightStream stream = client.stream("SELECT a.i, b.s FROM numbers a, numbers b")) {
            assertThat(stream.next()).isTrue();
            stream.cancel("enough", null);
        }
    }

    private void readSlowly() throws Exception {
        try (Flight client = new Flight();
                FlightStream stream = client.stream("SELECT a.i, b.s FROM numbers a, numbers b")) {
            for (int i = 0; i < 5; i++) {
                assertThat(stream.next()).isTrue();
                Thread.sleep(200); // what makes it slow
            }
            stream.cancel("enough", null);
        }
    }

    private void vanishFromFlight() throws Exception {
        try (Flight client = new Flight()) {
            if (vanished++ % TURNS_PER_TRANSACTION == 0) {
                client.sql.beginTransaction(client.token);
            }
            client.sql.prepare("SELECT * FROM written WHERE id = ?", client.token);
            try (FlightStream stream = client.stream("SELECT a.i, b.s FROM numbers a, numbers b")) {
                assertThat(stream.next()).isTrue();
                client.vanish();
            } catch (FlightRuntimeException gone) {
                count("gone");
            }
        }
    }

    private void vanishFromFlydb() throws IOException {
        FlydbClient client = flydb();
        result(client, "BEGIN");
        result(client, "INSERT INTO written VALUES (" + written.next() + ", -1, 'never there')");
        client.call(MessageType.CURSOR_OPEN, "{\"query\": \"SELECT * FROM numbers\", \"fetch_size\": 100}");
        client.send(
                MessageType.QUERY.code(),
                0,
                "{\"query\": \"SELECT count(*) FROM numbers a, numbers b WHERE a.s < b.s\"}".getBytes());
        client.socket().setSoLinger(true, 0);
        client.close();
    }

    private void readByCursor() {
        try (FlydbClient client = flydb()) {
            String open = "{\"query\": \"SELECT * FROM numbers\", \"cursor_type\": 0, \"fetch_size\": 5000}";
            String id = client.call(MessageType.CURSOR_OPEN, open)
                    .json()
                    .path("cursor_id")
                    .asText();
            for (int page = 0; page < 20; page++) {
                JsonNode rows = client.call(MessageType.CURSOR_FETCH, "{\"cursor_id\": \"" + id + "\"}")
                        .json();
                assertThat(rows.path("row_count").asInt()).as(rows.toString()).isEqualTo(5000);
            }
        }
    }

    private void prepared() throws Exception {
        try (Flight client = new Flight()) {
            FlightSqlClient.PreparedStatement statement =
                    client.sql.prepare("SELECT count(*) AS n FROM numbers WHERE i < 1000", client.token);
            for (int i = 0; i < WRITES; i++) {
                try (FlightStream stream = client.sql.getStream(
                        statement.execute(client.token).getEndpoints().get(0).getTicket(), client.token)) {
                    assertThat(stream.next()).isTrue();
                    assertThat(((BigIntVector) stream.getRoot().getVector("n")).get(0))
                            .isEqualTo(1000);
                }
            }
            statement.close(client.token);
        }
    }

    /** Until writers are refused; then makes room again. */
    private void fillDisk() throws Exception {
        try (Flight client = new Flight()) {
            int files = 0;
            boolean full = false;
            while (!full && files < MOST_BALLAST) {
                full = !ballast(client, files++, 300_000) || !writable(client);
            }
            assertThat(full).as("the disk is full").isTrue();
            for (int i = 0; i < files; i++) {
                ballast(client, i, 1);
            }
            client.sql.executeUpdate("CHECKPOINT", client.token);
            assertThat(writable(client)).as("there is room again").isTrue();
        }
    }

    private boolean ballast(Flight client, int number, int rows) {
        return done(
                client,
                "COPY (SELECT md5(CAST(random() AS VARCHAR)) FROM range(" + rows + ")) TO '"
                        + server.files().resolve("ballast-" + number + ".csv") + "'");
    }

    private boolean writable(Flight client) {
        return done(client, "INSERT INTO written VALUES (" + written.next() + ", NULL, 'a probe')");
    }

    private boolean done(Flight client, String sql) {
        try {
            client.sql.executeUpdate(sql, client.token);
            return true;
        } catch (FlightRuntimeException e) {
            if (!String.valueOf(e.getMessage()).contains(DISK_FULL)) {
                throw e;
            }
            count(DISK_FULL);
            return false;
        }
    }

    private FlydbClient flydb() {
        return FlydbClient.connect(server.flydbPort()).login();
    }

    private static void result(FlydbClient client, String sql) {
        client.result(sql);
    }

    List<String> unexpected() {
        return unexpected.stream().distinct().limit(20).toList();
    }

    void assertEverythingHappened() {
        assertThat(happened.keySet())
                .contains(
                        "written over Flight SQL",
                        "written over FlyDB",
                        "read",
                        "cancelled",
                        "read slowly",
                        "vanished from Flight SQL",
                        "vanished from FlyDB",
                        "read by cursor",
                        "prepared",
                        "filled the disk",
                        DISK_FULL);
    }

    /** All that was acknowledged is there, nothing is half there, and nothing is there of transactions that were left. */
    void assertAllThere(Written expected) throws Exception {
        try (Flight client = new Flight()) {
            assertThat(values(client, "SELECT id FROM written")).containsAll(expected.acknowledged());
            assertThat(values(client, "SELECT id FROM written WHERE pair = -1")).isEmpty();
            assertThat(values(
                            client,
                            "SELECT id FROM written w WHERE pair IS NOT NULL"
                                    + " AND NOT EXISTS (SELECT 1 FROM written p WHERE p.id = w.pair)"))
                    .isEmpty();
        }
    }

    private static Set<Long> values(Flight client, String sql) throws Exception {
        Set<Long> values = new HashSet<>();
        try (FlightStream stream = client.stream(sql)) {
            while (stream.next()) {
                BigIntVector ids = (BigIntVector) stream.getRoot().getVector(0);
                for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
                    values.add(ids.get(row));
                }
            }
        }
        return values;
    }

    String summary() {
        return new TreeMap<>(happened) + ", " + written.acknowledged().size() + " acknowledged";
    }
}
