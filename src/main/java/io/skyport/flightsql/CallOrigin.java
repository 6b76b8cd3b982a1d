package io.skyport.flightsql;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.skyport.session.CallListener;
import io.skyport.session.CallTrace;
import io.skyport.session.Caller;
import io.skyport.session.LogContext;
import io.skyport.session.Protocol;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Where the current call comes from. Held in the gRPC context, as {@link CallPrincipal} is. */
final class CallOrigin implements ServerInterceptor {

    private static final Context.Key<Caller> KEY =
            Context.keyWithDefault("skyport-caller", new Caller(Protocol.FLIGHT_SQL, null));

    static Caller current() {
        return KEY.get();
    }

    private final CallListener listener;

    CallOrigin(CallListener listener) {
        this.listener = listener;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        boolean flight =
                FlightServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName());
        CallTrace trace = flight
                ? listener.began(
                        Protocol.FLIGHT_SQL,
                        call.getMethodDescriptor().getFullMethodName(),
                        name -> headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)))
                : CallTrace.NONE;
        Caller caller =
                new Caller(Protocol.FLIGHT_SQL, call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), trace);
        Context context = Context.current().withValue(KEY, caller);
        try {
            ServerCall<Q, A> traced = trace == CallTrace.NONE ? call : new TracedCall<>(call, trace);
            return new Steps<>(Contexts.interceptCall(context, traced, headers, next), trace);
        } finally {
            LogContext.leave();
        }
    }

    /** Says when the server ends the call. */
    private static final class TracedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final CallTrace trace;

        TracedCall(ServerCall<Q, A> call, CallTrace trace) {
            super(call);
            this.trace = trace;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            trace.ended(status.isOk() ? null : status.getCode().name());
            super.close(status, trailers);
        }
    }

    /** Says when the client ends the call, and lets a thread forget what it worked for. */
    private static final class Steps<Q> extends SimpleForwardingServerCallListener<Q> {

        private final CallTrace trace;

        Steps(ServerCall.Listener<Q> listener, CallTrace trace) {
            super(listener);
            this.trace = trace;
        }

        @Override
        public void onMessage(Q message) {
            try {
                super.onMessage(message);
            } finally {
                LogContext.leave();
            }
        }

        @Override
        public void onHalfClose() {
            try {
                super.onHalfClose();
            } finally {
                LogContext.leave();
            }
        }

        @Override
        public void onCancel() {
            trace.ended(Status.Code.CANCELLED.name());
            super.onCancel();
        }
    }
}
