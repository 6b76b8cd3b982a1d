package io.skyport.security;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tokens from the configuration that stand for a user until they are taken out of it. Keeps hashes, not the tokens. */
public final class StaticTokens {

    private final KeyedHash hash = new KeyedHash();
    private final Map<ByteBuffer, Principal> principals;

    /** @param principals who each token stands for */
    public StaticTokens(Map<String, Principal> principals) {
        this.principals = principals.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> hash.of(entry.getKey()), Map.Entry::getValue));
    }

    /** Who the token stands for; empty if it is not a configured one. */
    public Optional<Principal> verify(Credentials.BearerToken token) {
        return principals.isEmpty() ? Optional.empty() : Optional.ofNullable(principals.get(hash.of(token.value())));
    }
}
