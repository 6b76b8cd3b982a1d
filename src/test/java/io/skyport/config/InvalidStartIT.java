package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.SkyportServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only the rooms can find out stops the start too: the process says what is wrong in a few lines, and ends with an error. */
@Timeout(120)
class InvalidStartIT {

    @TempDir
    Path directory;

    private ServerSocket taken;

    @BeforeEach
    void prepare() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Files.writeString(directory.resolve("file"), "nonsense");
        Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(directory.resolve("broken"));
        Files.writeString(directory.resolve("broken/token.key"), "short");
    }

    @AfterEach
    void free() throws IOException {
        taken.close();
    }

    static Stream<List<String>> cases() {
        return Stream.of(
                List.of("grpc.server.port", "grpc.server.port=TAKEN"),
                List.of("skyport.flydb.port", "skyport.flydb.port=TAKEN"),
                List.of("server.port", "server.port=TAKEN"),
                List.of("grpc.server.port", "grpc.server.port=many"),
                List.of("grpc.server.port", "grpc.server.port=70000"),
                List.of("server.port", "server.port=70000"),
                List.of("grpc.server.address", "grpc.server.address=no.such.host.invalid"),
                List.of("skyport.flydb.address", "skyport.flydb.address=no.such.host.invalid"),
                List.of("server.address", "server.address=no.such.host.invalid"),
                List.of("grpc.server.max-inbound-message-size", "grpc.server.max-inbound-message-size=much"),
                List.of("grpc.server.keep-alive-time", "grpc.server.keep-alive-time=soon"),
                List.of("skyport.data-dir", "skyport.data-dir=DIR/file"),
                List.of("skyport.data-dir", "skyport.data-dir=/proc/nowhere"),
                List.of("token.key", "skyport.data-dir=DIR/broken"),
                List.of("skyport.engine.temp-directory", "skyport.engine.temp-directory=DIR/file"),
                List.of("skyport.engine.allowed-directories", "skyport.engine.allowed-directories=DIR/file"),
                List.of("skyport.engine.allowed-directories", "skyport.engine.allowed-directories=DIR"),
                List.of("skyport.engine.allowed-directories", "skyport.engine.allowed-directories=DIR/.."),
                List.of("skyport.engine.allowed-directories", "skyport.engine.allowed-directories=DIR/data/tmp"),
                List.of("skyport.engine.memory-limit", "skyport.engine.memory-limit=1B"),
                List.of("skyport.engine.max-conections", "skyport.engine.max-conections=3"),
                List.of("skyport.startup.ddl", "skyport.startup.ddl=DIR/nowhere.sql"),
                List.of("file, line 1", "skyport.startup.ddl=DIR/file"),
                List.of("skyport.flightsql.max-queued-bytes", "skyport.flightsql.max-queued-bytes=3GB"),
                List.of("skyport.flydb.max-queued-bytes", "skyport.flydb.max-queued-bytes=3GB"),
                List.of(
                        "'carol' twice",
                        "skyport.security.users[0].name=carol",
                        "skyport.security.users[0].password={noop}a",
                        "skyport.security.users[1].name=carol",
                        "skyport.security.users[1].password={noop}b"),
                List.of(
                        "skyport.security.users[0].password (user 'carol') must start with",
                        "skyport.security.users[0].name=carol",
                        "skyport.security.users[0].password=swordfish"),
                List.of(
                        "skyport.security.tokens[0].user is 'dave'",
                        "skyport.security.tokens[0].token=0123456789abcdef",
                        "skyport.security.tokens[0].user=dave"),
                List.of(
                        "skyport.security.tokens[0].token is shorter",
                        "skyport.security.tokens[0].token=swordfish",
                        "skyport.security.tokens[0].user=alice"),
                List.of("skyport.security.jwt.secret is shorter", "skyport.security.jwt.secret=swordfish"),
                List.of("skyport.tls.bundle", "skyport.tls.bundle=nowhere"),
                List.of("skyport.tls.client-certificates", "skyport.tls.client-certificates=perhaps"),
                List.of(
                        "the bundle 'a' does not serve: Missing certificates or unrecognized format",
                        "skyport.tls.bundle=a",
                        "spring.ssl.bundle.pem.a.keystore.certificate=DIR/file",
                        "spring.ssl.bundle.pem.a.keystore.private-key=DIR/file"),
                List.of(
                        "nowhere.crt",
                        "skyport.tls.bundle=a",
                        "spring.ssl.bundle.pem.a.keystore.certificate=DIR/nowhere.crt",
                        "spring.ssl.bundle.pem.a.keystore.private-key=DIR/nowhere.key"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_refused(List<String> expectedAndSettings) throws Exception {
        String[] settings =
                expectedAndSettings.stream().skip(1).map(this::located).toArray(String[]::new);

        Ended ended = start(settings);

        assertThat(ended.code()).as(ended.output()).isNotZero();
        assertThat(ended.output())
                .contains(located(expectedAndSettings.get(0)))
                .contains("APPLICATION FAILED TO START")
                .doesNotContain("Skyport is ready")
                .doesNotContain("swordfish")
                .doesNotContain("\tat ");
        // Newer JVMs add warnings of their own about libraries.
        assertThat(ended.output()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                        .count())
                .as(ended.output())
                .isLessThan(16);
    }

    @Test
    void a_directory_of_another_server_is_refused() throws Exception {
        try (SkyportServer first = SkyportServer.startIn(directory)) {
            Ended ended = start();

            assertThat(ended.code()).isNotZero();
            assertThat(ended.output())
                    .contains("skyport.data-dir")
                    .contains(first.dataDirectory().toString())
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused() throws Exception {
        Path readOnly = Files.createDirectories(directory.resolve("read-only"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
        // Root may write everywhere.
        org.junit.jupiter.api.Assumptions.assumeFalse(Files.isWritable(readOnly));

        Ended ended = start("skyport.data-dir=" + readOnly);

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("skyport.data-dir: cannot write to");
    }

    private record Ended(int code, String output) {}

    private String located(String setting) {
        return setting.replace("TAKEN", String.valueOf(taken.getLocalPort())).replace("DIR", directory.toString());
    }

    private Ended start(String... settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.skyport.Skyport"));
        command.addAll(List.of(SkyportServer.arguments(directory, settings)));
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }
}
