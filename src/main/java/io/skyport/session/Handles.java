package io.skyport.session;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the opaque names that clients hold: unguessable (144 random bits), ASCII, never empty. */
final class Handles {

    private static final int BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Handles() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
