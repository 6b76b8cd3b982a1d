package io.skyport.security;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * TLS of all three servers: gRPC, FlyDB and HTTP.
 *
 * @param bundle the name of a Spring SSL bundle ({@code spring.ssl.bundle.pem.<name>}, {@code spring.ssl.bundle.jks.<name>}) with
 *     the server's certificate; default none: no TLS but FlyDB's with a certificate that it signs itself
 * @param clientCertificates whether clients must have certificates that the bundle's trust store knows, default NONE
 */
@Validated
@ConfigurationProperties("skyport.tls")
public record TlsProperties(
        @Nullable String bundle,
        @DefaultValue("NONE") @NotNull ClientCertificates clientCertificates) {

    /** An empty name is none. */
    public boolean enabled() {
        return bundle != null && !bundle.isBlank();
    }

    /** What clients show of themselves, beside their password or token. */
    public enum ClientCertificates {
        NONE,
        /** Who shows one must be known. */
        OPTIONAL,
        /** Nobody comes in without; only the health of the server is told by HTTP. */
        REQUIRED
    }
}
