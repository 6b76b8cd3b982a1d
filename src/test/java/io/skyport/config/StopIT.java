package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skyport.SkyportServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BasicAuthCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;

@Timeout(120)
class StopIT {

    private static final long ROWS = 10_000_000;

    /** Far more than any buffer between the engine and the client holds. */
    private static final String LONG_RESULT = """
            WITH d AS (SELECT n FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS v (n))
            SELECT CAST(a.n AS BIGINT) AS n FROM d a CROSS JOIN d b CROSS JOIN d c CROSS JOIN d e CROSS JOIN d f
            CROSS JOIN d g CROSS JOIN d h""";

    private final CallOption alice =
            new CredentialCallOption(new BasicAuthCredentialWriter(SkyportServer.USER, SkyportServer.PASSWORD));

    @Test
    void a_running_stream_is_delivered_to_its_end_while_new_statements_are_refused() throws Exception {
        SkyportServer server = SkyportServer.start("skyport.session.drain-time=60s");
        CountDownLatch notReady = on(server, AvailabilityChangeEvent.class);
        CompletableFuture<Void> stopped;
        try (BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = client(allocator, server);
                FlightStream stream = open(client)) {
            assertThat(stream.next()).isTrue();
            long rows = stream.getRoot().getRowCount();
            stopped = CompletableFuture.runAsync(server::close);
            assertThat(notReady.await(20, TimeUnit.SECONDS)).isTrue();
            awaitRefused(client);

            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }

            assertThat(rows).isEqualTo(ROWS);
        }
        stopped.get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_transaction_can_be_committed_while_the_server_waits_for_what_runs_and_others_are_rolled_back(
            @TempDir Path data) throws Exception {
        SkyportServer server = SkyportServer.startIn(data, "skyport.session.drain-time=60s");
        CompletableFuture<Void> stopped;
        try (BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = client(allocator, server)) {
            client.executeUpdate("CREATE TABLE kept (id INTEGER)", alice);
            FlightSqlClient.Transaction committed = client.beginTransaction(alice);
            client.executeUpdate("INSERT INTO kept VALUES (1)", committed, alice);
            FlightSqlClient.Transaction open = client.beginTransaction(alice);
            client.executeUpdate("INSERT INTO kept VALUES (2)", open, alice);
            try (FlightStream stream = open(client)) {
                assertThat(stream.next()).isTrue();
                stopped = CompletableFuture.runAsync(server::close);
                awaitRefused(client);
                client.commit(committed, alice);
            }
        }
        stopped.get(60, TimeUnit.SECONDS);
        try (SkyportServer again = SkyportServer.startIn(data);
                BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = client(allocator, again)) {
            FlightInfo info = client.execute("SELECT id FROM kept", alice);
            try (FlightStream stream =
                    client.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
                assertThat(stream.next()).isTrue();
                assertThat(stream.getRoot().getVector("id").getObject(0)).isEqualTo(1);
                assertThat(stream.getRoot().getRowCount()).isOne();
            }
        }
    }

    /** Until then statements run as ever. */
    private void awaitRefused(FlightSqlClient client) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> client.executeUpdate("SELECT 1", alice))
                        .isInstanceOf(FlightRuntimeException.class)
                        .hasMessageContaining("57P01"));
    }

    @Test
    void after_the_grace_period_streams_are_cancelled_and_the_server_stops_clean() throws Exception {
        SkyportServer server =
                SkyportServer.start("skyport.session.drain-time=100ms", "grpc.server.shutdown-grace-period=200ms");
        try (BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = client(allocator, server);
                FlightStream stream = open(client)) {
            assertThat(stream.next()).isTrue();

            CompletableFuture.runAsync(server::close).get(20, TimeUnit.SECONDS);

            assertThatThrownBy(() -> {
                        while (stream.next()) {
                            stream.getRoot();
                        }
                    })
                    .isInstanceOf(FlightRuntimeException.class);
        }
    }

    private FlightStream open(FlightSqlClient client) {
        FlightInfo info = client.execute(LONG_RESULT, alice);
        return client.getStream(info.getEndpoints().get(0).getTicket(), alice);
    }

    private static FlightSqlClient client(BufferAllocator allocator, SkyportServer server) {
        return new FlightSqlClient(
                FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                        .build());
    }

    private static CountDownLatch on(SkyportServer server, Class<? extends ApplicationEvent> type) {
        CountDownLatch latch = new CountDownLatch(1);
        ApplicationListener<ApplicationEvent> listener = event -> {
            boolean refusing = !(event instanceof AvailabilityChangeEvent<?> change)
                    || change.getState() == ReadinessState.REFUSING_TRAFFIC;
            if (type.isInstance(event) && refusing) {
                latch.countDown();
            }
        };
        server.context().addApplicationListener(listener);
        return latch;
    }
}
