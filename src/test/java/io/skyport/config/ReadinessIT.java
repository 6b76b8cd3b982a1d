package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.skyport.SkyportServer;
import io.skyport.engine.EngineListener;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Cancellation;
import io.skyport.session.ResultStream;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    @Test
    void without_disk_space_the_server_is_not_ready_and_still_runs_what_comes() throws SQLException {
        try (SkyportServer server = SkyportServer.start("skyport.readiness.min-free-disk=1000000TB")) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                    .usePlaintext()
                    .build();
            try {
                assertThat(status(server, "readiness")).isEqualTo(503);
                assertThat(status(server, "liveness")).isEqualTo(200);
                assertThat(serving(channel)).isEqualTo(ServingStatus.NOT_SERVING);
                assertThat(serving(channel, "liveness")).isEqualTo(ServingStatus.SERVING);
                assertThat(server.get(
                                        "/actuator/health/readiness",
                                        SkyportServer.basic(SkyportServer.USER, SkyportServer.PASSWORD))
                                .body())
                        .contains("\"obstacles\":[\"disk\"]");
                try (Connection connection = server.connect();
                        Statement statement = connection.createStatement()) {
                    assertThat(statement.executeQuery("SELECT 1").next()).isTrue();
                }
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** Which statements it waits for is the business of StopIT. */
    @Test
    void while_the_server_waits_for_what_runs_http_and_grpc_say_not_ready() throws Exception {
        SkyportServer server = SkyportServer.start("skyport.session.drain-time=60s");
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .build();
        Session session = server.bean(Sessions.class).session("carol", Set.of(), "token");
        CompletableFuture<Void> stopped;
        try (ResultStream running = session.execute("SELECT * FROM range(1000000000)", new Cancellation())
                .open()) {
            assertThat(running.next()).isTrue();
            stopped = CompletableFuture.runAsync(server::close);

            await().until(() -> serving(channel) == ServingStatus.NOT_SERVING);
            assertThat(status(server, "readiness")).isEqualTo(503);
            assertThat(status(server, "liveness")).isEqualTo(200);
        } finally {
            channel.shutdownNow();
        }
        stopped.get(60, TimeUnit.SECONDS);
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
