package io.skyport.security;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.Attempts.Method;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns credentials into a principal. Thread-safe.
 *
 * <p>Every refusal looks the same, whether the user is unknown, the password wrong or a token expired: the answer must not
 * tell an attacker which names exist.
 */
public final class Authenticator {

    private final Passwords passwords;
    private final AccessTokens accessTokens;
    private final StaticTokens staticTokens;
    private final LoginThrottle throttle;
    private final Attempts attempts = new Attempts();

    public Authenticator(
            Passwords passwords, AccessTokens accessTokens, StaticTokens staticTokens, LoginThrottle throttle) {
        this.throttle = throttle;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.staticTokens = staticTokens;
    }

    /**
     * Checks the credentials, and remembers where wrong passwords come from. It does not wait: who asks does before.
     *
     * @param door where they were presented
     * @param address whose client presented them; null if nobody knows
     * @throws SkyportException 28000 if they are not those of a user
     */
    public Principal authenticate(Credentials credentials, Door door, @Nullable InetAddress address) {
        Optional<Principal> principal =
                credentials.match(password -> remembered(passwords.verify(password), address), this::verify);
        attempts.add(
                door, credentials.match(password -> Method.PASSWORD, token -> Method.TOKEN), principal.isPresent());
        return principal.orElseThrow(Authenticator::refusal);
    }

    /** What was asked of it. */
    public Attempts attempts() {
        return attempts;
    }

    /** The one answer to credentials that are missing, malformed, wrong or expired. */
    public static SkyportException refusal() {
        return new SkyportException(
                ErrorCode.INVALID_AUTHORIZATION,
                "authentication failed: no valid user and password, or no valid token");
    }

    private Optional<Principal> remembered(Optional<Principal> principal, @Nullable InetAddress address) {
        if (address != null && principal.isPresent()) {
            throttle.known(address).ifPresent(LoginThrottle.Origin::succeeded);
        } else if (address != null) {
            throttle.of(address).failed();
        }
        return principal;
    }

    private Optional<Principal> verify(Credentials.BearerToken token) {
        return staticTokens.verify(token).or(() -> accessTokens.verify(token));
    }
}
