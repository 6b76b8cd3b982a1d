package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.SkyportServer;
import io.skyport.engine.EngineGauges;
import io.skyport.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server, and what tests of polling do with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Polling {

    static final String ENDLESS = "SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1";

    SkyportServer server;

    BufferAllocator allocator;
    FlightClient flight;
    FlightSqlClient client;
    CallOption token;

    @BeforeAll
    void start() {
        server = SkyportServer.start(Endpoint.users(
                "skyport.flightsql.poll-wait=" + pollWait(),
                "skyport.session.stored-results.max-size=64MB",
                "skyport.session.stored-results.max-running=3",
                "skyport.session.stored-results.max-results=10"));
        try (BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = Connected.connect(allocator, server.flightPort())) {
            client.executeUpdate("CREATE TABLE large AS SELECT i, hash(i) AS h FROM range(10000000) AS t(i)");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        flight = connected();
        client = new FlightSqlClient(flight);
        token = flight.authenticateBasicToken(Endpoint.USER, Endpoint.PASSWORD).orElseThrow();
    }

    FlightClient connected() {
        return FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                .build();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        allocator.close();
        // With what they have stored.
        Sessions sessions = server.bean(Sessions.class);
        sessions.list().forEach(sessions::close);
        await().atMost(Duration.ofSeconds(10)).until(() -> takenConnections() == 0);
        assertThat(sessions.storedResults().size()).isZero();
        NothingHeld.check(server);
    }

    int takenConnections() {
        return server.bean(EngineGauges.class).activeConnections();
    }

    static FlightDescriptor query(String sql) {
        return FlightCommands.descriptor(
                CommandStatementQuery.newBuilder().setQuery(sql).build());
    }

    PollInfo poll(FlightDescriptor descriptor) {
        return flight.pollInfo(descriptor, token);
    }

    PollInfo poll(FlightDescriptor descriptor, CallOption option) {
        return flight.pollInfo(descriptor, token, option);
    }

    /** Polls until it has ended. */
    PollInfo finished(PollInfo poll) {
        PollInfo last = poll;
        while (last.getFlightDescriptor().isPresent()) {
            last = poll(last.getFlightDescriptor().orElseThrow());
        }
        return last;
    }

    List<Long> longs(FlightInfo info, CallOption caller) throws Exception {
        List<Long> values = new ArrayList<>();
        for (var endpoint : info.getEndpoints()) {
            try (FlightStream stream = flight.getStream(endpoint.getTicket(), caller)) {
                assertThat(stream.getSchema())
                        .isEqualTo(info.getSchemaOptional().orElseThrow());
                while (stream.next()) {
                    BigIntVector vector = (BigIntVector) stream.getRoot().getVector(0);
                    for (int i = 0; i < vector.getValueCount(); i++) {
                        values.add(vector.get(i));
                    }
                }
            }
        }
        return values;
    }

    List<Long> longs(FlightInfo info) throws Exception {
        return longs(info, token);
    }

    /** {@code skyport.flightsql.poll-wait}. */
    abstract String pollWait();

    CancelStatus cancel(PollInfo poll) {
        return flight.cancelFlightInfo(new CancelFlightInfoRequest(poll.getFlightInfo()), token)
                .getStatus();
    }
}
