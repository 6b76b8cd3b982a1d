package io.skyport.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.ServerOnDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed work over both protocols by clients that also cancel, are slow, vanish and fill the disk: {@code -Dsoak.seconds=600} for
 * longer than the build has time for. Afterwards nothing of theirs is left in the server, and after it was killed
 * everything that it had acknowledged is there.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SoakIT {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("soak.seconds", 30));
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    /** What threads of pools and files of the JVM come and go by themselves. */
    private static final int FEW = 15;

    private static final double HEAP_BYTES = 64e6;

    /** What must be nothing when all clients are gone. */
    private static final Set<String> GAUGES = Set.of(
            "skyport_streams_active",
            "skyport_queries_running",
            "skyport_queue_length",
            "skyport_transactions_active",
            "skyport_cursors_active",
            "skyport_prepared_statements_active",
            "skyport_sessions_active",
            "skyport_flydb_connections",
            "skyport_flightsql_connections",
            "skyport_engine_connections_active",
            "skyport_arrow_memory_bytes",
            "skyport_spooled_bytes",
            "skyport_results_waiting");

    @TempDir
    Path directory;

    @Test
    void nothing_of_many_clients_is_left_and_what_was_acknowledged_survives_being_killed() throws Exception {
        try (ServerOnDisk server = ServerOnDisk.start(
                        directory,
                        256,
                        "skyport.engine.min-free-space=32MB",
                        "skyport.engine.memory-limit=512MB",
                        "skyport.session.idle-timeout=4s",
                        "skyport.session.result-timeout=4s",
                        "skyport.session.transaction-timeout=4s");
                BufferAllocator allocator = new RootAllocator()) {
            Written written = new Written();
            Crowd crowd = new Crowd(server, allocator, written);
            crowd.prepare();
            crowd.run(WARM_UP);
            awaitNothingLeft(server);
            Footprint before = Footprint.of(server);

            crowd.run(TIME);
            assertThat(crowd.unexpected()).isEmpty();
            crowd.assertEverythingHappened();
            awaitNothingLeft(server);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> Footprint.of(server).assertAtMost(before, FEW, HEAP_BYTES));

            crowd.assertAllThere(written);
            server.killAndAwaitNext();
            crowd.assertAllThere(written);
            System.out.println("soak: " + crowd.summary());
        }
    }

    private static void awaitNothingLeft(ServerOnDisk server) {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            Map<String, Double> left = new TreeMap<>();
            for (String gauge : GAUGES) {
                left.put(gauge, server.metric(gauge));
            }
            left.values().removeIf(value -> value == 0);
            assertThat(left).isEmpty();
        });
    }
}
