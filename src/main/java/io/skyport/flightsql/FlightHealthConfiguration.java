package io.skyport.flightsql;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.Set;
import java.util.stream.Collectors;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.service.GrpcServiceDiscoverer;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is known of the gRPC server: its port, its connections and its health. gRPC's health service says what readiness says: for the server as a whole and for the Flight service by its name. Under the name {@value #LIVENESS} it says what liveness says, so that
 * probes need not restart a server that only takes no statements.
 */
@Configuration(proxyBeanMethods = false)
public class FlightHealthConfiguration {

    /** A name among those of gRPC's services. */
    static final String LIVENESS = "liveness";

    @Bean
    HealthStatusManager healthStatusManager() {
        HealthStatusManager health = new HealthStatusManager();
        setStatus(health, ServingStatus.NOT_SERVING);
        health.setStatus(LIVENESS, ServingStatus.SERVING);
        return health;
    }

    @Bean
    FlightServerState flightServerState(HealthStatusManager health) {
        return new FlightServerState(
                ready -> setStatus(health, ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
    }

    @Bean
    GrpcServerConfigurer flightConnectionCounter(FlightServerState state) {
        return server -> server.addTransportFilter(new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                state.connected();
                return attributes;
            }

            @Override
            public void transportTerminated(Attributes attributes) {
                state.disconnected();
            }
        });
    }

    /** Bounds the names in net.devh's metrics. */
    @Bean
    static BeanPostProcessor flightKnownMethods(ObjectProvider<GrpcServiceDiscoverer> services) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                boolean foreign = bean.getClass().getName().startsWith("net.devh.");
                return foreign && bean instanceof GrpcServerConfigurer configurer
                        ? (GrpcServerConfigurer)
                                builder -> configurer.accept(new KnownMethods(builder, methods(services.getObject())))
                        : bean;
            }
        };
    }

    private static Set<String> methods(GrpcServiceDiscoverer services) {
        return services.findGrpcServices().stream()
                .flatMap(service -> service.getDefinition().getMethods().stream())
                .map(method -> method.getMethodDescriptor().getFullMethodName())
                .collect(Collectors.toSet());
    }

    // Classes and not lambdas, whose event type Spring could not see.

    @Bean
    ApplicationListener<GrpcServerStartedEvent> flightServerStarted(FlightServerState state) {
        return new ApplicationListener<GrpcServerStartedEvent>() {
            @Override
            public void onApplicationEvent(GrpcServerStartedEvent event) {
                state.started(event.getPort());
            }
        };
    }

    @Bean
    ApplicationListener<AvailabilityChangeEvent<LivenessState>> flightLiveness(HealthStatusManager health) {
        return new ApplicationListener<AvailabilityChangeEvent<LivenessState>>() {
            @Override
            public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
                boolean live = event.getState() == LivenessState.CORRECT;
                health.setStatus(LIVENESS, live ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
            }
        };
    }

    private static void setStatus(HealthStatusManager health, ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(FlightServiceGrpc.SERVICE_NAME, status);
    }
}
