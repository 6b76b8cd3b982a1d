package io.skyport.clients;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A gRPC proxy that passes every call on as it is, with a user's credentials in place of the caller's: ADBC's Java driver 0.20.0, its
 * latest, executes and closes prepared statements without its own (arrow-adbc#3586, #4513).
 */
final class CredentialsProxy {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final Server server;

    CredentialsProxy(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            server = NettyServerBuilder.forPort(0)
                    .fallbackHandlerRegistry(new AllMethods())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** Every method there may be, its messages as bytes. */
    private final class AllMethods extends HandlerRegistry {
        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setFullMethodName(name)
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .build();
            return ServerMethodDefinition.create(method, (call, headers) -> pass(method, call, headers));
        }
    }

    private ServerCall.Listener<byte[]> pass(
            MethodDescriptor<byte[], byte[]> method, ServerCall<byte[], byte[]> in, Metadata headers) {
        // On every call, so that all belong to one session.
        headers.discardAll(AUTHORIZATION);
        headers.merge(RawFlight.alice());
        ClientCall<byte[], byte[]> out = channel.newCall(method, CallOptions.DEFAULT);
        out.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onHeaders(Metadata received) {
                        in.sendHeaders(received);
                    }

                    @Override
                    public void onMessage(byte[] message) {
                        in.sendMessage(message);
                        out.request(1);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        in.close(status, trailers);
                    }
                },
                headers);
        out.request(1);
        in.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] message) {
                out.sendMessage(message);
                in.request(1);
            }

            @Override
            public void onHalfClose() {
                out.halfClose();
            }

            @Override
            public void onCancel() {
                out.cancel("the client cancelled", null);
            }
        };
    }

    private record Bytes() implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
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
