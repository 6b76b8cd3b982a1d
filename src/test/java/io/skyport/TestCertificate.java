package io.skyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A private key and a certificate for this machine that it signed itself. */
public final class TestCertificate {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "k";

    private final KeyStore keys;

    private TestCertificate(KeyStore keys) {
        this.keys = keys;
    }

    /** Makes one with the JDK's keytool. */
    public static TestCertificate make(Path directory, String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
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
        return read(store, PASSWORD);
    }

    /** One in a PKCS #12 file. */
    public static TestCertificate read(Path store, char[] password) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            return new TestCertificate(keys);
        }
    }

    public X509Certificate certificate() {
        try {
            return (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
    }

    /** Settings that make it a bundle of that name. */
    public String[] asBundle(String name) throws GeneralSecurityException {
        String bundle = "spring.ssl.bundle.pem." + name + ".keystore.";
        return new String[] {bundle + "certificate=" + certificatePem(), bundle + "private-key=" + keyPem()};
    }

    /** A client that trusts these servers and shows a certificate of its own, or none. */
    public static SSLContext client(@Nullable TestCertificate own, TestCertificate... servers)
            throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        for (int i = 0; i < servers.length; i++) {
            trust.setCertificateEntry("server" + i, servers[i].certificate());
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (own != null) {
            shown.init(own.keys, PASSWORD);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static String pem(String title, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + title + "-----\n" + body + "\n-----END " + title + "-----\n";
    }
}
