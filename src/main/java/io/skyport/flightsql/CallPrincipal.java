package io.skyport.flightsql;

import io.grpc.Context;
import io.skyport.error.SkyportException;
import io.skyport.security.Authenticator;
import io.skyport.security.Principal;
import java.util.Optional;

/** Who makes the current call. Held in the gRPC context, so work handed to other threads must carry the context along. */
public final class CallPrincipal {

    static final Context.Key<Principal> KEY = Context.key("skyport-principal");

    private CallPrincipal() {}

    /** The caller; empty only during a Handshake without credentials in its headers. */
    public static Optional<Principal> find() {
        return Optional.ofNullable(KEY.get());
    }

    /**
     * The caller.
     *
     * @throws SkyportException 28000 if the call is anonymous
     */
    public static Principal get() {
        return find().orElseThrow(Authenticator::refusal);
    }
}
