package io.skyport.security;

/** Compares a password with its stored form in constant time. */
@FunctionalInterface
public interface PasswordCheck {

    /**
     * Whether {@code password} is the one stored.
     *
     * @param stored {@code {id}text}, where the id names the hash
     */
    boolean matches(String password, String stored);
}
