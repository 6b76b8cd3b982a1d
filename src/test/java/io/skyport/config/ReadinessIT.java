package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.skyport.SkyportServer;
import io.skyport.engine.EngineListener;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.Collection;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;

class ReadinessIT {

    @Test
    void while_the_engine_reopens_http_and_grpc_say_not_ready_and_the_process_stays_alive() {
        try (SkyportServer server = SkyportServer.start()) {
            Collection<EngineListener> listeners =
                    server.context().getBeansOfType(EngineListener.class).values();
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                    .usePlaintext()
                    .build();
            try {
                assertThat(status(server, "readiness")).isEqualTo(200);
                assertThat(serving(channel)).isEqualTo(ServingStatus.SERVING);

                SkyportException cause = new SkyportException(ErrorCode.ENGINE_INVALIDATED, "the database is invalid");
                listeners.forEach(listener -> listener.reopening(cause));
                assertThat(status(server, "readiness")).isEqualTo(503);
                assertThat(status(server, "liveness")).isEqualTo(200);
                assertThat(serving(channel)).isEqualTo(ServingStatus.NOT_SERVING);
                assertThat(serving(channel, "liveness")).isEqualTo(ServingStatus.SERVING);

                listeners.forEach(listener -> listener.reopened(Duration.ofSeconds(1)));
                assertThat(status(server, "readiness")).isEqualTo(200);
                assertThat(serving(channel)).isEqualTo(ServingStatus.SERVING);

                AvailabilityChangeEvent.publish(server.context(), LivenessState.BROKEN);
                assertThat(serving(channel, "liveness")).isEqualTo(ServingStatus.NOT_SERVING);
                assertThat(serving(channel)).isEqualTo(ServingStatus.SERVING);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static int status(SkyportServer server, String group) {
        return server.get("/actuator/health/" + group, null).statusCode();
    }

    private static ServingStatus serving(ManagedChannel channel) {
        return serving(channel, FlightServiceGrpc.SERVICE_NAME);
    }

    private static ServingStatus serving(ManagedChannel channel, String service) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }
}
