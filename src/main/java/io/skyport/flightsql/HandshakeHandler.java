package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.AccessTokens;
import io.skyport.security.Authenticator;
import io.skyport.security.Credentials;
import io.skyport.security.Door;
import io.skyport.security.Principal;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.arrow.flight.impl.Flight.BasicAuth;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.HandshakeResponse;
import org.jspecify.annotations.Nullable;

/**
 * Handshake (conformance text, sections 2 and 3). Credentials in the headers were checked by the interceptor: the answer
 * is a Bearer token in the response's headers. Flight's first scheme sends name and password in the payload and gets the
 * token as a payload. Without either the call ends well and gives no token.
 *
 * <p>In place of Arrow's own handler, which spins on a thread until the client sends something.
 */
final class HandshakeHandler implements ServerCallHandler<HandshakeRequest, HandshakeResponse> {

    /** In place of bytes that are no message: a payload that is none either. */
    static final HandshakeRequest UNREADABLE = HandshakeRequest.newBuilder()
            .setPayload(ByteString.copyFrom(new byte[] {0}))
            .build();

    private final Authenticator authenticator;
    private final AccessTokens tokens;
    private final FirstMessageTimer timer;
    private final LoginDelay delay;

    HandshakeHandler(Authenticator authenticator, AccessTokens tokens, FirstMessageTimer timer, LoginDelay delay) {
        this.delay = delay;
        this.authenticator = authenticator;
        this.tokens = tokens;
        this.timer = timer;
    }

    @Override
    public ServerCall.Listener<HandshakeRequest> startCall(
            ServerCall<HandshakeRequest, HandshakeResponse> call, Metadata headers) {
        Handshake handshake = new Handshake(new CallEnd(call), call, headers.get(FlightCredentials.AUTHORIZATION));
        call.request(1);
        return handshake;
    }

    /** One call: answered at the first message, or at half-close if there is none. */
    private final class Handshake extends ServerCall.Listener<HandshakeRequest> {

        private final CallEnd end;
        private final ServerCall<HandshakeRequest, HandshakeResponse> call;
        private final @Nullable String authorization;
        private final Optional<Principal> caller = CallPrincipal.find();
        private final Future<?> timeout;
        /** Maybe later than the call goes on: a password may have to wait. */
        private boolean answered;

        Handshake(CallEnd end, ServerCall<HandshakeRequest, HandshakeResponse> call, @Nullable String authorization) {
            this.end = end;
            this.call = call;
            this.authorization = authorization;
            this.timeout = timer.start(() -> end.fail(new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "No message within " + timer.timeout() + " (skyport.flightsql.first-message-timeout)")));
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a client may send the same bytes, and credentials in the headers
        public void onMessage(HandshakeRequest message) {
            if (message == UNREADABLE) {
                timeout.cancel(false);
                end.fail(new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The bytes are no HandshakeRequest"));
            } else {
                answer(message.getPayload());
            }
        }

        @Override
        public void onHalfClose() {
            answer(ByteString.EMPTY);
        }

        @Override
        public void onCancel() {
            timeout.cancel(false);
        }

        private void answer(ByteString payload) {
            timeout.cancel(false);
            if (answered) {
                return;
            }
            answered = true;
            boolean password = caller.isEmpty() && !payload.isEmpty();
            if (!password || !delay.run(LoginDelay.address(call), () -> respond(payload), end::fail)) {
                respond(payload);
            }
        }

        private void respond(ByteString payload) {
            try {
                Metadata headers = new Metadata();
                caller.ifPresent(principal -> headers.put(FlightCredentials.AUTHORIZATION, bearer(principal)));
                Optional<HandshakeResponse> response =
                        caller.isPresent() || payload.isEmpty() ? Optional.empty() : Optional.of(basic(payload));
                end.once(() -> {
                    call.sendHeaders(headers);
                    response.ifPresent(call::sendMessage);
                    call.close(Status.OK, new Metadata());
                });
            } catch (RuntimeException e) {
                end.fail(e);
            }
        }

        /** A client that came with a token of ours keeps it: a new one would be a new session. */
        private String bearer(Principal principal) {
            if (principal.tokenId().isPresent() && authorization != null) {
                return authorization;
            }
            return "Bearer " + tokens.issue(principal).value();
        }

        private HandshakeResponse basic(ByteString payload) {
            BasicAuth basic;
            try {
                basic = BasicAuth.parseFrom(payload);
            } catch (InvalidProtocolBufferException e) {
                throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The payload is no BasicAuth message", e);
            }
            Principal principal = authenticator.authenticate(
                    new Credentials.Password(basic.getUsername(), basic.getPassword()),
                    Door.FLIGHT_SQL,
                    LoginDelay.address(call).orElse(null));
            return HandshakeResponse.newBuilder()
                    .setPayload(ByteString.copyFromUtf8(tokens.issue(principal).value()))
                    .build();
        }
    }
}
