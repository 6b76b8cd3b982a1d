package io.skyport.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may use the server.
 *
 * @param users all users; without any, the user {@code admin} exists with a random password that is printed at each start
 * @param tokens static Bearer tokens
 * @param tokenLifetime how long an access token issued by Handshake is valid, default 12h, at least 1s
 * @param credentialCacheLifetime how long a password that was checked is not checked again, default 1m; 0 checks every time
 * @param credentialCacheSize how many checked passwords are remembered at most, default 1000
 * @param maxLoginDelay the longest wait before a password is checked that comes from where wrong ones came from, default 5s; 0 for
 *     none
 * @param jwt how access tokens are signed
 */
@Validated
@ConfigurationProperties("skyport.security")
public record SecurityProperties(
        @DefaultValue @Valid List<UserProperties> users,
        @DefaultValue @Valid List<TokenProperties> tokens,

        @DefaultValue("12h") @NotNull @DurationMin(seconds = 1)
        Duration tokenLifetime,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 0)
        Duration credentialCacheLifetime,

        @DefaultValue("1000") @Min(1) int credentialCacheSize,

        @DefaultValue("5s") @NotNull @DurationMin(seconds = 0)
        Duration maxLoginDelay,

        @DefaultValue @Valid JwtProperties jwt) {

    /**
     * A user.
     *
     * @param name the name, unique
     * @param password {@code {bcrypt}$2a$10$...}, {@code {pbkdf2}...} or {@code {noop}plain-text}
     * @param roles {@code admin} may change the server; any other name is for grants; default none
     */
    public record UserProperties(
            @NotBlank String name,
            @NotBlank String password,
            @DefaultValue Set<String> roles) {

        @Override
        public String toString() {
            return "UserProperties[name=" + name + ", roles=" + roles + "]";
        }
    }

    /**
     * A static token.
     *
     * @param token what clients send after {@code Bearer}, at least 16 characters
     * @param user the name of the configured user it stands for
     */
    public record TokenProperties(
            @NotBlank String token, @NotBlank String user) {

        @Override
        public String toString() {
            return "TokenProperties[user=" + user + "]";
        }
    }

    /**
     * How access tokens are signed.
     *
     * @param secret the key for HS256, at least 32 bytes of UTF-8; without one, a key is generated once and kept in
     *     {@code <data-dir>/token.key}
     */
    public record JwtProperties(@Nullable String secret) {

        @Override
        public String toString() {
            return "JwtProperties[]";
        }
    }
}
