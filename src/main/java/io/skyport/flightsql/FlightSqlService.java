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
import java.util.function.UnaryOperator;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/**
 * The Flight service: Arrow's own, whose DoGet sends without copying, but for the three methods in which a client that
 * says nothing would hold a thread of ours for ever: Handshake, DoPut, DoExchange (conformance text, section 16); and
 * ListFlights, which would be kept in memory whole for a slow client.
 */
final class FlightSqlService implements BindableService {

    private final BindableService arrow;
    private final Workers calls;
    private final ResultCalls results;
    private final Map<String, ServerMethodDefinition<?, ?>> own = new LinkedHashMap<>();

    /** @param calls run what GetFlightInfo runs, and wait with PollFlightInfo */
    FlightSqlService(
            BindableService arrow,
            HandshakeHandler handshake,
            UploadHandler uploads,
            ResultCalls results,
            TableFlights flights,
            Workers calls) {
        this.arrow = arrow;
        this.calls = calls;
        this.results = results;
        replace(FlightServiceGrpc.getHandshakeMethod(), handshake);
        replace(FlightServiceGrpc.getDoPutMethod(), uploads);
        replace(FlightServiceGrpc.getDoExchangeMethod(), new NoExchange());
        replace(FlightServiceGrpc.getListFlightsMethod(), flights);
    }

    private <Q, A> void replace(MethodDescriptor<Q, A> method, ServerCallHandler<Q, A> handler) {
        own.put(method.getFullMethodName(), ServerMethodDefinition.create(method, handler));
    }

    @Override
    @SuppressWarnings("unchecked") // the definition under a method's name is of the method's types
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition bound = arrow.bindService();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(FlightServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(FlightServiceGrpc.getServiceDescriptor().getSchemaDescriptor());
        Map<String, ServerMethodDefinition<?, ?>> methods = new LinkedHashMap<>();
        bound.getMethods()
                .forEach(method -> methods.put(method.getMethodDescriptor().getFullMethodName(), method));
        check(methods, FlightServiceGrpc.getGetFlightInfoMethod(), method -> DescriptorCheck.before(method, calls));
        check(methods, FlightServiceGrpc.getPollFlightInfoMethod(), method -> DescriptorCheck.before(method, calls));
        check(methods, FlightServiceGrpc.getGetSchemaMethod(), DescriptorCheck::before);
        methods.computeIfPresent(
                FlightServiceGrpc.getDoGetMethod().getFullMethodName(),
                (name, definition) -> results.before((ServerMethodDefinition<Ticket, ?>) definition));
        methods.putAll(own);
        methods.replaceAll((name, method) -> RequestReader.of(method));
        methods.values().forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
        methods.values().forEach(service::addMethod);
        return service.build();
    }

    @SuppressWarnings("unchecked") // the definition under a method's name is of the method's types
    private static <A> void check(
            Map<String, ServerMethodDefinition<?, ?>> methods,
            MethodDescriptor<FlightDescriptor, A> method,
            UnaryOperator<ServerMethodDefinition<FlightDescriptor, A>> check) {
        methods.computeIfPresent(
                method.getFullMethodName(),
                (name, definition) -> check.apply((ServerMethodDefinition<FlightDescriptor, A>) definition));
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
