package io.skyport.flightsql;

import io.grpc.ForwardingServerBuilder;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerStreamTracer;
import java.util.Set;

/**
 * A server's builder whose tracers hear the names of methods that there are. Anybody can call others, without credentials, and
 * what is counted by name would be kept for each name.
 */
final class KnownMethods extends ForwardingServerBuilder<KnownMethods> {

    private static final String OTHER = "other";

    private final ServerBuilder<?> builder;
    private final Set<String> methods;

    /** @param methods full names */
    KnownMethods(ServerBuilder<?> builder, Set<String> methods) {
        this.builder = builder;
        this.methods = Set.copyOf(methods);
    }

    @Override
    protected ServerBuilder<?> delegate() {
        return builder;
    }

    @Override
    public KnownMethods addStreamTracerFactory(ServerStreamTracer.Factory factory) {
        return super.addStreamTracerFactory(new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return factory.newServerStreamTracer(methods.contains(method) ? method : OTHER, headers);
            }
        });
    }
}
