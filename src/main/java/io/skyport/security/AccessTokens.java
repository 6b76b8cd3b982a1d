package io.skyport.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/**
 * Issues and verifies access tokens: JWTs (RFC 7519) signed with HS256. Thread-safe.
 *
 * <p>The server keeps no list of them. A token is valid while its signature is right, it has not expired and its user is
 * still configured; roles are read anew at each call, so that taking a role away does not wait for a token to expire.
 */
public final class AccessTokens {

    /** The longest token that is looked at, in characters; ours have about 250. */
    static final int MAX_TOKEN_LENGTH = 4096;

    private static final String ISSUER = "skyport";
    private static final int ID_BYTES = 16;

    private final Users users;
    private final Duration lifetime;
    private final Clock clock;
    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param key at least 32 bytes
     * @param lifetime how long a token is valid
     */
    public AccessTokens(Users users, byte[] key, Duration lifetime, Clock clock) {
        this.users = users;
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the key that signs access tokens does not serve", e);
        }
    }

    /** Issues a token with a new random id to a user who was authenticated. */
    public AccessToken issue(Principal principal) {
        Principal holder = principal.withToken(newId());
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(holder.name())
                .jwtID(holder.token())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token could not be signed", e);
        }
        return new AccessToken(token.serialize(), holder);
    }

    /** Whom the token stands for; empty if it is not one of ours, was altered or has expired. */
    public Optional<Principal> verify(Credentials.BearerToken token) {
        if (token.value().length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token.value());
            // The algorithm is ours to choose, never the token's ("alg" attacks, RFC 8725 section 3.1).
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                return Optional.empty();
            }
            return principal(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private Optional<Principal> principal(JWTClaimsSet claims) {
        boolean complete = ISSUER.equals(claims.getIssuer())
                && claims.getSubject() != null
                && claims.getJWTID() != null
                && claims.getExpirationTime() != null;
        if (!complete || !clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
            return Optional.empty();
        }
        return users.find(claims.getSubject()).map(user -> user.principal().withToken(claims.getJWTID()));
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
