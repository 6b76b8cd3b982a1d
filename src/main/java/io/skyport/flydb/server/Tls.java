package io.skyport.flydb.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.skyport.flydb.FlydbProperties.TlsProperties;
import io.skyport.security.ServerTls;
import io.skyport.security.TlsKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of all servers, or, where none is configured, one that the JDK's keytool makes at the first start and that stays
 * in the data directory, for {@code localhost}, {@code 127.0.0.1} and {@code ::1}, signed by itself.
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
     * What makes TLS of a connection: with the certificate of all servers, as it is at the time, or with FlyDB's own. Null if it
     * is not wanted, or there is no certificate, which the log says.
     *
     * @throws IllegalArgumentException if what is configured does not serve
     * @throws UncheckedIOException if TLS is required and no certificate can be made
     */
    public static Supplier<@Nullable SslContext> contexts(TlsProperties properties, ServerTls tls, Path dataDirectory) {
        if (!properties.enabled()) {
            return () -> null;
        }
        TlsKeys configured = tls.current().orElse(null);
        AtomicReference<@Nullable SslContext> context =
                new AtomicReference<>(configured == null ? ownContext(properties, dataDirectory) : context(configured));
        tls.follow(keys -> context.set(context(keys)));
        return context::get;
    }

    private static @Nullable SslContext ownContext(TlsProperties properties, Path dataDirectory) {
        Path store = dataDirectory.resolve(FILE_NAME);
        try {
            if (Files.notExists(store)) {
                generate(store);
            }
            return context(new TlsKeys(keys(store), null, false, List.of(), List.of()));
        } catch (IOException e) {
            if (properties.required(false)) {
                throw new UncheckedIOException("skyport.flydb.tls.required: no certificate could be made", e);
            }
            log.warn("FlyDB clients get no TLS, as no certificate could be made: {}", e.getMessage());
            return null;
        }
    }

    private static SslContext context(TlsKeys tls) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(tls.keys())
                    .sslProvider(SslProvider.JDK)
                    .protocols(tls.protocols());
            if (tls.clients() != null) {
                builder.trustManager(tls.clients())
                        .clientAuth(tls.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
            }
            if (!tls.ciphers().isEmpty()) {
                builder.ciphers(tls.ciphers());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("skyport.tls does not serve FlyDB: " + e.getMessage(), e);
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
