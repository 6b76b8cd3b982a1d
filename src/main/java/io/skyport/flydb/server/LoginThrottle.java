package io.skyport.flydb.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Slows down whoever guesses passwords, by address: each failure doubles the wait before the next credentials from there are
 * checked, up to a limit. Nobody is locked out: right credentials are accepted after the wait, and other addresses do not wait.
 * An IPv6 client has its network's 64 bits as its address, because it can choose the others. Thread-safe.
 */
final class LoginThrottle {

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final int MAX_ADDRESSES = 100_000;
    private static final int NETWORK_BYTES = 8;
    private static final int MAX_DOUBLINGS = 16;

    /** Attempts of one address that wait at one time; more are refused unread. */
    static final int MAX_WAITING = 16;

    private final Duration limit;
    private final Cache<ByteBuffer, Attempts> addresses;

    /** @param limit the longest wait; zero for none */
    LoginThrottle(Duration limit, Ticker ticker) {
        this.limit = limit;
        this.addresses = Caffeine.newBuilder()
                .expireAfterAccess(FORGOTTEN_AFTER)
                .maximumSize(MAX_ADDRESSES)
                .ticker(ticker)
                .build();
    }

    /** What is remembered of an address. */
    static final class Attempts {

        private final Duration limit;
        private int failures;
        private int waiting;

        Attempts(Duration limit) {
            this.limit = limit;
        }

        /** How long the next credentials wait; counts them as waiting until {@link #ended}. */
        synchronized Duration begin() {
            waiting++;
            if (failures == 0) {
                return Duration.ZERO;
            }
            Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
            return doubled.compareTo(limit) < 0 ? doubled : limit;
        }

        /** Whether more wait than may. */
        synchronized boolean tooMany() {
            return failures > 0 && waiting > MAX_WAITING;
        }

        synchronized void ended(boolean success) {
            waiting--;
            failures = success ? 0 : failures + 1;
        }

        /** They were not looked at. */
        synchronized void unread() {
            waiting--;
        }
    }

    Attempts of(InetAddress address) {
        return addresses.get(key(address), absent -> new Attempts(limit));
    }

    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
