package io.skyport.flightsql;

import static io.skyport.SkyportServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.skyport.SkyportServer;
import io.skyport.security.AccessTokens;
import io.skyport.security.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw gRPC, because Flight's clients hide what happens without credentials. */
class FlightSecurityIT {

    private static final byte[] NOTHING = {};
    private static final String LIST_ACTIONS = "arrow.flight.protocol.FlightService/ListActions";

    private static SkyportServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("methodsButHandshake")
    void without_credentials_every_method_is_refused(String method) {
        assertThat(status(method, new Metadata()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @MethodSource("methodsButHandshake")
    void with_wrong_credentials_every_method_is_refused(String method) {
        assertThat(status(method, authorization(basic("alice", "wrong"))).getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YWxpY2U6d3Jvbmc=",
                "Basic bm9ib2R5OnNlY3JldA==",
                "Basic Og==",
                "Basic ***",
                "Bearer wrong",
                "Bearer ",
                "Digest abc",
                "nonsense"
            })
    void every_refusal_says_the_same(String header) {
        Status refusal = status(LIST_ACTIONS, authorization(header));

        assertThat(refusal.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal.getDescription())
                .endsWith("[28000]")
                .isEqualTo(status(LIST_ACTIONS, new Metadata()).getDescription());
    }

    @Test
    void basic_is_accepted_on_every_call_padded_or_not_and_with_a_colon_in_the_password() {
        String padded = basic(SkyportServer.READER, SkyportServer.READER_PASSWORD);

        assertThat(status(LIST_ACTIONS, authorization(padded)).isOk()).isTrue();
        assertThat(status(LIST_ACTIONS, authorization(padded.replace("=", ""))).isOk())
                .isTrue();
        assertThat(status(LIST_ACTIONS, authorization(padded.replace("Basic", "bASIC")))
                        .isOk())
                .isTrue();
    }

    @Test
    void static_and_issued_tokens_are_accepted_on_every_call_in_either_header() {
        String issued = server.bean(AccessTokens.class)
                .issue(new Principal(SkyportServer.READER, Set.of()))
                .value();
        Metadata legacy = new Metadata();
        legacy.put(FlightCredentials.AUTH_TOKEN, issued.getBytes(StandardCharsets.UTF_8));

        assertThat(status(LIST_ACTIONS, authorization("Bearer " + SkyportServer.TOKEN))
                        .isOk())
                .isTrue();
        assertThat(status(LIST_ACTIONS, authorization("bearer " + issued)).isOk())
                .isTrue();
        assertThat(status(LIST_ACTIONS, legacy).isOk()).isTrue();
    }

    @Test
    void many_calls_with_a_hashed_password_pay_for_the_hash_once() {
        Metadata bob = authorization(basic(SkyportServer.READER, SkyportServer.READER_PASSWORD));
        for (int i = 0; i < 200; i++) {
            assertThat(status(LIST_ACTIONS, bob).isOk()).isTrue();
        }
    }

    @Test
    void health_is_open_and_knows_the_server_and_the_flight_service() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.newBuilder()
                                .setService(FlightServiceGrpc.SERVICE_NAME)
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void other_services_are_closed_too() {
        assertThat(status("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", new Metadata())
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private static Stream<String> methodsButHandshake() {
        return FlightServiceGrpc.getServiceDescriptor().getMethods().stream()
                .map(MethodDescriptor::getFullMethodName)
                .filter(name ->
                        !name.equals(FlightServiceGrpc.getHandshakeMethod().getFullMethodName()));
    }

    /** Calls a method with one empty message and reads all answers. */
    private static Status status(String method, Metadata headers) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setFullMethodName(method)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        Channel called = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, () -> {
            Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(
                    called,
                    descriptor,
                    CallOptions.DEFAULT.withDeadlineAfter(java.time.Duration.ofSeconds(20)),
                    NOTHING);
            answers.forEachRemaining(answer -> assertThat(answer).isNotNull());
        });
        return failure == null ? Status.OK : failure.getStatus();
    }

    private static Metadata authorization(String value) {
        Metadata headers = new Metadata();
        headers.put(FlightCredentials.AUTHORIZATION, value);
        return headers;
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
