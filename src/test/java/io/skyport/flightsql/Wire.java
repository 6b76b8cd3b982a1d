package io.skyport.flightsql;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.skyport.security.AccessTokens;
import io.skyport.security.Authenticator;
import io.skyport.security.LoginThrottle;
import io.skyport.security.Passwords;
import io.skyport.security.Principal;
import io.skyport.security.StaticTokens;
import io.skyport.security.User;
import io.skyport.security.Users;
import io.skyport.session.Sessions;
import io.skyport.session.SessionsWithoutEngine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.springframework.util.unit.DataSize;

/** The Flight service in an in-process gRPC server, with the raw channel of a client called alice. */
final class Wire implements AutoCloseable {

    private static final Metadata.Key<String> USER = Metadata.Key.of("user", Metadata.ASCII_STRING_MARSHALLER);

    final BufferAllocator allocator = new RootAllocator();
    final Workers workers;
    final AccessTokens tokens;
    private final Workers calls;
    private final FirstMessageTimer timer;
    private final LoginDelay delay;
    private final Server server;
    private final ManagedChannel channel;

    Wire(Duration firstMessageTimeout, int maxStreams) throws IOException {
        FlightSqlProperties properties = new FlightSqlProperties(
                1000,
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(4),
                DataSize.ofMegabytes(4),
                maxStreams,
                maxStreams,
                DataSize.ofMegabytes(1),
                firstMessageTimeout,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1));
        Users users = Users.of(List.of(new User("alice", "secret", Set.of())));
        Passwords passwords = new Passwords(users, String::equals, Duration.ZERO, 1, Ticker.systemTicker());
        tokens = new AccessTokens(users, new byte[32], Duration.ofHours(1), Clock.systemUTC());
        LoginThrottle throttle = new LoginThrottle(Duration.ZERO, System::nanoTime);
        delay = new LoginDelay(throttle);
        Authenticator authenticator = new Authenticator(passwords, tokens, new StaticTokens(Map.of()), throttle);
        Sessions sessions = SessionsWithoutEngine.create(FakeCatalog.shop());
        CallerSessions callers = new CallerSessions(sessions);
        workers = new Workers("stream", maxStreams, "max-streams");
        calls = new Workers("call", maxStreams, "max-calls");
        timer = new FirstMessageTimer(firstMessageTimeout);
        SkyportFlightProducer producer = new SkyportFlightProducer(
                callers,
                new MetadataCommands(
                        new SqlInfo("1", "18", java.time.Duration.ofHours(1), java.time.Duration.ofMinutes(10))),
                new StoredFlights(callers, properties.pollWait()),
                new Actions(callers),
                workers,
                new SliceLimits(1000, 2 << 20, 4 << 20),
                allocator);
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(FlightSqlConfiguration.service(
                        producer, sessions, authenticator, tokens, workers, calls, timer, delay, properties, allocator))
                .intercept(new NamedCaller())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    Channel alice() {
        Metadata headers = new Metadata();
        headers.put(USER, "alice");
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    Channel nobody() {
        return channel;
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        timer.close();
        delay.close();
        workers.close();
        calls.close();
        allocator.close();
    }

    /** Stands in for the security interceptors: believes the header. */
    private static final class NamedCaller implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String user = headers.get(USER);
            Context context = user == null
                    ? Context.current()
                    : Context.current().withValue(CallPrincipal.KEY, new Principal(user, Set.of()));
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
