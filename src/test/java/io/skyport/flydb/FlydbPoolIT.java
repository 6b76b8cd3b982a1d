package io.skyport.flydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.SkyportServer;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgBeginTx;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgPrepare;
import io.skyport.flydb.message.MsgRollbackTx;
import io.skyport.flydb.message.MsgSetOption;
import io.skyport.flydb.message.MsgUseDatabase;
import io.skyport.flydb.server.FlydbServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are used again and again, as the guide recommends ("Connection Pooling"). */
@Timeout(120)
class FlydbPoolIT {

    /** Of the guide's recommended settings. */
    private static final int MAX_CONNECTIONS = 10;

    private static final long ACQUIRE_SECONDS = 30;
    private static final int THREADS = 30;
    private static final int TURNS = 8;

    /** Connects when nobody has given one back, up to the limit; validates by a ping, and resets as docs/flydb.md says. */
    private static final class Pool implements AutoCloseable {

        private final SkyportServer server;
        private final BlockingQueue<FlydbClient> idle = new LinkedBlockingQueue<>();
        private final AtomicInteger connected = new AtomicInteger();

        Pool(SkyportServer server) {
            this.server = server;
        }

        FlydbClient take() throws InterruptedException {
            FlydbClient free = idle.poll();
            if (free == null && connected.getAndUpdate(n -> Math.min(MAX_CONNECTIONS, n + 1)) < MAX_CONNECTIONS) {
                free = FlydbClient.driver(server);
            }
            free = free == null ? idle.poll(ACQUIRE_SECONDS, TimeUnit.SECONDS) : free;
            assertThat(free).as("a connection in time").isNotNull();
            assertThat(free.call(new MsgPing()).type()).isEqualTo(MessageType.PONG);
            return free;
        }

        /** Whether a transaction is open is not known: 25P01 says that none was. */
        void giveBack(FlydbClient client) {
            client.call(new MsgRollbackTx());
            for (String option : List.of("auto_commit", "isolation_level", "read_only")) {
                assertThat(client.call(new MsgSetOption(option, null)).json().path("success"))
                        .hasToString("true");
            }
            client.call(new MsgUseDatabase(""));
            idle.add(client);
        }

        @Override
        public void close() {
            idle.forEach(FlydbClient::close);
        }
    }

    @Test
    void ten_connections_serve_many_threads_of_which_none_sees_what_another_left() throws Exception {
        try (SkyportServer server = SkyportServer.start();
                Pool pool = new Pool(server)) {
            try (FlydbClient setup = FlydbClient.driver(server)) {
                setup.result("CREATE TABLE done (thread INT, turn INT)");
                setup.result("CREATE DATABASE elsewhere");
            }
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int turn = 0; turn < TURNS; turn++) {
                        FlydbClient client = pool.take();
                        work(client, number, turn);
                        pool.giveBack(client);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(100, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(server.bean(FlydbServer.class).connections()).isLessThanOrEqualTo(MAX_CONNECTIONS);
            try (FlydbClient after = FlydbClient.driver(server)) {
                assertThat(after.result("SELECT count(*), count(DISTINCT (thread, turn)) FROM done")
                                .path("rows"))
                        .hasToString("[[" + THREADS * TURNS + "," + THREADS * TURNS + "]]");
            }
        }
    }

    /** Begins in a new session's state and leaves another. */
    private static void work(FlydbClient client, int thread, int turn) {
        assertThat(client.result("INSERT INTO done VALUES (" + thread + ", " + turn + ")")
                        .path("row_count"))
                .hasToString("1");
        String name = "p" + thread + "_" + turn;
        client.call(new MsgPrepare(name, "SELECT $1 + " + thread));
        assertThat(client.call(MessageType.EXECUTE, "{\"name\":\"" + name + "\",\"params\":[1]}")
                        .json()
                        .path("rows"))
                .hasToString("[[" + (thread + 1) + "]]");
        client.result("DEALLOCATE " + name);
        switch (turn % 4) {
            case 0 -> {
                client.call(new MsgBeginTx(null, null, false));
                client.result("DELETE FROM done WHERE thread = " + thread);
            }
            case 1 -> client.call(new MsgSetOption("auto_commit", false));
            case 2 -> client.call(new MsgSetOption("read_only", true));
            default -> client.call(new MsgUseDatabase("elsewhere"));
        }
    }
}
