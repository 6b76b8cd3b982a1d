package io.skyport.flightsql;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Sends the header {@code x-middleware} back, also with calls that fail: by it clients find out whether headers get through
 * (Arrow's integration scenario "middleware"; conformance text, sections 3 and 18). Longer ones than
 * {@value #MAX_LENGTH} characters are dropped, as answers are read with less patience than requests.
 */
final class HeaderEcho implements ServerInterceptor {

    static final int MAX_LENGTH = 1024;

    private static final Metadata.Key<String> ECHOED =
            Metadata.Key.of("x-middleware", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String value = headers.get(ECHOED);
        return next.startCall(
                value == null || value.length() > MAX_LENGTH ? call : new EchoingCall<>(call, value), headers);
    }

    /** In front of the first message, or in the end of a call without any. */
    private static final class EchoingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final String value;
        private boolean sent;

        EchoingCall(ServerCall<Q, A> call, String value) {
            super(call);
            this.value = value;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            sent = true;
            headers.put(ECHOED, value);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!sent) {
                trailers.put(ECHOED, value);
            }
            super.close(status, trailers);
        }
    }
}
