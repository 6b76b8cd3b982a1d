package io.skyport.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies user names and passwords. Thread-safe.
 *
 * <p>bcrypt takes tens of milliseconds on purpose, and many clients send Basic credentials with every call. Successes are
 * therefore remembered for a short while, in a bounded cache that knows a keyed hash of the credentials and never the
 * password. Failures are never remembered.
 */
public final class Passwords {

    private final Users users;
    private final PasswordCheck check;
    private final KeyedHash hash = new KeyedHash();
    private final Cache<ByteBuffer, @Nullable Principal> verified;

    /**
     * @param remembered how long a success is remembered; zero checks every time
     * @param capacity how many successes are remembered at most
     */
    public Passwords(Users users, PasswordCheck check, Duration remembered, int capacity, Ticker ticker) {
        this.users = users;
        this.check = check;
        this.verified = Caffeine.newBuilder()
                .expireAfterWrite(remembered)
                .maximumSize(remembered.isZero() ? 0 : capacity)
                .ticker(ticker)
                .build();
    }

    /** The user with this name and password; empty if there is none. */
    public Optional<Principal> verify(Credentials.Password given) {
        ByteBuffer key = hash.of(given.name(), given.password());
        // Concurrent calls with equal credentials wait for one check instead of each doing its own.
        return Optional.ofNullable(verified.get(key, absent -> check(given).orElse(null)));
    }

    private Optional<Principal> check(Credentials.Password given) {
        Optional<User> user = users.find(given.name());
        // An unknown name costs as much as a known one, so that time does not tell which names exist.
        String stored = user.orElseGet(users::first).password();
        boolean matches = check.matches(given.password(), stored);
        return matches ? user.map(User::principal) : Optional.empty();
    }
}
