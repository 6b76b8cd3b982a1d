package io.skyport.security;

/**
 * An issued token.
 *
 * @param value what the client sends back as {@code Bearer <value>}; ASCII
 * @param principal whom it stands for, with the token's id
 */
public record AccessToken(String value, Principal principal) {

    @Override
    public String toString() {
        return "AccessToken[principal=" + principal.name() + "]";
    }
}
