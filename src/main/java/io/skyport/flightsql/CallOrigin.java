package io.skyport.flightsql;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.skyport.session.Caller;
import io.skyport.session.Protocol;

/** Where the current call comes from. Held in the gRPC context, as {@link CallPrincipal} is. */
final class CallOrigin implements ServerInterceptor {

    private static final Context.Key<Caller> KEY =
            Context.keyWithDefault("skyport-caller", new Caller(Protocol.FLIGHT_SQL, null));

    static Caller current() {
        return KEY.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Caller caller = new Caller(Protocol.FLIGHT_SQL, call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        return Contexts.interceptCall(Context.current().withValue(KEY, caller), call, headers, next);
    }
}
