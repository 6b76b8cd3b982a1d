package io.skyport.flydb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.SkyportServer;
import io.skyport.flydb.message.MsgPing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
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
            Certificate certificate = keys(store).getCertificate("flydb");
            for (String name : List.of("localhost", "127.0.0.1")) {
                try (FlydbClient client = connect(server, name, certificate, null)) {
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

    @Test
    void plain_text_is_refused_where_tls_is_required_and_a_configured_certificate_is_used() throws Exception {
        KeyStore keys = made("server");
        try (SkyportServer server = SkyportServer.start(
                "skyport.flydb.tls.enabled=true",
                "skyport.flydb.tls.required=true",
                "skyport.flydb.tls.certificate-chain="
                        + pem(
                                "server.crt",
                                "CERTIFICATE",
                                keys.getCertificate("k").getEncoded()),
                "skyport.flydb.tls.private-key="
                        + pem(
                                "server.key",
                                "PRIVATE KEY",
                                keys.getKey("k", PASSWORD).getEncoded()))) {
            try (FlydbClient client = connect(server, "localhost", keys.getCertificate("k"), null)) {
                client.login().result("SELECT 1");
            }
            try (FlydbClient plain = FlydbClient.connect(server.flydbPort())) {
                plain.send(new MsgPing());
                assertThat(plain.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void clients_must_show_a_certificate_where_authorities_are_configured() throws Exception {
        KeyStore clientKeys = made("client");
        KeyStore strangerKeys = made("stranger");
        Path authorities =
                pem("clients.crt", "CERTIFICATE", clientKeys.getCertificate("k").getEncoded());
        try (SkyportServer server = SkyportServer.startIn(
                directory, "skyport.flydb.tls.enabled=true", "skyport.flydb.tls.client-authorities=" + authorities)) {
            Certificate certificate =
                    keys(server.dataDirectory().resolve("flydb.p12")).getCertificate("flydb");
            try (FlydbClient client = connect(server, "localhost", certificate, clientKeys)) {
                client.login().result("SELECT 1");
            }
            assertThatThrownBy(() ->
                            connect(server, "localhost", certificate, null).call(new MsgPing()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> connect(server, "localhost", certificate, strangerKeys)
                            .call(new MsgPing()))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void a_certificate_that_does_not_serve_stops_the_start() throws Exception {
        Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");

        assertThatThrownBy(() -> SkyportServer.start(
                        "skyport.flydb.tls.enabled=true",
                        "skyport.flydb.tls.certificate-chain=" + nonsense,
                        "skyport.flydb.tls.private-key=" + nonsense))
                .hasRootCauseInstanceOf(Exception.class)
                .hasStackTraceContaining("skyport.flydb.tls");
        assertThatThrownBy(() -> SkyportServer.start(
                        "skyport.flydb.tls.enabled=true", "skyport.flydb.tls.certificate-chain=" + nonsense))
                .hasStackTraceContaining("belong together");
    }

    private static FlydbClient connect(SkyportServer server, String host, Certificate trusted, @Nullable KeyStore own)
            throws Exception {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry("server", trusted);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keyManagers(own), trustManagers.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, server.flydbPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return FlydbClient.over(socket);
    }

    private static KeyManager[] keyManagers(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        return factory.getKeyManagers();
    }

    /** A key with a certificate signed by itself, made by the JDK's keytool. */
    private KeyStore made(String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return keys(store);
    }

    private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return keys;
        }
    }

    private Path pem(String name, String title, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + title + "-----\n" + body + "\n-----END " + title + "-----\n");
    }
}
