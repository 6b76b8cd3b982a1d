package io.skyport.flightsql;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.InputStream;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * DoGet: Arrow's own, which copies nothing and does not compress, unless the client asks for compression; then
 * {@link CompressedResult} sends.
 */
final class ResultCalls {

    private final SkyportFlightProducer producer;
    private final CallerSessions sessions;

    ResultCalls(SkyportFlightProducer producer, CallerSessions sessions) {
        this.producer = producer;
        this.sessions = sessions;
    }

    /** Arrow's method with the choice before it. */
    <M> ServerMethodDefinition<Ticket, Object> before(ServerMethodDefinition<Ticket, M> arrow) {
        MethodDescriptor<Ticket, M> method = arrow.getMethodDescriptor();
        MethodDescriptor<Ticket, Object> both = method.toBuilder(
                        method.getRequestMarshaller(), new EitherMarshaller<>(method.getResponseMarshaller()))
                .build();
        return ServerMethodDefinition.create(both, (call, headers) -> start(arrow, call, headers));
    }

    @SuppressWarnings("unchecked") // Arrow's handler sends messages of Arrow's type, which are objects
    private <M> ServerCall.Listener<Ticket> start(
            ServerMethodDefinition<Ticket, M> arrow, ServerCall<Ticket, Object> call, Metadata headers) {
        Compression compression;
        try {
            compression = Compression.of(headers).orElseGet(this::ofSession);
        } catch (SkyportException e) {
            new CallEnd(call).fail(e);
            return new ServerCall.Listener<>() {};
        }
        if (compression == Compression.NONE) {
            ServerCallHandler<Ticket, M> handler = arrow.getServerCallHandler();
            return handler.startCall((ServerCall<Ticket, M>) call, headers);
        }
        call.request(2); // the message, and the end that is no second one
        return new Call(call, new CompressedResult(call, compression.codec()));
    }

    private Compression ofSession() {
        try {
            return sessions.existing()
                    .flatMap(session -> session.namedOptions().compression())
                    .map(Compression::of)
                    .orElse(Compression.NONE);
        } catch (SkyportException e) {
            return Compression.NONE; // a call that needs its session says that it is lost
        }
    }

    /** One call whose client wants compression. */
    private final class Call extends ServerCall.Listener<Ticket> {

        private final ServerCall<Ticket, Object> call;
        private final CompressedResult result;
        private @Nullable Ticket ticket;

        Call(ServerCall<Ticket, Object> call, CompressedResult result) {
            this.call = call;
            this.result = result;
        }

        @Override
        public void onMessage(Ticket message) {
            ticket = message;
        }

        @Override
        public void onHalfClose() {
            Ticket sent = ticket;
            if (sent == null) {
                result.error(new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The call ended without a message"));
            } else if (!call.isCancelled()) {
                producer.stream(sent.getTicket(), result);
            }
        }

        @Override
        public void onReady() {
            result.ready();
        }

        @Override
        public void onCancel() {
            result.cancelled();
        }
    }

    /** Writes {@link FlightData} as such and everything else as Arrow does. */
    private record EitherMarshaller<M>(Marshaller<M> arrow) implements Marshaller<Object> {

        private static final Marshaller<FlightData> DATA = ProtoUtils.marshaller(FlightData.getDefaultInstance());

        @Override
        @SuppressWarnings("unchecked") // Arrow's handler sends messages of Arrow's type
        public InputStream stream(Object message) {
            return message instanceof FlightData data ? DATA.stream(data) : arrow.stream((M) message);
        }

        @Override
        public Object parse(InputStream bytes) {
            return DATA.parse(bytes);
        }
    }
}
