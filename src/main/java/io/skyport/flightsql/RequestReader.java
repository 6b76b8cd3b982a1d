package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.ReflectableMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Map;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.Ticket;

/**
 * Reads a method's requests. Bytes that are no message become one that the method refuses: gRPC would end the call with
 * UNKNOWN and log it as a fault of the server's.
 *
 * @param <Q> the request
 */
final class RequestReader<Q> implements Marshaller<Q> {

    private static final ByteString NOTHING = ByteString.copyFrom(new byte[] {0});

    private static final Map<Class<?>, MessageLite> REFUSED = Map.of(
            FlightDescriptor.class, FlightDescriptor.getDefaultInstance(),
            Ticket.class, Ticket.getDefaultInstance(),
            Action.class, Action.getDefaultInstance(),
            Criteria.class, Criteria.newBuilder().setExpression(NOTHING).build(),
            FlightData.class, FlightData.newBuilder().setDataHeader(NOTHING).build(),
            HandshakeRequest.class, HandshakeHandler.UNREADABLE);

    private final Marshaller<Q> reader;
    private final Q refused;

    private RequestReader(Marshaller<Q> reader, Q refused) {
        this.reader = reader;
        this.refused = refused;
    }

    /** The method, reading its requests so; as it is if none of its requests can be refused. */
    static <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        if (!(descriptor.getRequestMarshaller() instanceof ReflectableMarshaller<Q> reader)) {
            return method;
        }
        Class<Q> request = reader.getMessageClass();
        MessageLite refused = REFUSED.get(request);
        return refused == null ? method : reading(method, new RequestReader<>(reader, request.cast(refused)));
    }

    private static <Q, A> ServerMethodDefinition<Q, A> reading(
            ServerMethodDefinition<Q, A> method, RequestReader<Q> reader) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.toBuilder(reader, descriptor.getResponseMarshaller()).build(),
                method.getServerCallHandler());
    }

    @Override
    public InputStream stream(Q value) {
        return reader.stream(value);
    }

    @Override
    public Q parse(InputStream stream) {
        try {
            return reader.parse(stream);
        } catch (StatusRuntimeException unreadable) {
            return refused;
        }
    }
}
