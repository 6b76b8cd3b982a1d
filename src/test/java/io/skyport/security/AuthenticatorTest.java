package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.Attempts.Method;
import io.skyport.security.Credentials.BearerToken;
import io.skyport.security.Credentials.Password;
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
    private final Authenticator authenticator = new Authenticator(
            new Passwords(users, (password, stored) -> stored.equals("{noop}" + password), Duration.ZERO, 1, () -> 0),
            accessTokens,
            new StaticTokens(Map.of("a-static-token", new Principal("alice", Set.of("admin")))));

    @Test
    void a_password_a_static_token_and_an_issued_token_stand_for_the_user() {
        Principal alice = authenticator.authenticate(new Password("alice", "secret"), Door.FLYDB);

        assertThat(alice).isEqualTo(new Principal("alice", Set.of("admin")));
        assertThat(authenticator.authenticate(new BearerToken("a-static-token"), Door.HTTP))
                .isEqualTo(alice);
        AccessToken issued = accessTokens.issue(alice);
        assertThat(authenticator.authenticate(new BearerToken(issued.value()), Door.FLIGHT_SQL))
                .isEqualTo(issued.principal());
    }

    @Test
    void attempts_are_counted_by_door_and_method() {
        authenticator.authenticate(new Password("alice", "secret"), Door.FLYDB);
        authenticator.authenticate(new BearerToken("a-static-token"), Door.HTTP);
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
        return catchThrowableOfType(SkyportException.class, () -> authenticator.authenticate(credentials, Door.FLYDB));
    }
}
