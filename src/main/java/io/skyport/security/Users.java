package io.skyport.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All users, by name. There is always at least one: without a configured user, {@code admin} with a generated password. */
public final class Users {

    private static final String GENERATED_USER = "admin";
    private static final int GENERATED_PASSWORD_BYTES = 18;

    private final Map<String, User> byName = new LinkedHashMap<>();
    private final @Nullable String generatedPassword;

    private Users(List<User> users, @Nullable String generatedPassword) {
        for (User user : users) {
            if (byName.put(user.name(), user) != null) {
                throw new IllegalArgumentException("skyport.security.users names the user '" + user.name() + "' twice");
            }
        }
        this.generatedPassword = generatedPassword;
    }

    /**
     * The configured users, or {@code admin} with a fresh random password if there are none.
     *
     * @throws IllegalArgumentException if a name is used twice
     */
    public static Users of(List<User> configured) {
        if (!configured.isEmpty()) {
            return new Users(configured, null);
        }
        byte[] random = new byte[GENERATED_PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        User admin = new User(GENERATED_USER, "{noop}" + password, Set.of(Principal.ADMIN));
        return new Users(List.of(admin), password);
    }

    public Optional<User> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All of them, in the order of the configuration. */
    public List<User> all() {
        return List.copyOf(byName.values());
    }

    /** The first user, for texts that show an example. */
    public User first() {
        return byName.values().iterator().next();
    }

    /** The password of {@link #first()} if it was generated at this start. It exists nowhere else: print it once. */
    public Optional<String> generatedPassword() {
        return Optional.ofNullable(generatedPassword);
    }
}
