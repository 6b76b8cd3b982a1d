package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.security.LoginThrottle.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LoginThrottle throttle = new LoginThrottle(Duration.ofSeconds(5), nanos::get);

    @Test
    void each_failure_doubles_the_wait_up_to_the_limit() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            waits.add(attempt("10.0.0.1", false).toMillis());
        }
        assertThat(waits).containsExactly(0L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    }

    @Test
    void other_addresses_do_not_wait() {
        for (int i = 0; i < 100; i++) {
            attempt("10.0.0.1", false);
        }
        assertThat(attempt("10.0.0.2", true)).isZero();
        assertThat(attempt("10.0.0.1", true)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void right_credentials_and_time_make_good() {
        attempt("10.0.0.1", false);
        attempt("10.0.0.1", true);
        assertThat(attempt("10.0.0.1", false)).isZero();
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThat(attempt("10.0.0.1", true)).isZero();
    }

    @Test
    void whoever_has_a_network_of_ipv6_has_one_address() {
        attempt("2001:db8:1:2::1", false);

        assertThat(attempt("2001:db8:1:2:ffff::7", true)).isEqualTo(Duration.ofMillis(100));
        assertThat(attempt("2001:db8:1:3::1", true)).isZero();
    }

    @Test
    void only_so_many_wait_at_one_time() {
        attempt("10.0.0.1", false);
        Origin attempts = throttle.of(address("10.0.0.1"));
        for (int i = 0; i < LoginThrottle.MAX_WAITING; i++) {
            attempts.begin();
            assertThat(attempts.tooMany()).isFalse();
        }
        attempts.begin();
        assertThat(attempts.tooMany()).isTrue();
        attempts.end();
        assertThat(attempts.tooMany()).isFalse();
    }

    @Test
    void who_cannot_wait_is_told_how_long_it_would_be() {
        Origin origin = throttle.of(address("10.0.0.1"));
        assertThat(origin.remaining()).isZero();
        origin.failed();
        origin.failed();
        assertThat(origin.remaining()).isEqualTo(Duration.ofMillis(200));
        nanos.addAndGet(Duration.ofMillis(150).toNanos());
        assertThat(origin.remaining()).isEqualTo(Duration.ofMillis(50));
        nanos.addAndGet(Duration.ofMillis(60).toNanos());
        assertThat(origin.remaining()).isZero();
        assertThat(throttle.known(address("10.0.0.1"))).containsSame(origin);
        assertThat(throttle.known(address("10.0.0.2"))).isEmpty();
    }

    @Test
    void without_a_limit_nobody_waits() {
        LoginThrottle none = new LoginThrottle(Duration.ZERO, nanos::get);
        Origin attempts = none.of(address("10.0.0.1"));
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.begin()).isZero();
            attempts.failed();
            attempts.end();
        }
    }

    private Duration attempt(String address, boolean success) {
        Origin attempts = throttle.of(address(address));
        Duration wait = attempts.begin();
        if (success) {
            attempts.succeeded();
        } else {
            attempts.failed();
        }
        attempts.end();
        return wait;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
