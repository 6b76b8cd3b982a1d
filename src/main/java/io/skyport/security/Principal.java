package io.skyport.security;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, after the credentials were checked.
 *
 * @param name the user's name
 * @param roles the user's roles, as configured
 * @param token the id ({@code jti}) of the access token that was presented, or null for a password or a static token; unique
 *     per Handshake, therefore usable as the key of an implicit session
 */
public record Principal(
        String name, Set<String> roles, @Nullable String token) implements java.security.Principal {

    /** The role that may change the server. */
    public static final String ADMIN = "admin";

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** A principal that presented no access token. */
    public Principal(String name, Set<String> roles) {
        this(name, roles, null);
    }

    public Optional<String> tokenId() {
        return Optional.ofNullable(token);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** {@link #name()}, as the JDK's interface calls it. */
    @Override
    public String getName() {
        return name;
    }

    /** The same user holding the access token {@code tokenId}. */
    public Principal withToken(String tokenId) {
        return new Principal(name, roles, tokenId);
    }
}
