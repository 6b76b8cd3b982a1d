package io.skyport.security;

import java.util.function.Function;

/** What a client presents to say who it is. Their text form never shows a secret. */
public sealed interface Credentials {

    /** Calls the function for this kind of credentials. */
    <T> T match(Function<Password, T> password, Function<BearerToken, T> bearerToken);

    /** A user's name and password (RFC 7617). Both may be empty. */
    record Password(String name, String password) implements Credentials {

        @Override
        public <T> T match(Function<Password, T> whenPassword, Function<BearerToken, T> whenBearerToken) {
            return whenPassword.apply(this);
        }

        @Override
        public String toString() {
            return "Password[name=" + name + "]";
        }
    }

    /** A token (RFC 6750): one that this server issued, or a static one from the configuration. */
    record BearerToken(String value) implements Credentials {

        @Override
        public <T> T match(Function<Password, T> whenPassword, Function<BearerToken, T> whenBearerToken) {
            return whenBearerToken.apply(this);
        }

        @Override
        public String toString() {
            return "BearerToken[]";
        }
    }
}
