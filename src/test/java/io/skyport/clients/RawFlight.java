package io.skyport.clients;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor.DescriptorType;

/** The Flight service by bare gRPC: whatever bytes, headers and half-closes a test wants, and the status that comes back. */
final class RawFlight implements AutoCloseable {

    /** Far longer than any answer takes; a call that hangs fails by it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;

    RawFlight(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMetadataSize(1 << 20)
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    /** How a call ended, and what came before. */
    record Answer<R>(Status status, Metadata headers, Metadata trailers, List<R> messages) {

        Status.Code code() {
            return status.getCode();
        }

        String description() {
            return status.getDescription() == null ? "" : status.getDescription();
        }
    }

    static Metadata basic(String credentials) {
        return authorization(
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    static Metadata authorization(String value) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, value);
        return headers;
    }

    static Metadata alice() {
        return basic(Endpoint.USER + ":" + Endpoint.PASSWORD);
    }

    static FlightDescriptor command(Message command) {
        return command(Any.pack(command).toByteString());
    }

    static FlightDescriptor command(ByteString bytes) {
        return FlightDescriptor.newBuilder()
                .setType(DescriptorType.CMD)
                .setCmd(bytes)
                .build();
    }

    static FlightData put(FlightDescriptor descriptor) {
        return FlightData.newBuilder().setFlightDescriptor(descriptor).build();
    }

    static Action action(String type, ByteString body) {
        return Action.newBuilder().setType(type).setBody(body).build();
    }

    static Action action(String type, Message body) {
        return action(type, Any.pack(body).toByteString());
    }

    /** Sends the messages, half-closes and waits for the end. */
    <Q, R> Answer<R> call(MethodDescriptor<Q, R> method, Metadata headers, List<Q> messages)
            throws InterruptedException {
        return call(method, headers, messages, true);
    }

    /** Sends one message, half-closes and waits for the end. */
    <Q, R> Answer<R> call(MethodDescriptor<Q, R> method, Metadata headers, Q message) throws InterruptedException {
        return call(method, headers, List.of(message), true);
    }

    /** Sends the messages, half-closes or not, and waits for the end. */
    <Q, R> Answer<R> call(MethodDescriptor<Q, R> method, Metadata headers, List<Q> messages, boolean halfClose)
            throws InterruptedException {
        Call<Q, R> call = start(method, headers);
        messages.forEach(call::send);
        if (halfClose) {
            call.halfClose();
        }
        return call.end();
    }

    <Q, R> Call<Q, R> start(MethodDescriptor<Q, R> method, Metadata headers) {
        return start(method, headers, Integer.MAX_VALUE);
    }

    /** Starts a call that takes {@code wanted} messages and then reads no more. */
    <Q, R> Call<Q, R> start(MethodDescriptor<Q, R> method, Metadata headers, int wanted) {
        ClientCall<Q, R> call =
                channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return new Call<>(call, headers, wanted);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A call under way. */
    static final class Call<Q, R> {

        private final ClientCall<Q, R> call;
        private final CompletableFuture<Answer<R>> end = new CompletableFuture<>();
        private final CompletableFuture<R> first = new CompletableFuture<>();

        private Call(ClientCall<Q, R> call, Metadata headers, int wanted) {
            this.call = call;
            List<R> received = new ArrayList<>();
            Metadata receivedHeaders = new Metadata();
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onHeaders(Metadata metadata) {
                            receivedHeaders.merge(metadata);
                        }

                        @Override
                        public void onMessage(R message) {
                            received.add(message);
                            first.complete(message);
                            if (received.size() < wanted) {
                                call.request(1);
                            }
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            first.completeExceptionally(status.asException());
                            end.complete(new Answer<>(status, receivedHeaders, trailers, received));
                        }
                    },
                    headers);
            call.request(1);
        }

        void send(Q message) {
            call.sendMessage(message);
        }

        void halfClose() {
            call.halfClose();
        }

        void cancel() {
            call.cancel("the test cancels", null);
        }

        /** Takes so many messages more, and waits for the end. */
        Answer<R> end(int more) throws InterruptedException {
            call.request(more);
            return end();
        }

        /** Waits for the first message, before or after a half-close. */
        R firstMessage() throws Exception {
            return first.get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
        }

        Answer<R> end() throws InterruptedException {
            try {
                return end.get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("the call did not end", e);
            }
        }
    }
}
