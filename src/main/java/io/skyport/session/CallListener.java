package io.skyport.session;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the calls of clients, that statements are part of; implemented by observability. Called on the threads of calls. */
public interface CallListener {

    /** One that follows none. */
    CallListener NONE = (protocol, method, header) -> CallTrace.NONE;

    /**
     * A call begins.
     *
     * @param method as the protocol names it
     * @param header what the client sent under a name, in small letters; null for nothing. Asked before this returns
     */
    CallTrace began(Protocol protocol, String method, Function<String, @Nullable String> header);
}
