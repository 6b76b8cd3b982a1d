package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.SkyportServer;
import io.skyport.TestCertificate;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MsgPing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** TLS of gRPC, FlyDB and HTTP from one bundle, whose files may be replaced. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class TlsIT {

    private static final String WHOEVER = SkyportServer.basic(SkyportServer.USER, SkyportServer.PASSWORD);

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private TestCertificate first;
    private int generation;

    @BeforeEach
    void mount() throws Exception {
        first = TestCertificate.make(directory, "first");
        replace(first.certificatePem(), first.keyPem());
        for (String name : List.of("tls.crt", "tls.key")) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
        }
    }

    @AfterEach
    void nothing_is_left() {
        allocator.close();
    }

    /** As Kubernetes replaces the files of a secret: all at once, by a link to their directory. */
    private void replace(String certificate, String key) throws IOException {
        Path next = Files.createDirectory(directory.resolve("..generation" + generation++));
        Files.writeString(next.resolve("tls.crt"), certificate);
        Files.writeString(next.resolve("tls.key"), key);
        Path link = Files.createSymbolicLink(directory.resolve("..next"), next.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "skyport.flydb.tls.enabled=true",
                "skyport.tls.bundle=server",
                "spring.ssl.bundle.pem.server.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=100ms",
                "spring.ssl.bundle.pem.server.keystore.certificate=" + directory.resolve("tls.crt"),
                "spring.ssl.bundle.pem.server.keystore.private-key=" + directory.resolve("tls.key")));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    @Test
    void every_server_has_the_one_certificate_and_speaks_nothing_else(CapturedOutput output) throws Exception {
        try (SkyportServer server = SkyportServer.start(settings())) {
            SSLContext context = TestCertificate.client(null, first);
            try (FlightSqlClient flight = flight(server, first, null);
                    FlydbClient flydb = flydb(server, context)) {
                assertThat(answers(flight)).isTrue();
                assertThat(flydb.login().result("SELECT 42").path("row_count").asInt())
                        .isEqualTo(1);
            }
            assertThat(get(server, context, "/actuator/prometheus").statusCode())
                    .isEqualTo(200);
            Path roots = Files.writeString(directory.resolve("roots.pem"), first.certificatePem());
            try (Connection jdbc = DriverManager.getConnection("jdbc:arrow-flight-sql://localhost:"
                            + server.flightPort() + "/?useEncryption=true&tlsRootCerts=" + roots + "&user="
                            + SkyportServer.USER + "&password=" + SkyportServer.PASSWORD);
                    ResultSet rows = jdbc.createStatement().executeQuery("SELECT 42")) {
                assertThat(rows.next()).isTrue();
            }

            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
            try (FlydbClient plain = FlydbClient.connect(server.flydbPort())) {
                plain.send(new MsgPing());
                assertThat(plain.isClosedByServer()).isTrue();
            }
            assertThat(server.get("/actuator/health", null).statusCode()).isEqualTo(400);
        }
        assertThat(output)
                .contains("TLS with the certificate of CN=first, valid until")
                .contains("grpc+tls://localhost:")
                .contains("https://localhost:")
                .doesNotContain("unencrypted");
    }

    @Test
    void without_it_the_server_says_so_once(CapturedOutput output) {
        SkyportServer.start().close();

        assertThat(output.getAll().split("travel unencrypted", -1)).hasSize(2);
    }

    @Test
    void who_has_no_certificate_stays_outside_where_they_are_required() throws Exception {
        TestCertificate known = TestCertificate.make(directory, "known");
        TestCertificate stranger = TestCertificate.make(directory, "stranger");
        Path authorities = Files.writeString(directory.resolve("ca.crt"), known.certificatePem());
        try (SkyportServer server = SkyportServer.start(settings(
                "skyport.tls.client-certificates=required",
                "spring.ssl.bundle.pem.server.truststore.certificate=" + authorities))) {
            SSLContext with = TestCertificate.client(known, first);
            try (FlightSqlClient flight = flight(server, first, known);
                    FlydbClient flydb = flydb(server, with)) {
                assertThat(answers(flight)).isTrue();
                flydb.login().result("SELECT 42");
            }
            assertThat(get(server, with, "/actuator/prometheus").statusCode()).isEqualTo(200);

            for (TestCertificate wrong : new TestCertificate[] {null, stranger}) {
                SSLContext without = TestCertificate.client(wrong, first);
                try (FlightSqlClient flight = flight(server, first, wrong)) {
                    assertThatThrownBy(() -> answers(flight)).isInstanceOf(FlightRuntimeException.class);
                }
                assertThatThrownBy(() -> flydb(server, without).call(new MsgPing()));
            }
            SSLContext without = TestCertificate.client(null, first);
            assertThat(get(server, without, "/actuator/prometheus").statusCode())
                    .isEqualTo(403);
            assertThat(get(server, without, "/actuator").statusCode()).isEqualTo(403);
            assertThat(get(server, without, "/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
            assertThat(get(server, without, "/actuator/health/../prometheus").statusCode())
                    .isNotEqualTo(200);
        }
    }

    @Test
    void a_certificate_may_be_shown_or_not_where_they_are_optional() throws Exception {
        TestCertificate known = TestCertificate.make(directory, "known");
        Path authorities = Files.writeString(directory.resolve("ca.crt"), known.certificatePem());
        try (SkyportServer server = SkyportServer.start(settings(
                "skyport.tls.client-certificates=optional",
                "spring.ssl.bundle.pem.server.truststore.certificate=" + authorities))) {
            for (TestCertificate right : new TestCertificate[] {null, known}) {
                try (FlightSqlClient flight = flight(server, first, right);
                        FlydbClient flydb = flydb(server, TestCertificate.client(right, first))) {
                    assertThat(answers(flight)).isTrue();
                    flydb.login().result("SELECT 42");
                }
                assertThat(get(server, TestCertificate.client(right, first), "/actuator/prometheus")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void new_connections_see_a_new_certificate_and_old_ones_go_on(CapturedOutput output) throws Exception {
        TestCertificate second = TestCertificate.make(directory, "second");
        try (SkyportServer server = SkyportServer.start(settings())) {
            SSLContext context = TestCertificate.client(null, first, second);
            try (FlightSqlClient flight = flight(server, first, null);
                    FlydbClient flydb = flydb(server, context)) {
                flydb.login().result("CREATE TEMPORARY TABLE kept AS SELECT 42 AS a");
                assertThat(answers(flight)).isTrue();
                List<Integer> ports = List.of(server.flightPort(), server.flydbPort(), server.httpPort());
                assertThat(ports).allMatch(port -> shows(port, context, first));

                replace(second.certificatePem(), first.keyPem());
                await(() -> output.getAll().contains("do not serve; the old ones stay"));
                assertThat(output).contains("the private key is not that of the certificate");
                assertThat(ports).allMatch(port -> shows(port, context, first));

                replace("nonsense", "nonsense");
                await(() -> output.getAll().split("do not serve; the old ones stay", -1).length > 2);
                assertThat(ports).allMatch(port -> shows(port, context, first));

                replace(second.certificatePem(), second.keyPem());
                await(() -> ports.stream().allMatch(port -> shows(port, context, second)));

                assertThat(answers(flight)).isTrue();
                assertThat(flydb.result("SELECT a FROM kept").path("row_count").asInt())
                        .isEqualTo(1);
                try (FlightSqlClient fresh = flight(server, second, null)) {
                    assertThat(answers(fresh)).isTrue();
                }
            }
        }
        assertThat(output).doesNotContain("\tat io.skyport").doesNotContain("BEGIN PRIVATE KEY");
    }

    @Test
    void what_does_not_serve_stops_the_start_with_a_reason(CapturedOutput output) throws Exception {
        TestCertificate second = TestCertificate.make(directory, "second");
        Path key = Files.writeString(directory.resolve("other.key"), second.keyPem());
        refused("skyport.tls.bundle=serve");
        assertThat(output).contains("skyport.tls.bundle is 'serve', and there is no spring.ssl.bundle.pem.serve");
        refused("spring.ssl.bundle.pem.server.keystore.private-key=" + key);
        assertThat(output)
                .contains("the bundle 'server' does not serve: the private key is not that of the certificate");
        refused("spring.ssl.bundle.pem.server.keystore.certificate=" + directory.resolve("nowhere.crt"));
        assertThat(output).containsPattern("spring.ssl.bundle: '.*nowhere.crt' is neither a file nor a directory");
        refused("skyport.tls.client-certificates=required");
        assertThat(output).contains("it has no truststore, which skyport.tls.client-certificates needs");
        refused("grpc.server.security.enabled=true");
        assertThat(output).contains("grpc.server.security is not used here: skyport.tls.bundle gives all servers TLS");
        refused("server.ssl.enabled=false");
        assertThat(output).contains("server.ssl is not used here").doesNotContain("\tat io.skyport");
    }

    private void refused(String setting) {
        String[] settings = settings(setting);
        String name = setting.substring(0, setting.indexOf('='));
        String[] once = List.of(settings).stream()
                .filter(given -> given.equals(setting) || !given.startsWith(name + "="))
                .toArray(String[]::new);
        assertThatThrownBy(() -> SkyportServer.start(once)).as(setting).isInstanceOf(Exception.class);
    }

    private FlightSqlClient flight(SkyportServer server, TestCertificate trusted, @Nullable TestCertificate own)
            throws GeneralSecurityException {
        FlightClient.Builder builder = FlightClient.builder(
                        allocator, Location.forGrpcTls("localhost", server.flightPort()))
                .trustedCertificates(stream(trusted.certificatePem()));
        if (own != null) {
            builder.clientCertificate(stream(own.certificatePem()), stream(own.keyPem()));
        }
        return new FlightSqlClient(builder.build());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean answers(FlightSqlClient client) {
        CallHeaders headers = new FlightCallHeaders();
        headers.insert("authorization", WHOEVER);
        return !client.execute("SELECT 42 AS a", new HeaderCallOption(headers))
                .getEndpoints()
                .isEmpty();
    }

    private static FlydbClient flydb(SkyportServer server, SSLContext context) throws IOException {
        return FlydbClient.over(socket(server.flydbPort(), context));
    }

    private static SSLSocket socket(int port, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static boolean shows(int port, SSLContext context, TestCertificate certificate) {
        try (SSLSocket socket = socket(port, context)) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.equals(certificate.certificate());
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> get(SkyportServer server, SSLContext context, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.httpPort() + path))
                .header("Authorization", WHOEVER)
                .build();
        return HttpClient.newBuilder().sslContext(context).build().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void await(BooleanSupplier met) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
