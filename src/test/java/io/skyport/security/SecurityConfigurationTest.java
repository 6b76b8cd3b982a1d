package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.security.Credentials.BearerToken;
import io.skyport.security.SecurityProperties.JwtProperties;
import io.skyport.security.SecurityProperties.TokenProperties;
import io.skyport.security.SecurityProperties.UserProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class SecurityConfigurationTest {

    private static final UserProperties ALICE = new UserProperties("alice", "{noop}secret", Set.of("admin"));

    private final SecurityConfiguration configuration = new SecurityConfiguration();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "{noop}secret, secret, true",
        "{noop}secret, secre, false",
        "{noop}secret, secrets, false",
        "{bcrypt}$2a$04$VQ8O1Ysc5TYmwar83VYOPuFRl.IyYtL4EmlSOiFr3jehdCSDOePl2, pass:word, true",
        "{bcrypt}$2a$04$VQ8O1Ysc5TYmwar83VYOPuFRl.IyYtL4EmlSOiFr3jehdCSDOePl2, pass:Word, false",
        "{bcrypt}not a hash, pass:word, false"
    })
    void passwords_are_stored_plain_or_hashed(String stored, String given, boolean matches) {
        assertThat(SecurityConfiguration.passwordEncoder().matches(given, stored))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "{noop}", "{plain}secret", "{BCRYPT}secret"})
    void a_password_in_no_known_form_is_refused_without_showing_it(String stored) {
        assertThatThrownBy(() ->
                        configuration.users(properties(List.of(new UserProperties("carol", stored, Set.of())), null)))
                .hasMessageContaining("skyport.security.users[0].password (user 'carol')")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_static_token_must_be_long_unique_and_stand_for_a_configured_user() {
        assertThatThrownBy(() -> tokens(new TokenProperties("short", "alice")))
                .hasMessageContaining("skyport.security.tokens[0].token is shorter than 16");
        assertThatThrownBy(() -> tokens(new TokenProperties("0123456789abcdef", "carol")))
                .hasMessageContaining("skyport.security.tokens[0].user is 'carol', which is not in");
        assertThatThrownBy(() -> tokens(
                        new TokenProperties("0123456789abcdef", "alice"),
                        new TokenProperties("0123456789abcdef", "alice")))
                .hasMessageContaining("skyport.security.tokens[1].token is configured twice")
                .hasMessageNotContaining("0123456789abcdef");
        assertThat(tokens(new TokenProperties("0123456789abcdef", "alice")).verify(new BearerToken("0123456789abcdef")))
                .contains(new Principal("alice", Set.of("admin")));
    }

    @Test
    void a_configured_secret_signs_and_no_key_file_is_made() {
        String secret = "a secret of at least thirty-two bytes";
        AccessTokens first = accessTokens(secret);
        AccessTokens second = accessTokens(secret);

        String token = first.issue(new Principal("alice", Set.of("admin"))).value();

        assertThat(second.verify(new BearerToken(token))).isPresent();
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> accessTokens("short")).hasMessageContaining("skyport.security.jwt.secret is shorter");
    }

    @Test
    void one_authentication_manager_takes_basic_and_bearer_and_nothing_else() {
        SecurityProperties properties =
                properties(List.of(ALICE), null, new TokenProperties("0123456789abcdef", "alice"));
        Users users = configuration.users(properties);
        AuthenticationManager manager = configuration.authenticationManager(configuration.authenticator(
                properties,
                users,
                configuration.accessTokens(properties, users, directory),
                configuration.staticTokens(properties, users),
                configuration.loginThrottle(properties)));

        Authentication basic =
                manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("alice", "secret"));
        Authentication bearer = manager.authenticate(new BearerTokenAuthenticationToken("0123456789abcdef"));

        assertThat(List.of(basic, bearer)).allSatisfy(authentication -> {
            assertThat(authentication.isAuthenticated()).isTrue();
            assertThat(authentication.getName()).isEqualTo("alice");
            assertThat(authentication.getPrincipal()).isEqualTo(new Principal("alice", Set.of("admin")));
            assertThat(authentication.getAuthorities())
                    .extracting(Object::toString)
                    .containsExactly("ROLE_admin");
            assertThat(authentication.getCredentials()).isNull();
        });
        assertThatThrownBy(() ->
                        manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("alice", "wrong")))
                .isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> manager.authenticate(new AnonymousAuthenticationToken(
                        "key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))))
                .isInstanceOf(AuthenticationException.class);
    }

    private StaticTokens tokens(TokenProperties... tokens) {
        SecurityProperties properties = properties(List.of(ALICE), null, tokens);
        return configuration.staticTokens(properties, configuration.users(properties));
    }

    private AccessTokens accessTokens(String secret) {
        SecurityProperties properties = properties(List.of(ALICE), secret);
        return configuration.accessTokens(properties, configuration.users(properties), directory);
    }

    private static SecurityProperties properties(
            List<UserProperties> users, @Nullable String secret, TokenProperties... tokens) {
        return new SecurityProperties(
                users,
                List.of(tokens),
                Duration.ofHours(12),
                Duration.ofMinutes(1),
                1000,
                Duration.ZERO,
                new JwtProperties(secret));
    }
}
