package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skyport.Skyport;
import io.skyport.SkyportServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a file system of its own that gets full: in a mount namespace of its process, which needs no rights. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DiskFullIT {

    private static final String DISK_FULL = "53100";
    private static final int MOST_BATCHES = 300;
    /** About 1.5 MB each, which no compression makes smaller. */
    private static final String BATCH = "INSERT INTO kept SELECT %d, CAST(random() * 1e15 AS BIGINT),"
            + " md5(CAST(random() AS VARCHAR)) || md5(CAST(random() AS VARCHAR)) FROM range(20000)";

    /** Runs the server a second time, on the same file system, when the first one has ended. */
    private static final String TWICE = "mount -t tmpfs -o size=%s skyport \"$0\" && \"$@\"; exec \"$@\"";

    @TempDir
    Path directory;

    private int flightPort;

    @BeforeEach
    void needs_name_spaces() throws Exception {
        Process probe = new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "skyport", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("probe.log").toFile())
                .start();
        Assumptions.assumeTrue(
                probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0,
                () -> "no file system can be mounted in a name space here");
    }

    @Test
    void writes_are_refused_before_the_disk_is_full_reads_go_on_and_nothing_is_lost() throws Exception {
        Process shell = start("96m", "16MB");
        try {
            awaitConnection();
            int acknowledged = fill();
            assertThat(acknowledged).isGreaterThan(10);
            assertThat(batches()).isEqualTo(acknowledged);
            for (int i = 0; i < 3; i++) {
                assertRefused("INSERT INTO kept VALUES (-1, 0, 'one row')");
                assertRefused("CREATE TABLE another AS SELECT * FROM kept");
            }
            assertThatThrownBy(() -> update("UPDATE kept SET s = 'longer'"))
                    .hasMessageContaining("skyport.engine.min-free-space");
            assertThat(batches()).isEqualTo(acknowledged);

            update("DELETE FROM kept WHERE batch < " + acknowledged / 2);
            update("CHECKPOINT");
            update("INSERT INTO kept VALUES (-1, 0, 'there is room again')");

            kill(shell);
            awaitConnection();
            assertThat(batches()).isEqualTo(acknowledged - acknowledged / 2 + 1);
        } finally {
            end(shell);
        }
    }

    @Test
    void also_when_the_engine_finds_it_full_itself_what_was_acknowledged_is_there_and_can_be_read() throws Exception {
        Process shell = start("48m", "0");
        try {
            awaitConnection();
            int acknowledged = fill();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(batches()).isEqualTo(acknowledged));
            kill(shell);
            awaitConnection();
            assertThat(batches()).isEqualTo(acknowledged);
        } finally {
            end(shell);
        }
    }

    /** Writes until there is no room; returns how many batches were acknowledged. */
    private int fill() throws Exception {
        update("CREATE TABLE kept (batch INTEGER, i BIGINT, s VARCHAR)");
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            try {
                update(String.format(BATCH, batch));
            } catch (SQLException e) {
                assertThat(sqlState(e)).as(e.getMessage()).isEqualTo(DISK_FULL);
                return batch;
            }
        }
        throw new AssertionError("the disk was never full");
    }

    private void assertRefused(String sql) {
        assertThatThrownBy(() -> update(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(sqlState(e)).isEqualTo(DISK_FULL));
    }

    /** The driver gives it in the message alone. */
    private static String sqlState(SQLException failure) {
        return failure.getMessage().contains(DISK_FULL) ? DISK_FULL : failure.getMessage();
    }

    private int batches() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*), sum(n), count(*) FILTER (n NOT IN (1, 20000)) FROM"
                                + " (SELECT batch, count(*) AS n FROM kept GROUP BY batch)")) {
            result.next();
            assertThat(result.getInt(3)).as("batches that are there in part").isZero();
            return result.getInt(1);
        }
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:" + flightPort
                + "/?useEncryption=false&user=" + SkyportServer.USER + "&password=" + SkyportServer.PASSWORD);
    }

    private void awaitConnection() {
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), flightPort)) {
                return socket.isConnected();
            }
        });
    }

    private Process start(String size, String left) throws IOException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        flightPort = freePort();
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", String.format(TWICE, size)));
        command.add(disk.toString());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Skyport.class.getName()));
        command.addAll(List.of(SkyportServer.arguments(
                disk,
                "grpc.server.port=" + flightPort,
                "skyport.engine.min-free-space=" + left,
                "skyport.engine.memory-limit=256MB",
                "skyport.flydb.enabled=false")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** SIGKILL to the first server. */
    private static void kill(Process shell) throws Exception {
        ProcessHandle server =
                shell.children().findFirst().orElseThrow(() -> new AssertionError("the server has ended"));
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    private static void end(Process shell) throws InterruptedException {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
