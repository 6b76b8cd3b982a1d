package io.skyport.security;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out that a key store serves before anybody connects, and not when somebody does. */
final class Certificates {

    private Certificates() {}

    /**
     * The server's certificate in a key store.
     *
     * @param alias of the entry; null for the first with a key
     * @param password of the key; null for none
     * @throws IllegalArgumentException if there is none, or its private key is not there or is another one's
     */
    static X509Certificate server(KeyStore keys, @Nullable String alias, @Nullable String password) {
        try {
            String entry = alias == null ? firstKey(keys).orElse("") : alias;
            if (!(keys.getCertificate(entry) instanceof X509Certificate certificate)
                    || !(keys.getKey(entry, password == null ? new char[0] : password.toCharArray())
                            instanceof PrivateKey key)) {
                throw new IllegalArgumentException("it has no certificate with its private key");
            }
            if (!belongTogether(key, certificate.getPublicKey())) {
                throw new IllegalArgumentException("the private key is not that of the certificate");
            }
            return certificate;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key cannot be used: " + e.getMessage(), e);
        }
    }

    /** For logs: whose, and until when. */
    static String describe(X509Certificate certificate) {
        return certificate.getSubjectX500Principal() + ", valid until "
                + certificate.getNotAfter().toInstant();
    }

    static boolean expired(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().isBefore(Instant.now());
    }

    private static Optional<String> firstKey(KeyStore keys) throws GeneralSecurityException {
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias)) {
                return Optional.of(alias);
            }
        }
        return Optional.empty();
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "DSA" -> "SHA256withDSA";
                    default -> algorithm;
                });
        if (!algorithm.equals(certified.getAlgorithm())) {
            return false;
        }
        byte[] text = algorithm.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(text);
        return signature.verify(signed);
    }
}
