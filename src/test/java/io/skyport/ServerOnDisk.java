package io.skyport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A server in a process of its own, with {@link SkyportServer}'s settings, on a small file system that goes with it: one in
 * memory, mounted in a name space of the process, which needs no rights. When the server is killed another one starts in its
 * place.
 */
public final class ServerOnDisk implements AutoCloseable {

    /** Runs the server a second time, on the same file system, when the first one has ended. */
    private static final String TWICE = "mount -t tmpfs -o size=%dm skyport \"$0\" && \"$@\"; exec \"$@\"";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int flightPort = freePort();
    private final int flydbPort = freePort();
    private final int httpPort = freePort();
    private final Path disk;
    private final Process shell;

    private ServerOnDisk(Path directory, int megabytes, String... settings) throws IOException {
        this.disk = Files.createDirectory(directory.resolve("disk"));
        Path files = Files.createDirectory(directory.resolve("tmp"));
        List<String> command = new ArrayList<>(
                List.of("unshare", "-rm", "sh", "-c", String.format(TWICE, megabytes), disk.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + files,
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Skyport.class.getName()));
        String[] ports = {
            "grpc.server.port=" + flightPort,
            "skyport.flydb.port=" + flydbPort,
            "server.port=" + httpPort,
            // More than the whole disk would do.
            "skyport.readiness.min-free-disk=0"
        };
        String[] all = Stream.of(ports, settings).flatMap(Arrays::stream).toArray(String[]::new);
        command.addAll(List.of(SkyportServer.arguments(disk, all)));
        this.shell = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
    }

    /**
     * Starts a server and waits until it is ready. The test is skipped where no file system can be mounted.
     *
     * @param directory an empty one
     */
    public static ServerOnDisk start(Path directory, int megabytes, String... settings) throws Exception {
        Process probe = new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "skyport", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("probe.log").toFile())
                .start();
        Assumptions.assumeTrue(
                probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0,
                "no file system can be mounted in a name space here");
        ServerOnDisk server = new ServerOnDisk(directory, megabytes, settings);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        await().atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    public int flightPort() {
        return flightPort;
    }

    public int flydbPort() {
        return flydbPort;
    }

    /** Where SQL may read and write, on the server's file system, which only the server sees. */
    public Path files() {
        return disk.resolve("files");
    }

    /** A JDBC URL that connects {@link SkyportServer#USER}. */
    public String jdbcUrl() {
        return "jdbc:arrow-flight-sql://127.0.0.1:" + flightPort + "/?useEncryption=false&user=" + SkyportServer.USER
                + "&password=" + SkyportServer.PASSWORD;
    }

    /** GET on the HTTP port by {@link SkyportServer#USER}. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String user = SkyportServer.USER + ":" + SkyportServer.PASSWORD;
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The sum of a metric's series. */
    public double metric(String name) throws IOException, InterruptedException {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ")
                        || line.startsWith(name + "{")
                        || name.contains("{") && line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public ProcessHandle process() {
        return shell.children().findFirst().orElse(shell.toHandle());
    }

    /** SIGKILL to the first server; returns when the second one is ready. */
    public void killAndAwaitNext() throws Exception {
        ProcessHandle first = shell.children().findFirst().orElseThrow();
        first.destroyForcibly();
        first.onExit().get(30, TimeUnit.SECONDS);
        awaitReady();
    }

    @Override
    public void close() throws InterruptedException {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
