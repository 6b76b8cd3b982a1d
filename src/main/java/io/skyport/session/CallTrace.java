package io.skyport.session;

import org.jspecify.annotations.Nullable;

/** One call of a client, for whoever traces calls; opaque to all others. Thread-safe. */
public interface CallTrace {

    /** Of a call that nobody traces. */
    CallTrace NONE = new CallTrace() {};

    /** The call goes on with what another one has begun: it fetches its rows. */
    default void follows(CallTrace first) {}

    /**
     * The call is over. More than once is no mistake.
     *
     * @param failure what went wrong, as its protocol names it; null for nothing
     */
    default void ended(@Nullable String failure) {}
}
