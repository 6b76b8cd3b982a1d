package io.skyport.flydb;

import static io.skyport.flydb.FlydbIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient.Reply;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgBeginTx;
import io.skyport.flydb.message.MsgCursorFetch;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgQuery;
import io.skyport.flydb.server.FlydbServer;
import io.skyport.session.Sessions;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break the protocol, dawdle, vanish, or are too many. After each test nothing is left of them. */
@Timeout(120)
class FlydbConnectionsIT {

    /** Runs for longer than any test waits. */
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range * b.range % 7 = 3";

    private static SkyportServer server;

    @BeforeAll
    static void start() {
        server = SkyportServer.start(
                "skyport.flydb.frame-timeout=500ms",
                "skyport.flydb.write-timeout=1s",
                "skyport.flydb.half-close-timeout=1s",
                "skyport.security.max-login-delay=0s",
                "skyport.flydb.max-pipelined-requests=4",
                "skyport.flydb.max-queued-bytes=64KB");
        try (FlydbClient setup = FlydbClient.driver(server)) {
            setup.result("CREATE TABLE kept (a INT)");
        }
    }

    @AfterEach
    void nothing_is_left() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.bean(FlydbServer.class).connections() == 0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.bean(Sessions.class).list().stream()
                        .noneMatch(session -> session.user().equals(SkyportServer.USER)));
        assertThat(server.bean(Sessions.class).transactions().size()).isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "00010a0000000000, magic",
        "474554202f204854, magic",
        "fdff0a0000000000, version",
        "fd01010001000001, exceeds",
        "fd010100ffffffff, exceeds"
    })
    void what_is_no_frame_is_told_so_and_ends_the_connection(String bytes, String why) {
        try (FlydbClient client = FlydbClient.driver(server)) {
            client.send(new MsgQuery("SELECT 1"));
            client.hex(bytes);

            assertThat(client.receive().type()).isEqualTo(MessageType.QUERY_RESULT);
            assertError(client.receive(), 400, "08P01", why);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void whoever_is_not_known_may_send_small_messages_only() {
        try (FlydbClient client = FlydbClient.connect(server.flydbPort())) {
            client.hex("fd01080000010001");

            assertError(client.receive(), 400, "08P01", "exceeds");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_frame_that_is_cut_off_ends_with_its_connection() {
        for (int length = 1; length < 11; length++) {
            try (FlydbClient client = FlydbClient.connect(server.flydbPort())) {
                byte[] frame = new byte[length];
                System.arraycopy(new byte[] {(byte) 0xFD, 1, 1, 0, 0, 0, 0, 100, 1, 2, 3}, 0, frame, 0, length);
                client.raw(frame);
                client.halfClose();

                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void a_client_that_closes_its_side_gets_the_answers_to_what_it_sent() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            client.send(new MsgQuery("SELECT count(*) FROM range(3000000)"));
            client.send(new MsgPing());
            client.halfClose();

            assertThat(client.receive().type()).isEqualTo(MessageType.QUERY_RESULT);
            assertThat(client.receive().type()).isEqualTo(MessageType.PONG);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void what_a_client_that_closed_its_side_asked_for_does_not_run_for_ever() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            client.send(new MsgQuery(ENDLESS));
            client.halfClose();

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_client_that_is_gone_has_its_statement_stopped_and_its_transaction_rolled_back() throws Exception {
        FlydbClient client = FlydbClient.driver(server);
        client.call(new MsgBeginTx(null, null, false));
        client.result("INSERT INTO kept VALUES (1)");
        client.send(new MsgQuery(ENDLESS));
        await().until(() -> server.bean(Sessions.class).list().stream().anyMatch(session -> session.running() > 0));
        client.socket().setSoLinger(true, 0);
        client.close();

        nothing_is_left();
        try (FlydbClient other = FlydbClient.driver(server)) {
            assertThat(other.result("SELECT * FROM kept").path("row_count").asInt())
                    .isZero();
        }
    }

    /** The server takes no more of its requests, and could do without looking at the socket. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_that_is_gone_is_noticed_behind_more_requests_than_may_wait(boolean reset) throws Exception {
        FlydbClient client = FlydbClient.driver(server);
        client.send(new MsgQuery(ENDLESS));
        for (int i = 0; i < 20; i++) {
            client.send(new MsgQuery("SELECT " + i));
        }
        await().until(() -> server.bean(Sessions.class).list().stream().anyMatch(session -> session.running() > 0));
        if (reset) {
            client.socket().setSoLinger(true, 0);
        }
        client.close();

        nothing_is_left();
    }

    @Test
    void a_client_that_closes_its_side_gets_the_answers_to_more_requests_than_may_wait() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            client.send(new MsgQuery("SELECT 1"));
            for (int i = 0; i < 100; i++) {
                client.send(new MsgPing());
            }
            client.halfClose();
            assertThat(client.receive().type()).isEqualTo(MessageType.QUERY_RESULT);
            for (int i = 0; i < 100; i++) {
                assertThat(client.receive().type()).isEqualTo(MessageType.PONG);
            }
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void replies_that_nobody_reads_take_so_much_memory_and_no_more() {
        String twelveMegabytes = "SELECT repeat('x', 1000000) AS x FROM range(12)";
        try (SkyportServer small = SkyportServer.start("skyport.flydb.max-reply-memory=20MB");
                FlydbClient lazy = FlydbClient.driver(small);
                FlydbClient other = FlydbClient.driver(small)) {
            other.result(twelveMegabytes);
            lazy.send(new MsgQuery(twelveMegabytes));
            await().untilAsserted(() -> assertError(other.query(twelveMegabytes), 500, "53200", "max-reply-memory"));
            other.result("SELECT 1");

            assertThat(lazy.receive().json().path("row_count").asInt()).isEqualTo(12);
            await().until(() -> other.query(twelveMegabytes).type() == MessageType.QUERY_RESULT);
        }
    }

    @Test
    void a_page_that_there_is_no_memory_for_stays_in_its_cursor() {
        try (SkyportServer small = SkyportServer.start("skyport.flydb.max-reply-memory=1MB");
                FlydbClient client = FlydbClient.driver(small)) {
            String id = client.call(
                            MessageType.CURSOR_OPEN,
                            "{\"query\":\"SELECT n, repeat('x', 1000) FROM range(3000) AS r (n) ORDER BY n\"}")
                    .json()
                    .path("cursor_id")
                    .asText();
            assertError(client.call(new MsgCursorFetch(id, 0, 0, 3000)), 500, "53200", "max-reply-memory");
            for (int i = 0; i < 3000; i += 500) {
                JsonNode page = client.call(new MsgCursorFetch(id, 0, 0, 500)).json();
                assertThat(page.path("rows").get(0).get(0).asInt()).isEqualTo(i);
                assertThat(page.path("has_more_rows").asBoolean()).isEqualTo(i < 2500);
            }
        }
    }

    @Test
    void a_client_that_sends_a_byte_now_and_then_is_told_to_hurry() throws Exception {
        try (FlydbClient client = FlydbClient.driver(server)) {
            CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(client::receive);
            byte[] frame = {(byte) 0xFD, 1, 0x0A, 0, 0, 0, 0, 100};
            for (int i = 0; i < 100 && !reply.isDone(); i++) {
                try {
                    client.raw(new byte[] {i < frame.length ? frame[i] : 0});
                } catch (UncheckedIOException e) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }

            assertError(reply.get(10, TimeUnit.SECONDS), 400, "08P01", "did not arrive");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_client_that_never_reads_is_left_alone_and_then_closed() {
        try (FlydbClient client = FlydbClient.driver(server);
                FlydbClient other = FlydbClient.driver(server)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2_000_000; i++) {
                            client.send(new MsgQuery("SELECT repeat('x', 1000000) AS x"));
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(other.result("SELECT 1").path("row_count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void many_pipelined_requests_are_answered_in_their_order() throws Exception {
        int requests = 2000;
        try (FlydbClient client = FlydbClient.driver(server)) {
            Thread sender = new Thread(() -> {
                for (int i = 0; i < requests; i++) {
                    client.send(i % 3 == 0 ? new MsgPing() : new MsgQuery("SELECT " + i));
                }
            });
            sender.start();
            for (int i = 0; i < requests; i++) {
                Reply reply = client.receive();
                if (i % 3 == 0) {
                    assertThat(reply.type()).isEqualTo(MessageType.PONG);
                } else {
                    assertThat(reply.json().path("rows").toString()).isEqualTo("[[" + i + "]]");
                }
            }
            sender.join();
        }
    }

    @Test
    void a_frame_of_any_pieces_is_a_frame() {
        Random random = new Random(7);
        try (FlydbClient client = FlydbClient.driver(server)) {
            for (int i = 0; i < 50; i++) {
                byte[] frame = io.netty.buffer.ByteBufUtil.getBytes(io.skyport.flydb.message.Frames.of(
                        new MsgQuery("SELECT '" + "x".repeat(random.nextInt(5000)) + "'"),
                        false,
                        io.netty.buffer.UnpooledByteBufAllocator.DEFAULT));
                int at = 0;
                while (at < frame.length) {
                    int length = Math.min(frame.length - at, 1 + random.nextInt(1500));
                    client.raw(java.util.Arrays.copyOfRange(frame, at, at + length));
                    at += length;
                }
                assertThat(client.receive().type()).isEqualTo(MessageType.QUERY_RESULT);
            }
        }
    }

    @Test
    void many_clients_at_once_get_each_their_own_answers() throws Exception {
        int clients = 100;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<?>> done = new ArrayList<>();
        for (int n = 0; n < clients; n++) {
            int number = n;
            done.add(threads.submit(() -> {
                try (FlydbClient client = FlydbClient.driver(server)) {
                    client.result("CREATE TEMPORARY TABLE mine AS SELECT " + number + " AS n");
                    for (int i = 0; i < 10; i++) {
                        assertThat(client.result("SELECT n, " + i + " AS i FROM mine")
                                        .path("rows")
                                        .toString())
                                .isEqualTo("[[" + number + "," + i + "]]");
                    }
                }
            }));
            if (n % 50 == 49) {
                for (Future<?> each : done) {
                    each.get(60, TimeUnit.SECONDS);
                }
            }
        }
        threads.shutdown();
    }

    @Test
    void one_client_too_many_is_told_so() {
        try (SkyportServer small =
                SkyportServer.start("skyport.flydb.max-connections=2", "skyport.flydb.authentication-timeout=1m")) {
            try (FlydbClient first = FlydbClient.driver(small);
                    FlydbClient second = FlydbClient.driver(small);
                    FlydbClient third = FlydbClient.connect(small.flydbPort())) {
                assertError(third.call(new MsgPing()), 500, "53300", "too many clients");
                assertThat(third.isClosedByServer()).isTrue();
                first.result("SELECT 1");
                second.result("SELECT 1");
                first.close();
                await().until(() -> small.bean(FlydbServer.class).connections() < 2);
                FlydbClient.driver(small).close();
            }
        }
    }

    @Test
    void who_does_not_authenticate_and_who_does_nothing_is_closed() {
        try (SkyportServer impatient =
                SkyportServer.start("skyport.flydb.authentication-timeout=300ms", "skyport.flydb.idle-timeout=1s")) {
            try (FlydbClient silent = FlydbClient.connect(impatient.flydbPort());
                    FlydbClient pinging = FlydbClient.connect(impatient.flydbPort());
                    FlydbClient idle = FlydbClient.driver(impatient)) {
                pinging.call(new MsgPing());
                assertThat(silent.isClosedByServer()).isTrue();
                assertThat(pinging.isClosedByServer()).isTrue();
                assertThat(idle.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void a_session_lives_as_long_as_its_connection() {
        try (SkyportServer forgetful = SkyportServer.start("skyport.session.idle-timeout=200ms");
                FlydbClient client = FlydbClient.driver(forgetful)) {
            client.result("SET fetch_size = 7");
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);

            assertThat(client.result("SHOW fetch_size").path("rows").toString()).contains("7");
        }
    }

    @Test
    void wrong_passwords_slow_down_the_next_attempts_from_their_address_and_nobody_else() {
        try (SkyportServer careful = SkyportServer.start("skyport.security.max-login-delay=400ms");
                FlydbClient in = FlydbClient.driver(careful);
                FlydbClient guessing = FlydbClient.connect(careful.flydbPort())) {
            for (int i = 0; i < 4; i++) {
                guessing.call(new MsgAuth("alice", "guess" + i, null, false));
            }
            long start = System.nanoTime();
            guessing.login();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
            assertThat(in.result("SELECT 1").path("row_count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_server_that_stops_answers_what_runs_and_closes_who_does_nothing() throws Exception {
        SkyportServer stopping = SkyportServer.start();
        FlydbClient idle = FlydbClient.driver(stopping);
        FlydbClient busy = FlydbClient.driver(stopping);
        busy.send(new MsgQuery("SELECT count(*) FROM range(30000000) AS r (n) WHERE n % 3 = 1"));
        await().until(() -> stopping.bean(Sessions.class).list().stream().anyMatch(session -> session.running() > 0));

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);

        assertThat(idle.isClosedByServer()).isTrue();
        assertThat(busy.receive().json().path("rows").toString()).isEqualTo("[[10000000]]");
        assertThat(busy.isClosedByServer()).isTrue();
        stopped.get(60, TimeUnit.SECONDS);
    }

    @Test
    void a_server_that_stops_cancels_what_does_not_end() throws Exception {
        SkyportServer stopping = SkyportServer.start(
                "skyport.flydb.shutdown-grace-period=200ms", "grpc.server.shutdown-grace-period=200ms");
        FlydbClient busy = FlydbClient.driver(stopping);
        busy.send(new MsgQuery(ENDLESS));
        await().until(() -> stopping.bean(Sessions.class).list().stream().anyMatch(session -> session.running() > 0));

        CompletableFuture.runAsync(stopping::close).get(60, TimeUnit.SECONDS);

        assertThat(busy.isClosedByServer()).isTrue();
    }

    @Test
    void a_taken_port_stops_the_start_and_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> SkyportServer.start("skyport.flydb.port=" + port))
                    .hasStackTraceContaining("skyport.flydb.port " + port);
        }
    }

    @Test
    void there_is_no_server_where_none_is_wanted() throws Exception {
        try (SkyportServer flightOnly = SkyportServer.start("skyport.flydb.enabled=false")) {
            assertThat(flightOnly.context().getBeansOfType(FlydbServer.class)).isEmpty();
            flightOnly.connect().close();
        }
    }

    @Test
    void the_port_is_free_for_the_next_server() throws Exception {
        int port;
        try (SkyportServer first = SkyportServer.start()) {
            port = first.flydbPort();
            FlydbClient.driver(first).close();
        }
        try (SkyportServer second = SkyportServer.start("skyport.flydb.port=" + port);
                Socket socket = new Socket("127.0.0.1", port)) {
            assertThat(second.flydbPort()).isEqualTo(port);
            assertThat(FlydbClient.over(socket)
                            .login()
                            .result("SELECT 1")
                            .path("success")
                            .asBoolean())
                    .isTrue();
            assertThat(FrameHeader.BYTES).isEqualTo(8);
        }
    }
}
