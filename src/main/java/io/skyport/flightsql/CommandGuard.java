package io.skyport.flightsql;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor.DescriptorType;

/** Refuses descriptors that are not of type CMD before Arrow reads them. */
final class CommandGuard<Q, A> implements ServerCallHandler<Q, A> {

    private final ServerCallHandler<Q, A> guarded;

    CommandGuard(ServerCallHandler<Q, A> guarded) {
        this.guarded = guarded;
    }

    @Override
    public ServerCall.Listener<Q> startCall(ServerCall<Q, A> call, Metadata headers) {
        CallEnd end = new CallEnd(call);
        return new SimpleForwardingServerCallListener<>(guarded.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                if (message instanceof FlightDescriptor descriptor && descriptor.getType() != DescriptorType.CMD) {
                    end.fail(new SkyportException(
                            ErrorCode.PROTOCOL_VIOLATION,
                            "The descriptor must be of type CMD with a Flight SQL command"));
                } else {
                    super.onMessage(message);
                }
            }

            @Override
            public void onHalfClose() {
                if (!end.ended()) {
                    super.onHalfClose();
                }
            }
        };
    }
}
