package io.skyport.flydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.SkyportServer;
import io.skyport.TestCertificate;
import io.skyport.flydb.message.MsgPing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS and plain text on one port. */
@Timeout(120)
class FlydbTlsIT {

    private static final char[] PASSWORD = "skyport".toCharArray();

    @TempDir
    Path directory;

    @Test
    void a_certificate_is_made_at_the_first_start_and_serves_every_name_of_this_machine() throws Exception {
        byte[] first;
        try (SkyportServer server = SkyportServer.startIn(directory, "skyport.flydb.tls.enabled=true")) {
            Path store = server.dataDirectory().resolve("flydb.p12");
            first = Files.readAllBytes(store);
            assertThat(Files.getPosixFilePermissions(store)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            TestCertificate certificate = TestCertificate.read(store, PASSWORD);
            for (String name : List.of("localhost", "127.0.0.1")) {
                try (FlydbClient client = connect(server, name, certificate)) {
                    client.call(new MsgPing());
                    assertThat(client.login().result("SELECT 1").path("success").asBoolean())
                            .isTrue();
                    assertThat(client.result("SELECT repeat('x', 1000000) AS x")
                                    .path("row_count")
                                    .asInt())
                            .isEqualTo(1);
                }
            }
            try (FlydbClient plain = FlydbClient.driver(server)) {
                plain.result("SELECT 1");
            }
        }
        try (SkyportServer server = SkyportServer.startIn(directory, "skyport.flydb.tls.enabled=true")) {
            assertThat(Files.readAllBytes(server.dataDirectory().resolve("flydb.p12")))
                    .isEqualTo(first);
        }
    }

    /** Its default is TLS; with --tls-insecure it trusts whatever it is shown. */
    @Test
    void the_shell_works_with_and_without_tls_on_the_same_port() throws Exception {
        try (SkyportServer server = SkyportServer.startIn(directory, "skyport.flydb.tls.enabled=true")) {
            TestCertificate shown = TestCertificate.read(server.dataDirectory().resolve("flydb.p12"), PASSWORD);
            try (FlydbClient encrypted = connect(server, "localhost", shown);
                    FlydbClient plain = FlydbClient.connect(server.flydbPort())) {
                FlydbToolsIT.pipeIntoShell(encrypted, "encrypted");
                FlydbToolsIT.pipeIntoShell(plain, "plain");
            }
        }
    }

    @Test
    void plain_text_is_refused_where_tls_is_required() {
        try (SkyportServer server =
                SkyportServer.start("skyport.flydb.tls.enabled=true", "skyport.flydb.tls.required=true")) {
            try (FlydbClient plain = FlydbClient.connect(server.flydbPort())) {
                plain.send(new MsgPing());
                assertThat(plain.isClosedByServer()).isTrue();
            }
        }
    }

    private static FlydbClient connect(SkyportServer server, String host, TestCertificate trusted) throws Exception {
        SSLSocket socket = (SSLSocket)
                TestCertificate.client(null, trusted).getSocketFactory().createSocket(host, server.flydbPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return FlydbClient.over(socket);
    }
}
