package io.skyport.flightsql;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor.DescriptorType;

/**
 * Refuses descriptors that are neither a path nor a command before Arrow's service sees them, which would call them an
 * internal error.
 *
 * @param <A> the method's answer
 */
final class DescriptorCheck<A> implements ServerCallHandler<FlightDescriptor, A> {

    private final ServerCallHandler<FlightDescriptor, A> arrow;

    private DescriptorCheck(ServerCallHandler<FlightDescriptor, A> arrow) {
        this.arrow = arrow;
    }

    /** The method with the check before it. */
    static <A> ServerMethodDefinition<FlightDescriptor, A> before(ServerMethodDefinition<FlightDescriptor, A> method) {
        return method.withServerCallHandler(new DescriptorCheck<>(method.getServerCallHandler()));
    }

    /** The method, run by workers, with the check before it. */
    static <A> ServerMethodDefinition<FlightDescriptor, A> before(
            ServerMethodDefinition<FlightDescriptor, A> method, Workers workers) {
        return before(method.withServerCallHandler(new WorkerCalls<>(method.getServerCallHandler(), workers)));
    }

    @Override
    public ServerCall.Listener<FlightDescriptor> startCall(ServerCall<FlightDescriptor, A> call, Metadata headers) {
        return new Listener(arrow.startCall(call, headers), new CallEnd(call));
    }

    private static final class Listener extends SimpleForwardingServerCallListener<FlightDescriptor> {

        private final CallEnd end;

        Listener(ServerCall.Listener<FlightDescriptor> arrow, CallEnd end) {
            super(arrow);
            this.end = end;
        }

        @Override
        public void onMessage(FlightDescriptor descriptor) {
            if (descriptor.getType() == DescriptorType.CMD || descriptor.getType() == DescriptorType.PATH) {
                super.onMessage(descriptor);
            } else {
                end.fail(new SkyportException(
                        ErrorCode.PROTOCOL_VIOLATION,
                        "The descriptor must be of type CMD with a Flight SQL command, or PATH with a table's name"));
            }
        }

        @Override
        public void onHalfClose() {
            if (!end.ended()) {
                super.onHalfClose();
            }
        }
    }
}
