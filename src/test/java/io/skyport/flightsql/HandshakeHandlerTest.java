package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.skyport.security.Credentials;
import io.skyport.security.Principal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.flight.impl.Flight.BasicAuth;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.HandshakeResponse;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeHandlerTest {

    private final AtomicReference<Metadata> headers = new AtomicReference<>();
    private Wire wire;

    @BeforeEach
    void start() throws IOException {
        wire = new Wire(Duration.ofSeconds(20), 4);
    }

    @AfterEach
    void nothing_leaks() throws InterruptedException {
        wire.close();
    }

    @Test
    void credentials_in_the_headers_give_a_token_in_the_headers() {
        Outcome<HandshakeResponse> outcome = handshake(wire.alice(), HandshakeRequest.getDefaultInstance());

        assertThat(outcome.code()).isEqualTo(Status.Code.OK);
        assertThat(outcome.messages()).isEmpty();
        String authorization = headers.get().get(FlightCredentials.AUTHORIZATION);
        assertThat(authorization).startsWith("Bearer ");
        assertThat(principal(authorization.substring("Bearer ".length())))
                .map(Principal::name)
                .contains("alice");
    }

    @Test
    void a_client_that_ends_its_side_without_a_message_is_answered_too() {
        Outcome<HandshakeResponse> outcome = handshake(wire.alice(), null);

        assertThat(outcome.code()).isEqualTo(Status.Code.OK);
        assertThat(headers.get().get(FlightCredentials.AUTHORIZATION)).isNotNull();
    }

    @Test
    void two_handshakes_give_two_sessions() {
        handshake(wire.alice(), HandshakeRequest.getDefaultInstance()).status();
        String first = headers.get().get(FlightCredentials.AUTHORIZATION);
        handshake(wire.alice(), HandshakeRequest.getDefaultInstance()).status();

        assertThat(headers.get().get(FlightCredentials.AUTHORIZATION)).isNotEqualTo(first);
    }

    @Test
    void name_and_password_in_the_payload_give_a_token_as_payload() {
        Outcome<HandshakeResponse> outcome = handshake(wire.nobody(), request("alice", "secret"));

        assertThat(outcome.code()).isEqualTo(Status.Code.OK);
        assertThat(principal(outcome.first().getPayload().toStringUtf8()))
                .map(Principal::name)
                .contains("alice");
    }

    @Test
    void a_wrong_password_in_the_payload_is_unauthenticated() {
        assertThat(handshake(wire.nobody(), request("alice", "wrong")).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void a_payload_that_is_something_else_is_an_invalid_argument() {
        HandshakeRequest garbage = HandshakeRequest.newBuilder()
                .setPayload(ByteString.copyFrom(new byte[] {(byte) 0xff}))
                .build();

        assertThat(handshake(wire.nobody(), garbage).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void without_credentials_it_ends_well_and_gives_no_token() {
        Outcome<HandshakeResponse> outcome = handshake(wire.nobody(), HandshakeRequest.getDefaultInstance());

        assertThat(outcome.code()).isEqualTo(Status.Code.OK);
        assertThat(outcome.messages()).isEmpty();
        assertThat(headers.get().get(FlightCredentials.AUTHORIZATION)).isNull();
    }

    @Test
    void a_silent_client_is_sent_away() throws Exception {
        try (Wire impatient = new Wire(Duration.ofMillis(50), 4)) {
            Outcome<HandshakeResponse> outcome = new Outcome<>();
            FlightServiceGrpc.newStub(impatient.nobody()).handshake(outcome);

            assertThat(outcome.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    private Outcome<HandshakeResponse> handshake(Channel channel, HandshakeRequest request) {
        Channel listening = ClientInterceptors.intercept(
                channel, MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
        Outcome<HandshakeResponse> outcome = new Outcome<>();
        StreamObserver<HandshakeRequest> requests =
                FlightServiceGrpc.newStub(listening).handshake(outcome);
        if (request != null) {
            requests.onNext(request);
        }
        requests.onCompleted();
        outcome.status();
        return outcome;
    }

    private Optional<Principal> principal(String token) {
        return wire.tokens.verify(new Credentials.BearerToken(token));
    }

    private static HandshakeRequest request(String name, String password) {
        return HandshakeRequest.newBuilder()
                .setPayload(BasicAuth.newBuilder()
                        .setUsername(name)
                        .setPassword(password)
                        .build()
                        .toByteString())
                .build();
    }
}
