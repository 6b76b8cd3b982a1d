package io.skyport.flightsql;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of the current call that names its session (conformance text, sections 3 and 13). Sent to the client only when
 * a session is opened for it or closed. Held in the gRPC context.
 */
final class SessionCookie {

    /** As Arrow's own servers call it. */
    static final String NAME = "arrow_flight_session_id";

    private static final Context.Key<SessionCookie> KEY = Context.key("skyport-session-cookie");
    private static final Metadata.Key<String> COOKIE = Metadata.Key.of("cookie", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> SET_COOKIE =
            Metadata.Key.of("set-cookie", Metadata.ASCII_STRING_MARSHALLER);

    private final Optional<String> sessionId;
    private volatile @Nullable String answer;

    private SessionCookie(Optional<String> sessionId) {
        this.sessionId = sessionId;
    }

    /** That of the current call. */
    static SessionCookie current() {
        SessionCookie cookie = KEY.get();
        return cookie == null ? new SessionCookie(Optional.empty()) : cookie;
    }

    /** The session that the client names; empty if it names none. */
    Optional<String> sessionId() {
        return sessionId;
    }

    /** Makes the client name this session from now on. */
    void give(String id) {
        answer = NAME + "=" + id;
    }

    /** Makes the client name none any more. */
    void takeBack() {
        answer = NAME + "=; Max-Age=0";
    }

    /**
     * The session in a call's headers. Clients send several cookies in one header, with and without a blank between them, in
     * several headers, quoted or not, and beside cookies of others.
     */
    static Optional<String> read(Metadata headers) {
        Iterable<String> received = headers.getAll(COOKIE);
        Stream<String> all = received == null ? Stream.empty() : StreamSupport.stream(received.spliterator(), false);
        return all.flatMap(header -> Arrays.stream(header.split(";")))
                .map(SessionCookie::value)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static @Nullable String value(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0 || !pair.substring(0, equals).strip().equals(NAME)) {
            return null;
        }
        String value = pair.substring(equals + 1).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        String bare = quoted ? value.substring(1, value.length() - 1) : value;
        return bare.isEmpty() ? null : bare;
    }

    /** Reads the cookie of every call, and sends what became of it with the answer's headers. */
    static final class Interceptor implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            SessionCookie cookie = new SessionCookie(read(headers));
            ServerCall<Q, A> answering = new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
                @Override
                public void sendHeaders(Metadata answered) {
                    String answer = cookie.answer;
                    if (answer != null) {
                        answered.put(SET_COOKIE, answer);
                    }
                    super.sendHeaders(answered);
                }
            };
            return Contexts.interceptCall(Context.current().withValue(KEY, cookie), answering, headers, next);
        }
    }
}
