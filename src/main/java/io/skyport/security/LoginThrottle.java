package io.skyport.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down whoever guesses passwords, by address and at all doors together: each failure doubles the wait before the next
 * password from there is checked, up to a limit. Nobody is locked out: a right one is accepted after the wait and ends it, other
 * addresses do not wait, and tokens, which nobody can guess, never do. An IPv6 client has its network's 64 bits as its address,
 * because it can choose the others. Thread-safe.
 */
public final class LoginThrottle {

    private static final Logger log = LoggerFactory.getLogger(LoginThrottle.class);

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final int MAX_ADDRESSES = 100_000;
    private static final int NETWORK_BYTES = 8;
    private static final int MAX_DOUBLINGS = 16;
    private static final int FIRST_LOGGED = 10;

    /** Passwords of one address that wait at one time; more are refused unread. */
    static final int MAX_WAITING = 16;

    private final Duration limit;
    private final Ticker ticker;
    private final Cache<ByteBuffer, Origin> origins;

    /** @param limit the longest wait; zero for none */
    public LoginThrottle(Duration limit, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.origins = Caffeine.newBuilder()
                .expireAfterAccess(FORGOTTEN_AFTER)
                .maximumSize(MAX_ADDRESSES)
                .ticker(ticker)
                .build();
    }

    /** What is remembered of an address. */
    public final class Origin {

        private final InetAddress address;
        private int failures;
        private int waiting;
        private long lastFailure;

        private Origin(InetAddress address) {
            this.address = address;
        }

        /** How long the next password waits; counts it as waiting until {@link #end()}. */
        public synchronized Duration begin() {
            waiting++;
            return delay();
        }

        /** Whether more wait than may. */
        public synchronized boolean tooMany() {
            return failures > 0 && waiting > MAX_WAITING;
        }

        /** One that waited was checked, or never will be. */
        public synchronized void end() {
            waiting--;
        }

        /** What is left of the wait after the last failure, for callers that cannot wait. */
        public synchronized Duration remaining() {
            Duration left = delay().minusNanos(ticker.read() - lastFailure);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private Duration delay() {
            if (failures == 0) {
                return Duration.ZERO;
            }
            Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
            return doubled.compareTo(limit) < 0 ? doubled : limit;
        }

        synchronized void failed() {
            failures++;
            lastFailure = ticker.read();
            if (isPowerOfTen(failures)) {
                log.warn("{} passwords in a row from {} were wrong", failures, address.getHostAddress());
            }
        }

        synchronized void succeeded() {
            failures = 0;
        }
    }

    public Origin of(InetAddress address) {
        return origins.get(key(address), absent -> new Origin(address));
    }

    /** What is remembered of an address from which wrong passwords came. */
    public Optional<Origin> known(InetAddress address) {
        return Optional.ofNullable(origins.getIfPresent(key(address)));
    }

    private static boolean isPowerOfTen(int count) {
        int power = FIRST_LOGGED;
        while (power < count && power < Integer.MAX_VALUE / FIRST_LOGGED) {
            power *= FIRST_LOGGED;
        }
        return power == count;
    }

    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
