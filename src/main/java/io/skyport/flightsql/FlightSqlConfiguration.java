package io.skyport.flightsql;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.skyport.security.AccessTokens;
import io.skyport.security.Authenticator;
import io.skyport.session.CallListener;
import io.skyport.session.Sessions;
import java.util.concurrent.ExecutorService;
import net.devh.boot.grpc.common.util.InterceptorOrder;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.service.GrpcService;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.auth.ServerAuthHandler;
import org.apache.arrow.flight.grpc.ServerBackpressureThresholdInterceptor;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Beans of the Flight SQL wire, inside net.devh's gRPC server. */
@Configuration(proxyBeanMethods = false)
class FlightSqlConfiguration {

    /** After net.devh's authentication (5100) and authorisation (5200). */
    private static final int AFTER_SECURITY = 5300;

    private static final String UNKNOWN_VERSION = "unknown";

    @Bean(destroyMethod = "close", defaultCandidate = false)
    BufferAllocator flightSqlAllocator(@Qualifier("rootAllocator") BufferAllocator rootAllocator) {
        return rootAllocator.newChildAllocator("flightsql", 0, Long.MAX_VALUE);
    }

    /** Closed before the allocator, whose buffers its threads hold. */
    @Bean(destroyMethod = "close")
    Workers flightSqlWorkers(
            FlightSqlProperties properties, @Qualifier("flightSqlAllocator") BufferAllocator allocator) {
        return new Workers("stream", properties.maxStreams(), "max-streams");
    }

    @Bean(destroyMethod = "close", defaultCandidate = false)
    Workers flightSqlCalls(FlightSqlProperties properties, @Qualifier("flightSqlAllocator") BufferAllocator allocator) {
        return new Workers("call", properties.maxCalls(), "max-calls");
    }

    @Bean(destroyMethod = "close")
    FirstMessageTimer firstMessageTimer(FlightSqlProperties properties) {
        return new FirstMessageTimer(properties.firstMessageTimeout());
    }

    @Bean
    SkyportFlightProducer flightProducer(
            FlightSqlProperties properties,
            Sessions sessions,
            Workers workers,
            ObjectProvider<BuildProperties> build,
            @Qualifier("flightSqlAllocator") BufferAllocator allocator) {
        CallerSessions callers = new CallerSessions(sessions);
        BuildProperties built = build.getIfAvailable();
        SqlInfo sqlInfo = new SqlInfo(
                built == null ? UNKNOWN_VERSION : built.getVersion(),
                arrowVersion(),
                sessions.preparedTimeout(),
                sessions.transactions().timeout());
        return new SkyportFlightProducer(
                callers,
                new MetadataCommands(sqlInfo),
                new StoredFlights(callers, properties.pollWait()),
                new Actions(callers),
                workers,
                new SliceLimits(
                        properties.batchRows(),
                        properties.maxBatchBytes().toBytes(),
                        properties.maxRowBytes().toBytes()),
                allocator);
    }

    @GrpcService
    BindableService flightSqlService(
            FlightSqlProperties properties,
            SkyportFlightProducer producer,
            Sessions sessions,
            Authenticator authenticator,
            AccessTokens tokens,
            Workers workers,
            @Qualifier("flightSqlCalls") Workers calls,
            FirstMessageTimer timer,
            LoginDelay delay,
            @Qualifier("flightSqlAllocator") BufferAllocator allocator) {
        return service(producer, sessions, authenticator, tokens, workers, calls, timer, delay, properties, allocator);
    }

    static BindableService service(
            SkyportFlightProducer producer,
            Sessions sessions,
            Authenticator authenticator,
            AccessTokens tokens,
            Workers workers,
            Workers calls,
            FirstMessageTimer timer,
            LoginDelay delay,
            FlightSqlProperties properties,
            BufferAllocator allocator) {
        // Arrow's service wants an executor only for the three methods that are replaced.
        @Nullable ExecutorService none = null;
        BindableService arrow = FlightGrpcUtils.createFlightService(allocator, producer, ServerAuthHandler.NO_OP, none);
        CallerSessions callers = new CallerSessions(sessions);
        Uploads uploads = new Uploads(callers);
        return new FlightSqlService(
                arrow,
                new HandshakeHandler(authenticator, tokens, timer, delay),
                new UploadHandler(
                        uploads,
                        workers,
                        timer,
                        properties.uploadIdleTimeout(),
                        properties.maxDecompressedBytes().toBytes(),
                        allocator),
                new ResultCalls(producer, callers),
                new TableFlights(callers),
                calls);
    }

    /** net.devh's own is of the older version, which newer tools do not ask for. */
    @GrpcService
    BindableService reflectionService() {
        return ProtoReflectionServiceV1.newInstance();
    }

    @GrpcGlobalServerInterceptor
    @Order(AFTER_SECURITY)
    ServerInterceptor flightBackpressure(FlightSqlProperties properties) {
        return new ServerBackpressureThresholdInterceptor(
                Math.toIntExact(properties.maxQueuedBytes().toBytes()));
    }

    /** Before security: calls that are refused are answered so, too. */
    @GrpcGlobalServerInterceptor
    @Order(InterceptorOrder.ORDER_FIRST)
    ServerInterceptor headerEcho() {
        return new HeaderEcho();
    }

    @GrpcGlobalServerInterceptor
    @Order(AFTER_SECURITY)
    ServerInterceptor sessionCookies() {
        return new SessionCookie.Interceptor();
    }

    @GrpcGlobalServerInterceptor
    @Order(AFTER_SECURITY)
    ServerInterceptor callOrigins(ObjectProvider<CallListener> listener) {
        return new CallOrigin(listener.getIfAvailable(() -> CallListener.NONE));
    }

    private static String arrowVersion() {
        String version = VectorSchemaRoot.class.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN_VERSION : version;
    }
}
