package io.skyport.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.skyport.error.SkyportException;
import io.skyport.security.SecurityProperties.TokenProperties;
import io.skyport.security.SecurityProperties.UserProperties;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.x509.X509AuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** Beans of the security room, and the two places where Spring Security asks it: one authentication manager, one HTTP chain. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    private static final Pattern STORED_PASSWORD = Pattern.compile("\\{(bcrypt|pbkdf2|noop)}.+", Pattern.DOTALL);
    private static final int MIN_TOKEN_LENGTH = 16;

    @Bean
    Users users(SecurityProperties properties) {
        List<UserProperties> configured = properties.users();
        for (int i = 0; i < configured.size(); i++) {
            // Checked here and not by an annotation, whose message would show the password.
            if (!STORED_PASSWORD.matcher(configured.get(i).password()).matches()) {
                throw new IllegalArgumentException("skyport.security.users[" + i + "].password (user '"
                        + configured.get(i).name() + "') must start with {bcrypt}, {pbkdf2} or {noop}");
            }
        }
        return Users.of(configured.stream()
                .map(user -> new User(user.name(), user.password(), user.roles()))
                .toList());
    }

    @Bean
    StaticTokens staticTokens(SecurityProperties properties, Users users) {
        Map<String, Principal> principals = new HashMap<>();
        for (int i = 0; i < properties.tokens().size(); i++) {
            TokenProperties token = properties.tokens().get(i);
            String name = "skyport.security.tokens[" + i + "]";
            if (token.token().length() < MIN_TOKEN_LENGTH) {
                throw new IllegalArgumentException(name + ".token is shorter than " + MIN_TOKEN_LENGTH + " characters");
            }
            User user = users.find(token.user())
                    .orElseThrow(() -> new IllegalArgumentException(
                            name + ".user is '" + token.user() + "', which is not in skyport.security.users"));
            if (principals.put(token.token(), user.principal()) != null) {
                throw new IllegalArgumentException(name + ".token is configured twice");
            }
        }
        return new StaticTokens(principals);
    }

    @Bean
    AccessTokens accessTokens(
            SecurityProperties properties, Users users, @Value("${skyport.data-dir:./data}") Path dataDirectory) {
        byte[] key = signingKey(properties.jwt().secret(), dataDirectory);
        return new AccessTokens(users, key, properties.tokenLifetime(), Clock.systemUTC());
    }

    @Bean
    LoginThrottle loginThrottle(SecurityProperties properties) {
        return new LoginThrottle(properties.maxLoginDelay(), Ticker.systemTicker());
    }

    @Bean
    Authenticator authenticator(
            SecurityProperties properties,
            Users users,
            AccessTokens accessTokens,
            StaticTokens staticTokens,
            LoginThrottle throttle) {
        Passwords passwords = new Passwords(
                users,
                passwordEncoder()::matches,
                properties.credentialCacheLifetime(),
                properties.credentialCacheSize(),
                Ticker.systemTicker());
        return new Authenticator(passwords, accessTokens, staticTokens, throttle);
    }

    /** That of gRPC. */
    @Bean
    AuthenticationManager authenticationManager(Authenticator authenticator) {
        return manager(authenticator, Door.FLIGHT_SQL);
    }

    /** Basic and Bearer requests in, a {@link Principal} with its roles out. */
    private static AuthenticationManager manager(Authenticator authenticator, Door door) {
        return request -> {
            try {
                Principal principal = authenticator.authenticate(credentials(request), door, address(request));
                String[] authorities =
                        principal.roles().stream().map(role -> "ROLE_" + role).toArray(String[]::new);
                return UsernamePasswordAuthenticationToken.authenticated(
                        principal, null, AuthorityUtils.createAuthorityList(authorities));
            } catch (SkyportException e) {
                throw new BadCredentialsException(e.getMessage(), e);
            }
        };
    }

    /**
     * HTTP is Actuator only. Health is open because probes carry no credentials (details are not shown to them); metrics are
     * for every user; whatever can change the server or show its memory is for admins.
     */
    @Bean
    SecurityFilterChain httpSecurity(
            HttpSecurity http,
            Authenticator authenticator,
            LoginThrottle throttle,
            TlsProperties tls,
            @Value("${management.endpoints.web.base-path:/actuator}") String actuator)
            throws Exception {
        String base = actuator.equals("/") ? "" : actuator;
        if (tls.enabled() && tls.clientCertificates() == TlsProperties.ClientCertificates.REQUIRED) {
            http.addFilterBefore(
                    (request, response, chain) -> {
                        if (hasCertificate(request) || isHealth((HttpServletRequest) request, base)) {
                            chain.doFilter(request, response);
                        } else {
                            ((HttpServletResponse) response)
                                    .sendError(HttpServletResponse.SC_FORBIDDEN, "a client certificate is required");
                        }
                    },
                    X509AuthenticationFilter.class);
        }
        http.addFilterBefore(
                (request, response, chain) -> {
                    Duration wait = wait((HttpServletRequest) request, throttle);
                    if (wait.isZero()) {
                        chain.doFilter(request, response);
                    } else {
                        refuseForNow((HttpServletResponse) response, wait);
                    }
                },
                BasicAuthenticationFilter.class);
        AuthenticationManager manager = manager(authenticator, Door.HTTP);
        return http.authenticationManager(manager)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, base + "/health", base + "/health/**")
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.GET,
                                        base,
                                        base + "/info",
                                        base + "/prometheus",
                                        base + "/metrics",
                                        base + "/metrics/**")
                                .authenticated()
                                .anyRequest()
                                .hasRole(Principal.ADMIN))
                .httpBasic(basic -> basic.realmName("Skyport"))
                .oauth2ResourceServer(bearer -> bearer.authenticationManagerResolver(request -> manager))
                // No cookie ever authenticates a request, so there is nothing that a foreign page could ride on.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** HTTP has only Actuator: its requests do not wait after wrong passwords from their address, but are told to come later. */
    private static Duration wait(HttpServletRequest request, LoginThrottle throttle) {
        String authorization = request.getHeader("Authorization");
        InetAddress address = address(request.getRemoteAddr());
        return authorization == null || !authorization.regionMatches(true, 0, "basic ", 0, 6) || address == null
                ? Duration.ZERO
                : throttle.known(address).map(LoginThrottle.Origin::remaining).orElse(Duration.ZERO);
    }

    private static void refuseForNow(HttpServletResponse response, Duration wait) throws IOException {
        response.setHeader("Retry-After", String.valueOf(wait.toSeconds() + 1));
        response.sendError(429, "wrong passwords came from this address");
    }

    private static @Nullable InetAddress address(Authentication request) {
        if (request.getDetails() instanceof InetAddress address) {
            return address;
        }
        return request.getDetails() instanceof WebAuthenticationDetails details
                ? address(details.getRemoteAddress())
                : null;
    }

    /** Of digits: nothing is looked up. */
    private static @Nullable InetAddress address(@Nullable String digits) {
        try {
            return digits == null ? null : InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean hasCertificate(ServletRequest request) {
        return request.getAttribute("jakarta.servlet.request.X509Certificate") != null;
    }

    private static boolean isHealth(HttpServletRequest request, String base) {
        String path = request.getRequestURI();
        return request.getMethod().equals(HttpMethod.GET.name())
                && (path.equals(base + "/health") || path.startsWith(base + "/health/"));
    }

    private static Credentials credentials(Authentication request) {
        if (request instanceof BearerTokenAuthenticationToken bearer) {
            return new Credentials.BearerToken(bearer.getToken());
        }
        if (request instanceof UsernamePasswordAuthenticationToken basic) {
            return new Credentials.Password(basic.getName(), String.valueOf(basic.getCredentials()));
        }
        throw new ProviderNotFoundException(
                "cannot authenticate a " + request.getClass().getSimpleName());
    }

    private static byte[] signingKey(@Nullable String secret, Path dataDirectory) {
        if (secret == null || secret.isEmpty()) {
            return SigningKey.in(dataDirectory);
        }
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < SigningKey.MIN_BYTES) {
            throw new IllegalArgumentException(
                    "skyport.security.jwt.secret is shorter than " + SigningKey.MIN_BYTES + " bytes");
        }
        return key;
    }

    static PasswordEncoder passwordEncoder() {
        return new DelegatingPasswordEncoder(
                "bcrypt",
                Map.of(
                        "bcrypt", new BCryptPasswordEncoder(),
                        "pbkdf2", Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
                        "noop", new ConstantTimePlainText()));
    }

    /** Spring's own encoder for {@code {noop}} compares in variable time. */
    private static final class ConstantTimePlainText implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            return password.toString();
        }

        @Override
        public boolean matches(CharSequence password, String stored) {
            return MessageDigest.isEqual(
                    password.toString().getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.UTF_8));
        }
    }
}
