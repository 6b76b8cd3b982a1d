package io.skyport.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server in a JVM of its own, on free ports of loopback, from start to ready. */
final class ServerProcess implements AutoCloseable {

    static final String USER = "bench";
    static final String PASSWORD = "bench";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 10;

    private final Process process;
    private final int flightPort;
    private final int flydbPort;
    private final Path log;
    private final Duration startTime;

    private ServerProcess(Process process, int flightPort, int flydbPort, int httpPort, Path log) throws Exception {
        long start = System.nanoTime();
        this.process = process;
        this.flightPort = flightPort;
        this.flydbPort = flydbPort;
        this.log = log;
        awaitReady(httpPort);
        this.startTime = Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param directory its working directory; its data goes to {@code data} there
     */
    static ServerProcess start(BenchSettings settings, Path directory, Path readable) throws Exception {
        Files.createDirectories(directory);
        int flightPort = freePort();
        int flydbPort = freePort();
        int httpPort = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.serverOptions());
        command.addAll(List.of(
                "-jar",
                settings.jar().toString(),
                "--grpc.server.address=127.0.0.1",
                "--grpc.server.port=" + flightPort,
                "--skyport.flydb.address=127.0.0.1",
                "--skyport.flydb.port=" + flydbPort,
                // The clients here speak no TLS, and a first start would make a certificate.
                "--skyport.flydb.tls.enabled=false",
                "--server.address=127.0.0.1",
                "--server.port=" + httpPort,
                "--skyport.data-dir=" + directory.resolve("data"),
                "--skyport.engine.threads=" + settings.threads(),
                "--skyport.engine.memory-limit=" + settings.memory() + "MB",
                "--skyport.engine.allowed-directories=" + readable,
                "--skyport.security.users[0].name=" + USER,
                "--skyport.security.users[0].password={noop}" + PASSWORD,
                "--skyport.security.users[0].roles=admin"));
        Path log = directory.resolve("server.log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            return new ServerProcess(process, flightPort, flydbPort, httpPort, log);
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(int httpPort) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + httpPort + "/actuator/health/readiness"))
                .build();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady(http, readiness)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The server did not become ready, see " + log);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest readiness) throws InterruptedException {
        try {
            return http.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // It does not listen yet.
        }
    }

    /** A connection of the Arrow Flight SQL JDBC driver. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + flightPort + "/?useEncryption=false", USER, PASSWORD);
    }

    /** A connection of the FlyDB protocol. */
    FlydbConnection connectFlydb() throws IOException {
        return new FlydbConnection(flydbPort, USER, PASSWORD);
    }

    int flightPort() {
        return flightPort;
    }

    /** From the start of the process to ready. */
    Duration startTime() {
        return startTime;
    }

    long pid() {
        return process.pid();
    }

    /** Processor time that it has used until now. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The most resident memory that it has had, in bytes. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
