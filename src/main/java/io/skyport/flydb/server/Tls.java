package io.skyport.flydb.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.skyport.flydb.FlydbProperties.TlsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate: a configured one, or one that the JDK's keytool makes at the first start and that stays in the data
 * directory, for {@code localhost}, {@code 127.0.0.1} and {@code ::1}, signed by itself.
 */
public final class Tls {

    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    static final String FILE_NAME = "flydb.p12";

    /** Keeps nothing secret: that is what the file's permissions are for. A key store wants one. */
    private static final String STORE_PASSWORD = "skyport";

    private static final String VALID_DAYS = "3650";
    private static final long KEYTOOL_SECONDS = 60;

    private Tls() {}

    /**
     * What makes TLS of a connection; null if it is not wanted, or there is no certificate, which the log says.
     *
     * @throws IllegalArgumentException if what is configured does not serve
     */
    public static @Nullable SslContext context(TlsProperties tls, Path dataDirectory) {
        if (!tls.enabled()) {
            return null;
        }
        try {
            SslContextBuilder builder = builder(tls, dataDirectory);
            if (builder == null) {
                return null;
            }
            if (tls.clientAuthorities() != null) {
                builder.trustManager(tls.clientAuthorities().toFile()).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("skyport.flydb.tls does not serve: " + e.getMessage(), e);
        }
    }

    private static @Nullable SslContextBuilder builder(TlsProperties tls, Path dataDirectory) {
        Path certificate = tls.certificateChain();
        Path key = tls.privateKey();
        if (certificate != null && key != null) {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile());
        }
        if (certificate != null || key != null) {
            throw new IllegalArgumentException("certificate-chain and private-key belong together");
        }
        Path store = dataDirectory.resolve(FILE_NAME);
        try {
            if (Files.notExists(store)) {
                generate(store);
            }
            return SslContextBuilder.forServer(keys(store));
        } catch (IOException e) {
            if (tls.required()) {
                throw new UncheckedIOException("no certificate could be made", e);
            }
            log.warn("FlyDB clients get no TLS, as no certificate could be made: {}", e.getMessage());
            return null;
        }
    }

    private static KeyManagerFactory keys(Path store) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, STORE_PASSWORD.toCharArray());
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " cannot be read", e);
        }
    }

    private static void generate(Path store) throws IOException {
        Files.createDirectories(store.toAbsolutePath().getParent());
        // Nobody else may look into it, nor into the file that is moved out of it.
        Path unfinished = Files.createTempDirectory(store.toAbsolutePath().getParent(), "certificate");
        Path made = unfinished.resolve(FILE_NAME);
        try {
            keytool(made);
            if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(
                        made, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(made, store);
        } finally {
            Files.deleteIfExists(made);
            Files.delete(unfinished);
        }
    }

    private static void keytool(Path store) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "flydb",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Skyport",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1",
                "-validity",
                VALID_DAYS,
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                store.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool fails");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
