package io.skyport.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.skyport.security.Credentials.BearerToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

    private static final byte[] KEY = "a key of thirty-two bytes length".getBytes(UTF_8);
    private static final Principal ALICE = new Principal("alice", Set.of("admin"));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Users users = Users.of(List.of(new User("alice", "{noop}secret", Set.of("admin"))));
    private final AccessTokens tokens = new AccessTokens(users, KEY, Duration.ofHours(12), clock);

    @Test
    void an_issued_token_names_its_user_and_carries_its_own_id() {
        AccessToken first = tokens.issue(ALICE);
        AccessToken second = tokens.issue(ALICE);

        assertThat(tokens.verify(new BearerToken(first.value()))).contains(first.principal());
        assertThat(first.principal().name()).isEqualTo("alice");
        assertThat(first.principal().tokenId())
                .isPresent()
                .isNotEqualTo(second.principal().tokenId());
        assertThat(first.value()).matches("[\\x21-\\x7e]+").hasSizeLessThan(AccessTokens.MAX_TOKEN_LENGTH);
    }

    @Test
    void a_token_is_valid_for_its_lifetime_and_not_a_moment_longer() {
        BearerToken token = new BearerToken(tokens.issue(ALICE).value());

        clock.now = clock.now.plus(Duration.ofHours(12)).minusMillis(1);
        assertThat(tokens.verify(token)).isPresent();
        clock.now = clock.now.plusMillis(1);
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void a_token_outlives_a_restart_with_the_same_key() {
        BearerToken token = new BearerToken(tokens.issue(ALICE).value());

        assertThat(new AccessTokens(users, KEY, Duration.ofHours(12), clock).verify(token))
                .isPresent();
    }

    @Test
    void roles_are_those_of_now_and_a_removed_user_is_out() {
        BearerToken token = new BearerToken(tokens.issue(ALICE).value());
        Users demoted = Users.of(List.of(new User("alice", "{noop}secret", Set.of("reader"))));
        Users without = Users.of(List.of(new User("bob", "{noop}secret", Set.of("admin"))));

        assertThat(new AccessTokens(demoted, KEY, Duration.ofHours(12), clock).verify(token))
                .hasValueSatisfying(principal -> assertThat(principal.roles()).containsExactly("reader"));
        assertThat(new AccessTokens(without, KEY, Duration.ofHours(12), clock).verify(token))
                .isEmpty();
    }

    @Test
    void a_token_signed_with_another_key_is_refused() throws JOSEException {
        assertThat(tokens.verify(
                        new BearerToken(signed(JWSAlgorithm.HS256, "another key, of thirty-two bytes", claims()))))
                .isEmpty();
    }

    @Test
    void a_token_may_not_choose_its_algorithm() throws JOSEException {
        String longKey = new String(KEY, UTF_8);
        assertThat(tokens.verify(new BearerToken(new PlainJWT(claims()).serialize())))
                .isEmpty();
        assertThat(tokens.verify(new BearerToken(signed(JWSAlgorithm.HS256, longKey, claims()))))
                .isPresent();
        assertThat(new AccessTokens(users, (longKey + longKey).getBytes(UTF_8), Duration.ofHours(12), clock)
                        .verify(new BearerToken(signed(JWSAlgorithm.HS512, longKey + longKey, claims()))))
                .isEmpty();
    }

    @Test
    void a_token_without_expiry_id_or_issuer_is_refused() throws JOSEException {
        String key = new String(KEY, UTF_8);
        JWTClaimsSet noExpiry =
                new JWTClaimsSet.Builder(claims()).expirationTime(null).build();
        JWTClaimsSet noId = new JWTClaimsSet.Builder(claims()).jwtID(null).build();
        JWTClaimsSet otherIssuer =
                new JWTClaimsSet.Builder(claims()).issuer("elsewhere").build();

        for (JWTClaimsSet claims : List.of(noExpiry, noId, otherIssuer)) {
            assertThat(tokens.verify(new BearerToken(signed(JWSAlgorithm.HS256, key, claims))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "not a token", "eyJhbGciOiJub25lIn0.e30.", "\u00e9\u0000"})
    void garbage_is_refused(String garbage) {
        assertThat(tokens.verify(new BearerToken(garbage))).isEmpty();
    }

    @Test
    void an_altered_or_overlong_token_is_refused() {
        String token = tokens.issue(ALICE).value();

        assertThat(tokens.verify(new BearerToken(token.substring(0, token.length() - 2))))
                .isEmpty();
        assertThat(tokens.verify(new BearerToken(token + "A".repeat(AccessTokens.MAX_TOKEN_LENGTH))))
                .isEmpty();
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> new AccessTokens(users, new byte[31], Duration.ofHours(1), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer("skyport")
                .subject("alice")
                .jwtID("1")
                .expirationTime(Date.from(clock.now.plusSeconds(60)))
                .build();
    }

    private static String signed(JWSAlgorithm algorithm, String key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }

    private static final class SettableClock extends Clock {

        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
