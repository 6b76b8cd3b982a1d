package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.Attempts.Method;
import io.skyport.security.Credentials.BearerToken;
import io.skyport.security.Credentials.Password;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {

    private final Users users = Users.of(List.of(new User("alice", "{noop}secret", Set.of("admin"))));
    private final AccessTokens accessTokens =
            new AccessTokens(users, new byte[32], Duration.ofHours(1), Clock.systemUTC());
    private final LoginThrottle throttle = new LoginThrottle(Duration.ofSeconds(5), () -> 0);
    private final Authenticator authenticator = new Authenticator(
            new Passwords(users, (password, stored) -> stored.equals("{noop}" + password), Duration.ZERO, 1, () -> 0),
            accessTokens,
            new StaticTokens(Map.of("a-static-token", new Principal("alice", Set.of("admin")))),
            throttle);

    @Test
    void a_password_a_static_token_and_an_issued_token_stand_for_the_user() {
        Principal alice = authenticator.authenticate(new Password("alice", "secret"), Door.FLYDB, null);

        assertThat(alice).isEqualTo(new Principal("alice", Set.of("admin")));
        assertThat(authenticator.authenticate(new BearerToken("a-static-token"), Door.HTTP, null))
                .isEqualTo(alice);
        AccessToken issued = accessTokens.issue(alice);
        assertThat(authenticator.authenticate(new BearerToken(issued.value()), Door.FLIGHT_SQL, null))
                .isEqualTo(issued.principal());
    }

    @Test
    void wrong_passwords_are_remembered_of_their_address_and_wrong_tokens_are_not() {
        InetAddress here = InetAddress.getLoopbackAddress();
        refusedFrom(new BearerToken("wrong"), here);
        assertThat(throttle.known(here)).isEmpty();
        for (Door door : Door.values()) {
            assertThatThrownBy(() -> authenticator.authenticate(new Password("alice", "wrong"), door, here));
        }
        assertThat(throttle.of(here).remaining()).isEqualTo(Duration.ofMillis(400));

        authenticator.authenticate(new Password("alice", "secret"), Door.HTTP, here);

        assertThat(throttle.of(here).remaining()).isZero();
    }

    private void refusedFrom(Credentials credentials, InetAddress address) {
        assertThatThrownBy(() -> authenticator.authenticate(credentials, Door.HTTP, address));
    }

    @Test
    void attempts_are_counted_by_door_and_method() {
        authenticator.authenticate(new Password("alice", "secret"), Door.FLYDB, null);
        authenticator.authenticate(new BearerToken("a-static-token"), Door.HTTP, null);
        refusal(new Password("alice", "wrong"));

        Attempts attempts = authenticator.attempts();
        assertThat(attempts.count(Door.FLYDB, Method.PASSWORD, true)).isEqualTo(1);
        assertThat(attempts.count(Door.FLYDB, Method.PASSWORD, false)).isEqualTo(1);
        assertThat(attempts.count(Door.HTTP, Method.TOKEN, true)).isEqualTo(1);
        assertThat(attempts.count(Door.HTTP, Method.TOKEN, false)).isZero();
    }

    @Test
    void every_refusal_is_the_same() {
        List<SkyportException> refusals = List.of(
                refusal(new Password("alice", "wrong")),
                refusal(new Password("nobody", "secret")),
                refusal(new Password("", "")),
                refusal(new BearerToken("")),
                refusal(new BearerToken("a-static-token ")));

        assertThat(refusals).extracting(SkyportException::code).containsOnly(ErrorCode.INVALID_AUTHORIZATION);
        assertThat(refusals)
                .extracting(Throwable::getMessage)
                .containsOnly(Authenticator.refusal().getMessage());
    }

    @Test
    void credentials_users_and_tokens_do_not_show_their_secrets_as_text() {
        assertThat(List.of(
                        new Password("alice", "secret"),
                        new BearerToken("secret"),
                        new User("alice", "{noop}secret", Set.of()),
                        new AccessToken("secret", new Principal("alice", Set.of()))))
                .extracting(Object::toString)
                .noneMatch(text -> text.contains("secret"));
    }

    private SkyportException refusal(Credentials credentials) {
        return catchThrowableOfType(
                SkyportException.class, () -> authenticator.authenticate(credentials, Door.FLYDB, null));
    }
}
