package io.skyport.session;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from. Made for each call, so that nothing is formatted before it is asked for.
 *
 * @param remote the client's end of the connection; null if there is none
 * @param trace of the call
 */
public record Caller(Protocol protocol, @Nullable SocketAddress remote, CallTrace trace) {

    /** The server itself, without a wire. */
    public static final Caller INTERNAL = new Caller(Protocol.INTERNAL, null);

    /** Of a call that nobody traces. */
    public Caller(Protocol protocol, @Nullable SocketAddress remote) {
        this(protocol, remote, CallTrace.NONE);
    }

    /** IP address and port, as {@code 192.0.2.1:5000} or {@code [2001:db8::1]:5000}; empty if it is unknown. */
    public String address() {
        if (remote instanceof InetSocketAddress internet && internet.getAddress() != null) {
            String host = internet.getAddress().getHostAddress();
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + internet.getPort();
        }
        return remote == null ? "" : remote.toString();
    }
}
