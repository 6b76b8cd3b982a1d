package io.skyport.flightsql;

import io.grpc.Metadata;
import io.skyport.security.Authenticator;
import io.skyport.security.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads credentials from a call's headers as Flight clients send them: {@code authorization: Basic} or {@code Bearer} in any
 * case, or the token of a payload Handshake in {@code auth-token-bin}.
 */
public final class FlightCredentials {

    /** Where clients send, and Handshake answers, credentials. */
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** Where clients of the payload Handshake send the token they got. */
    public static final Metadata.Key<byte[]> AUTH_TOKEN =
            Metadata.Key.of("auth-token-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";

    private FlightCredentials() {}

    /**
     * The credentials in the headers; empty if there are none.
     *
     * @throws io.skyport.error.SkyportException 28000 if there is something that is not Basic or Bearer
     */
    public static Optional<Credentials> read(Metadata headers) {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization != null) {
            return Optional.of(parse(authorization.strip()));
        }
        byte[] token = headers.get(AUTH_TOKEN);
        return Optional.ofNullable(token)
                .map(bytes -> new Credentials.BearerToken(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static Credentials parse(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
        String value = authorization.substring(space + 1).strip();
        return switch (scheme) {
            case BASIC -> basic(value);
            case BEARER -> new Credentials.BearerToken(value);
            default -> throw Authenticator.refusal();
        };
    }

    /** RFC 7617, but the base64 may lack its padding: the ADBC driver in Go sends it so. */
    private static Credentials basic(String base64) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Authenticator.refusal();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw Authenticator.refusal();
        }
        return new Credentials.Password(pair.substring(0, colon), pair.substring(colon + 1));
    }
}
