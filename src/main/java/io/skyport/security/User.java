package io.skyport.security;

import java.util.Set;

/**
 * A configured user.
 *
 * @param password the password in its stored form, {@code {id}text}, for example {@code {bcrypt}$2a$10$...}
 */
public record User(String name, String password, Set<String> roles) {

    public User {
        roles = Set.copyOf(roles);
    }

    public Principal principal() {
        return new Principal(name, roles);
    }

    @Override
    public String toString() {
        return "User[name=" + name + ", roles=" + roles + "]";
    }
}
