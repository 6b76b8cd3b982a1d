package io.skyport.clients;

import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skyport.SkyportServer;
import io.skyport.engine.EngineGauges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Large results, slow readers, many readers and readers that leave. The server has few connections, so that a lost one
 * is missed.
 */
class StreamingIT {

    private static final int CONNECTIONS = 4;
    private static final long ROWS = 60_000_000;
    /** Buffers that one stream may hold on the server: what is being sent, and the engine's next batch. */
    private static final long STREAM_BYTES = 48L << 20;

    private static SkyportServer server;

    private BufferAllocator allocator;
    private FlightSqlClient client;

    @BeforeAll
    static void start() {
        server = SkyportServer.start(
                Endpoint.users("skyport.engine.max-connections=" + CONNECTIONS, "skyport.engine.acquire-timeout=30s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        client = Connected.connect(allocator, server.flightPort());
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        allocator.close();
        NothingHeld.check(server);
        assertThat(takenConnections()).isZero();
    }

    private static BufferAllocator serverAllocator() {
        return server.bean(BufferAllocator.class);
    }

    /** Connections that the engine has given out. */
    private static int takenConnections() {
        return server.bean(EngineGauges.class).activeConnections();
    }

    @Test
    void sixty_million_rows_stream_through_flat_memory() throws Exception {
        long rows = 0;
        long sum = 0;
        long peak = 0;
        FlightInfo info = client.execute("SELECT i FROM range(" + ROWS + ") AS t(i)");
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
            while (stream.next()) {
                BigIntVector vector = (BigIntVector) stream.getRoot().getVector(0);
                int count = stream.getRoot().getRowCount();
                rows += count;
                sum += vector.get(0) + vector.get(count - 1);
                peak = Math.max(peak, serverAllocator().getAllocatedMemory());
            }
        }
        assertThat(rows).isEqualTo(ROWS);
        assertThat(sum).isPositive();
        // The whole result is 480 MB.
        assertThat(peak).isPositive().isLessThan(STREAM_BYTES);
    }

    @Test
    void what_a_slow_reader_has_not_asked_for_is_not_produced() throws Exception {
        try (RawFlight flight = new RawFlight(server.flightPort())) {
            Ticket ticket = ticket(flight, "SELECT repeat('x', 1000) AS s FROM range(2000000) AS t(i)");
            var call = flight.start(FlightServiceGrpc.getDoGetMethod(), alice(), 1);
            call.send(ticket);
            call.halfClose();
            call.firstMessage();

            // The reader asks for nothing more. The server fills the windows of HTTP/2 and stops: the memory it holds
            // stays the same for many looks in a row, far below the result's 2 GB.
            StableValue held = new StableValue();
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> held.same(serverAllocator().getAllocatedMemory()) >= 20);
            assertThat(held.value).isPositive().isLessThan(STREAM_BYTES);
            call.cancel();
        }
    }

    @Test
    void a_hundred_streams_finish_with_four_connections() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(100);
        try {
            List<Callable<Long>> reads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                long rows = 10_000L + i;
                reads.add(() -> count("SELECT i, 'some text' AS s FROM range(" + rows + ") AS t(i)"));
            }
            List<Future<Long>> counts = readers.invokeAll(reads);
            for (int i = 0; i < 100; i++) {
                assertThat(counts.get(i).get()).isEqualTo(10_000L + i);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void a_reader_that_leaves_frees_its_connection() throws Exception {
        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            FlightInfo info = client.execute("SELECT i FROM range(1000000000) AS t(i)");
            try (FlightStream stream =
                    client.getStream(info.getEndpoints().get(0).getTicket())) {
                assertThat(stream.next()).isTrue();
                stream.cancel("enough", null);
            }
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> takenConnections() == 0);
    }

    @Test
    void a_reader_that_leaves_before_the_first_row_frees_its_connection() throws Exception {
        try (RawFlight flight = new RawFlight(server.flightPort())) {
            // Sorting a billion rows takes far longer than this test.
            Ticket ticket = ticket(flight, "SELECT i FROM range(1000000000) AS t(i) ORDER BY hash(i)");
            var call = flight.start(FlightServiceGrpc.getDoGetMethod(), alice());
            call.send(ticket);
            call.halfClose();
            await().until(() -> takenConnections() == 1);
            call.cancel();
            await().atMost(Duration.ofSeconds(10)).until(() -> takenConnections() == 0);
        }
    }

    @Test
    void a_deadline_ends_the_query() throws Exception {
        FlightInfo info = client.execute("SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1");
        var deadline = CallOptions.timeout(500, TimeUnit.MILLISECONDS);
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), deadline)) {
            assertThatThrownBy(stream::next).satisfies(FlightSqlStatementsIT.code(FlightStatusCode.TIMED_OUT));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> takenConnections() == 0);
    }

    @Test
    void a_client_that_disappears_frees_its_connections() throws Exception {
        RawFlight flight = new RawFlight(server.flightPort());
        for (int i = 0; i < CONNECTIONS; i++) {
            Ticket ticket = ticket(flight, "SELECT i FROM range(1000000000) AS t(i)");
            var call = flight.start(FlightServiceGrpc.getDoGetMethod(), alice(), 1);
            call.send(ticket);
            call.halfClose();
            call.firstMessage();
        }
        assertThat(takenConnections()).isEqualTo(CONNECTIONS);

        flight.close();

        await().atMost(Duration.ofSeconds(10)).until(() -> takenConnections() == 0);
    }

    private long count(String sql) throws Exception {
        try (BufferAllocator own = new RootAllocator();
                FlightSqlClient reader = Connected.connect(own, server.flightPort())) {
            long rows = 0;
            FlightInfo info = reader.execute(sql);
            try (FlightStream stream =
                    reader.getStream(info.getEndpoints().get(0).getTicket())) {
                while (stream.next()) {
                    rows += stream.getRoot().getRowCount();
                }
            }
            return rows;
        }
    }

    private static Ticket ticket(RawFlight flight, String sql) throws Exception {
        var answer = flight.call(
                FlightServiceGrpc.getGetFlightInfoMethod(),
                alice(),
                command(CommandStatementQuery.newBuilder().setQuery(sql).build()));
        assertThat(answer.messages()).as(answer.description()).hasSize(1);
        return answer.messages().get(0).getEndpoint(0).getTicket();
    }

    /** How often in a row a value was the same. */
    private static final class StableValue {
        private long value = -1;
        private int looks;

        int same(long seen) {
            looks = seen == value ? looks + 1 : 0;
            value = seen;
            return looks;
        }
    }
}
