package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.security.Credentials.Password;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> checks = new ArrayList<>();
    private final Users users = Users.of(List.of(
            new User("alice", "{noop}secret", Set.of("admin")), new User("bob", "{noop}a:b", Set.of("reader"))));

    @Test
    void the_right_password_gives_the_user_with_its_roles() {
        assertThat(passwords(Duration.ofMinutes(1), 10).verify(new Password("bob", "a:b")))
                .contains(new Principal("bob", Set.of("reader")));
    }

    @Test
    void a_wrong_password_an_unknown_name_and_empty_ones_give_nobody() {
        Passwords passwords = passwords(Duration.ofMinutes(1), 10);

        assertThat(passwords.verify(new Password("alice", "Secret"))).isEmpty();
        assertThat(passwords.verify(new Password("carol", "secret"))).isEmpty();
        assertThat(passwords.verify(new Password("", ""))).isEmpty();
        assertThat(passwords.verify(new Password("ALICE", "secret"))).isEmpty();
    }

    @Test
    void an_unknown_name_costs_a_check_like_a_known_one() {
        passwords(Duration.ofMinutes(1), 10).verify(new Password("carol", "secret"));

        assertThat(checks).containsExactly("secret");
    }

    @Test
    void a_checked_password_is_not_checked_again_until_its_time_is_over() {
        Passwords passwords = passwords(Duration.ofMinutes(1), 10);
        passwords.verify(new Password("alice", "secret"));
        passwords.verify(new Password("alice", "secret"));
        assertThat(checks).hasSize(1);

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        passwords.verify(new Password("alice", "secret"));
        assertThat(checks).hasSize(2);
    }

    @Test
    void a_remembered_password_does_not_let_another_one_in() {
        Passwords passwords = passwords(Duration.ofMinutes(1), 10);
        passwords.verify(new Password("bob", "a:b"));

        assertThat(passwords.verify(new Password("bob", "a:c"))).isEmpty();
        assertThat(passwords.verify(new Password("bo", "ba:b"))).isEmpty();
    }

    @Test
    void failures_are_not_remembered() {
        Passwords passwords = passwords(Duration.ofMinutes(1), 10);
        passwords.verify(new Password("alice", "wrong"));
        passwords.verify(new Password("alice", "wrong"));

        assertThat(checks).hasSize(2);
    }

    @Test
    void a_lifetime_of_zero_checks_every_time() {
        Passwords passwords = passwords(Duration.ZERO, 10);
        passwords.verify(new Password("alice", "secret"));
        passwords.verify(new Password("alice", "secret"));

        assertThat(checks).hasSize(2);
    }

    private Passwords passwords(Duration remembered, int capacity) {
        PasswordCheck check = (password, stored) -> {
            checks.add(password);
            return stored.equals("{noop}" + password);
        };
        return new Passwords(users, check, remembered, capacity, nanos::get);
    }
}
