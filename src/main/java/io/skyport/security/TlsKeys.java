package io.skyport.security;

import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What makes TLS of a connection.
 *
 * @param keys the server's certificate and its private key
 * @param clients who must have issued the certificates of clients; null if clients are asked for none
 * @param required whether clients without a certificate are refused
 * @param ciphers that are offered; empty for the usual ones
 * @param protocols that are offered
 */
public record TlsKeys(
        KeyManagerFactory keys,
        @Nullable TrustManagerFactory clients,
        boolean required,
        List<String> ciphers,
        List<String> protocols) {

    /** The versions of TLS that are offered where nothing else is configured. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    public TlsKeys {
        ciphers = List.copyOf(ciphers);
        protocols = protocols.isEmpty() ? PROTOCOLS : List.copyOf(protocols);
    }
}
