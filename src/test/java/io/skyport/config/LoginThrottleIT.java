package io.skyport.config;

import static io.skyport.SkyportServer.PASSWORD;
import static io.skyport.SkyportServer.USER;
import static io.skyport.SkyportServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MsgAuth;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.flight.auth2.Auth2Constants;
import org.apache.arrow.flight.impl.Flight.BasicAuth;
import org.apache.arrow.flight.impl.Flight.Empty;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Wrong passwords at any door slow down the next ones of their address at all of them. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class LoginThrottleIT {

    private static final Duration DELAY = Duration.ofMillis(800);

    private SkyportServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        server = SkyportServer.start("skyport.security.max-login-delay=" + DELAY.toMillis() + "ms");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void wrong_passwords_by_flight_make_flight_flydb_and_http_wait() {
        guessByFlight(5);
        assertThat(slow(() ->
                        assertThat(listActions(channel, basic(USER, "wrong"))).isEqualTo(Status.Code.UNAUTHENTICATED)))
                .isTrue();

        HttpResponse<String> http = server.get("/actuator/prometheus", basic(USER, PASSWORD));
        assertThat(http.statusCode()).isEqualTo(429);
        assertThat(http.headers().firstValue("Retry-After")).contains("1");

        try (FlydbClient flydb = FlydbClient.connect(server.flydbPort())) {
            assertThat(slow(flydb::login)).isTrue();
        }
        // The right password ended it.
        assertThat(server.get("/actuator/prometheus", basic(USER, PASSWORD)).statusCode())
                .isEqualTo(200);
        assertThat(slow(() ->
                        assertThat(listActions(channel, basic(USER, PASSWORD))).isEqualTo(Status.Code.OK)))
                .isFalse();
    }

    @Test
    void wrong_passwords_by_flydb_and_http_make_flight_wait() {
        try (FlydbClient flydb = FlydbClient.connect(server.flydbPort())) {
            flydb.call(new MsgAuth(USER, "wrong", null, false));
        }
        assertThat(server.get("/actuator/prometheus", basic(USER, "wrong")).statusCode())
                .isIn(401, 429);
        guessByFlight(3);

        assertThat(slow(() ->
                        assertThat(listActions(channel, basic(USER, PASSWORD))).isEqualTo(Status.Code.OK)))
                .isTrue();
        assertThat(slow(() -> assertThat(handshake(USER, PASSWORD)).isEqualTo(Status.Code.OK)))
                .isFalse();
        guessByFlight(4);
        assertThat(slow(() -> assertThat(handshake(USER, "wrong")).isEqualTo(Status.Code.UNAUTHENTICATED)))
                .isTrue();
    }

    @Test
    void tokens_other_addresses_and_who_is_in_do_not_wait() {
        guessByFlight(5);

        assertThat(slow(() -> assertThat(listActions(channel, "Bearer " + SkyportServer.TOKEN))
                        .isEqualTo(Status.Code.OK)))
                .isFalse();
        assertThat(server.get("/actuator/prometheus", "Bearer " + SkyportServer.TOKEN)
                        .statusCode())
                .isEqualTo(200);
        ManagedChannel elsewhere = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                    @Override
                    public SocketAddress createSocketAddress(SocketAddress remote, io.grpc.Attributes attributes) {
                        return new InetSocketAddress("127.0.0.2", 0);
                    }
                })
                .build();
        try {
            assertThat(slow(() -> assertThat(listActions(elsewhere, basic(USER, PASSWORD)))
                            .isEqualTo(Status.Code.OK)))
                    .isFalse();
        } finally {
            elsewhere.shutdownNow();
        }
    }

    @Test
    void only_so_many_wait_and_the_others_are_told_so_at_once(CapturedOutput output) {
        guessByFlight(10);
        List<CompletableFuture<Status.Code>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            answers.add(listActionsLater(basic(USER, "wrong")));
        }
        List<Status.Code> codes = answers.stream().map(CompletableFuture::join).toList();

        assertThat(codes).filteredOn(Status.Code.UNAUTHENTICATED::equals).hasSize(16);
        assertThat(codes)
                .filteredOn(Status.Code.RESOURCE_EXHAUSTED::equals)
                .as("refused unread")
                .hasSize(8);
        assertThat(output).contains("10 passwords in a row from 127.0.0.1 were wrong");
        assertThat(listActions(channel, basic(USER, PASSWORD))).isEqualTo(Status.Code.OK);
    }

    @Test
    void a_call_that_is_given_up_while_it_waits_leaves_nothing() {
        guessByFlight(5);
        for (int i = 0; i < 20; i++) {
            StatusRuntimeException late = null;
            try {
                with(channel, basic(USER, PASSWORD));
                ClientCalls.blockingServerStreamingCall(
                                with(channel, basic(USER, PASSWORD)),
                                FlightServiceGrpc.getListActionsMethod(),
                                CallOptions.DEFAULT.withDeadlineAfter(20, java.util.concurrent.TimeUnit.MILLISECONDS),
                                Empty.getDefaultInstance())
                        .forEachRemaining(action -> {});
            } catch (StatusRuntimeException e) {
                late = e;
            }
            assertThat(late).isNotNull();
        }
        await(() -> listActions(channel, basic(USER, PASSWORD)) == Status.Code.OK);
    }

    private void guessByFlight(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(listActions(channel, basic(USER, "guess" + i))).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    private static boolean slow(Runnable login) {
        long start = System.nanoTime();
        login.run();
        return System.nanoTime() - start >= DELAY.toNanos();
    }

    private static Channel with(Channel channel, String authorization) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of(Auth2Constants.AUTHORIZATION_HEADER, Metadata.ASCII_STRING_MARSHALLER), authorization);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Status.Code listActions(Channel channel, String authorization) {
        try {
            ClientCalls.blockingServerStreamingCall(
                            with(channel, authorization),
                            FlightServiceGrpc.getListActionsMethod(),
                            CallOptions.DEFAULT,
                            Empty.getDefaultInstance())
                    .forEachRemaining(action -> {});
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private CompletableFuture<Status.Code> listActionsLater(String authorization) {
        CompletableFuture<Status.Code> code = new CompletableFuture<>();
        ClientCalls.asyncServerStreamingCall(
                with(channel, authorization).newCall(FlightServiceGrpc.getListActionsMethod(), CallOptions.DEFAULT),
                Empty.getDefaultInstance(),
                told(code));
        return code;
    }

    /** The scheme whose password is in the payload. */
    private Status.Code handshake(String user, String password) {
        CompletableFuture<Status.Code> code = new CompletableFuture<>();
        StreamObserver<HandshakeRequest> requests =
                FlightServiceGrpc.newStub(channel).handshake(told(code));
        requests.onNext(HandshakeRequest.newBuilder()
                .setPayload(BasicAuth.newBuilder()
                        .setUsername(user)
                        .setPassword(password)
                        .build()
                        .toByteString())
                .build());
        requests.onCompleted();
        return code.join();
    }

    private static <T> StreamObserver<T> told(CompletableFuture<Status.Code> code) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T message) {}

            @Override
            public void onError(Throwable failure) {
                code.complete(Status.fromThrowable(failure).getCode());
            }

            @Override
            public void onCompleted() {
                code.complete(Status.Code.OK);
            }
        };
    }

    private static void await(java.util.function.BooleanSupplier met) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }
}
