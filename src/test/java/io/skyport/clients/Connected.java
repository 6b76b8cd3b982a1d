package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClientMiddleware;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with Arrow's own Java client connected, and a schema that belongs to its class. */
@ExtendWith(NothingHeld.class)
abstract class Connected {

    protected BufferAllocator allocator;
    protected FlightSqlClient client;

    /** The schema of this class: its name in lower case. */
    protected final String schema = getClass().getSimpleName().toLowerCase(Locale.ROOT);

    @BeforeEach
    void connect() {
        allocator = new RootAllocator();
        client = connect(allocator, Endpoint.port());
        client.executeUpdate("CREATE SCHEMA IF NOT EXISTS " + schema);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        assertThat(allocator.getAllocatedMemory())
                .as("buffers the client still holds")
                .isZero();
        allocator.close();
    }

    /** A client that has shaken hands and sends its token with every call. */
    static FlightSqlClient connect(BufferAllocator allocator, int port) {
        Location location = Location.forGrpcInsecure("127.0.0.1", port);
        BearerToken token = new BearerToken();
        FlightClient flight = FlightClient.builder(allocator, location)
                .intercept(info -> token)
                .build();
        flight.authenticateBasicToken(Endpoint.USER, Endpoint.PASSWORD);
        assertThat(token.header).startsWith("Bearer ");
        return new FlightSqlClient(flight);
    }

    /** Name of a table in this class's schema. */
    protected String table(String name) {
        return schema + "." + name;
    }

    /** A table of this class, made anew. */
    protected String create(String name, String columns) {
        client.executeUpdate("DROP TABLE IF EXISTS " + table(name));
        client.executeUpdate("CREATE TABLE " + table(name) + " (" + columns + ")");
        return table(name);
    }

    protected Rows query(String sql) throws Exception {
        return Rows.of(client, client.execute(sql));
    }

    protected Rows read(FlightInfo info) throws Exception {
        return Rows.of(client, info);
    }

    /** The schema that GetFlightInfo announced; never absent. */
    static Schema announced(FlightInfo info) {
        return info.getSchemaOptional().orElseThrow(() -> new AssertionError("FlightInfo without a schema"));
    }

    /** Remembers the token that Handshake returned and sends it with every later call, also those without options. */
    private static final class BearerToken implements FlightClientMiddleware {

        private volatile String header;

        @Override
        public void onBeforeSendingHeaders(CallHeaders headers) {
            if (header != null && !headers.containsKey("authorization")) {
                headers.insert("authorization", header);
            }
        }

        @Override
        public void onHeadersReceived(CallHeaders headers) {
            String received = headers.get("authorization");
            if (received != null && received.startsWith("Bearer ")) {
                header = received;
            }
        }

        @Override
        public void onCallCompleted(CallStatus status) {}
    }
}
