package io.skyport.flightsql;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/**
 * The Flight service: Arrow's own, whose DoGet sends without copying, but for the three methods in which a client that
 * says nothing would hold a thread of ours for ever: Handshake, DoPut, DoExchange (conformance text, section 16).
 */
final class FlightSqlService implements BindableService {

    private static final Set<String> COMMANDS = Set.of(
            FlightServiceGrpc.getGetFlightInfoMethod().getFullMethodName(),
            FlightServiceGrpc.getPollFlightInfoMethod().getFullMethodName(),
            FlightServiceGrpc.getGetSchemaMethod().getFullMethodName());

    private final BindableService arrow;
    private final Map<String, ServerMethodDefinition<?, ?>> own = new LinkedHashMap<>();

    FlightSqlService(BindableService arrow, HandshakeHandler handshake, UploadHandler uploads) {
        this.arrow = arrow;
        replace(FlightServiceGrpc.getHandshakeMethod(), handshake);
        replace(FlightServiceGrpc.getDoPutMethod(), uploads);
        replace(FlightServiceGrpc.getDoExchangeMethod(), new NoExchange());
    }

    private <Q, A> void replace(MethodDescriptor<Q, A> method, ServerCallHandler<Q, A> handler) {
        own.put(method.getFullMethodName(), ServerMethodDefinition.create(method, handler));
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition bound = arrow.bindService();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(FlightServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(FlightServiceGrpc.getServiceDescriptor().getSchemaDescriptor());
        Map<String, ServerMethodDefinition<?, ?>> methods = new LinkedHashMap<>();
        bound.getMethods()
                .forEach(method -> methods.put(method.getMethodDescriptor().getFullMethodName(), method));
        methods.replaceAll((name, method) -> commandsOnly(method));
        methods.putAll(own);
        methods.values().forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
        methods.values().forEach(service::addMethod);
        return service.build();
    }

    /** Guards the methods that ask by a descriptor: Arrow has no form for one without a type and fails inside. */
    private static ServerMethodDefinition<?, ?> commandsOnly(ServerMethodDefinition<?, ?> method) {
        return COMMANDS.contains(method.getMethodDescriptor().getFullMethodName()) ? guarded(method) : method;
    }

    private static <Q, A> ServerMethodDefinition<Q, A> guarded(ServerMethodDefinition<Q, A> method) {
        return method.withServerCallHandler(new CommandGuard<>(method.getServerCallHandler()));
    }

    /** DoExchange has no meaning in Flight SQL. */
    private static final class NoExchange implements ServerCallHandler<FlightData, FlightData> {

        @Override
        public ServerCall.Listener<FlightData> startCall(ServerCall<FlightData, FlightData> call, Metadata headers) {
            new CallEnd(call).fail(Commands.notSupported("DoExchange"));
            return new ServerCall.Listener<>() {};
        }
    }
}
