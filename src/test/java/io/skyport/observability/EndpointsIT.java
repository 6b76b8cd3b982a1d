package io.skyport.observability;

import static io.skyport.SkyportServer.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgQuery;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin sees and does over HTTP. */
class EndpointsIT {

    private static final String ADMIN = basic(SkyportServer.USER, SkyportServer.PASSWORD);
    private static final String READER = basic(SkyportServer.READER, SkyportServer.READER_PASSWORD);
    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000) a(i), range(1000000000) b(j)";

    private static SkyportServer server;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode get(String path) {
        HttpResponse<String> response = server.get("/actuator/" + path, ADMIN);
        assertThat(response.statusCode()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "queries", "databases", "plancache", "sessions/s1", "queries/q1"})
    void only_an_admin_sees_or_changes_anything(String path) {
        assertThat(server.get("/actuator/" + path, null).statusCode()).isEqualTo(401);
        assertThat(server.get("/actuator/" + path, READER).statusCode()).isEqualTo(403);
        assertThat(server.delete("/actuator/" + path, null).statusCode()).isEqualTo(401);
        assertThat(server.delete("/actuator/" + path, READER).statusCode()).isEqualTo(403);
    }

    @Test
    void what_there_is_not_is_404() {
        assertThat(server.get("/actuator/sessions/s1", ADMIN).statusCode()).isEqualTo(404);
        assertThat(server.get("/actuator/queries/q1", ADMIN).statusCode()).isEqualTo(404);
        assertThat(server.delete("/actuator/sessions/s1", ADMIN).statusCode()).isEqualTo(404);
        assertThat(server.delete("/actuator/queries/q1", ADMIN).statusCode()).isEqualTo(404);
        assertThat(server.delete("/actuator/databases", ADMIN).statusCode()).isEqualTo(405);
    }

    @Test
    void a_running_query_is_seen_and_stopped() throws Exception {
        try (FlydbClient client = FlydbClient.driver(server)) {
            CompletableFuture<MessageType> reply = CompletableFuture.supplyAsync(
                    () -> client.call(new MsgQuery(ENDLESS)).type());
            await().until(() -> running().size() == 1);

            JsonNode query = running().get(0);
            assertThat(query.path("text").asText()).isEqualTo(ENDLESS);
            assertThat(query.path("user").asText()).isEqualTo(SkyportServer.USER);
            assertThat(query.path("protocol").asText()).isEqualTo("flydb");
            assertThat(query.path("client").asText()).startsWith("127.0.0.1:");
            assertThat(query.path("kind").asText()).isEqualTo("query");
            await().until(() -> running().get(0).path("phase").asText().equals("running"));
            String id = query.path("id").asText();
            assertThat(get("queries/" + id).path("session")).isEqualTo(query.path("session"));
            assertThat(get("sessions/" + query.path("session").asText()).path("queries"))
                    .singleElement()
                    .isEqualTo(query.path("id"));

            assertThat(server.delete("/actuator/queries/" + id, ADMIN).statusCode())
                    .isEqualTo(204);

            assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo(MessageType.ERROR);
            assertThat(running()).isEmpty();
            assertThat(server.delete("/actuator/queries/" + id, ADMIN).statusCode())
                    .isEqualTo(404);
        }
    }

    private static JsonNode running() {
        return get("queries").path("queries");
    }

    @Test
    void a_session_is_seen_and_closed_with_what_it_holds() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            client.call(new MsgQuery("CREATE TABLE kept (id INTEGER)"));
            client.call(new MsgQuery("BEGIN"));
            client.call(new MsgQuery("INSERT INTO kept VALUES (1)"));
            JsonNode session = StreamSupport.stream(
                            get("sessions").path("sessions").spliterator(), false)
                    .filter(open -> open.path("protocol").asText().equals("flydb"))
                    .findAny()
                    .orElseThrow();
            assertThat(session.path("user").asText()).isEqualTo(SkyportServer.USER);
            assertThat(session.path("shared").asBoolean()).isFalse();
            assertThat(session.path("database").asText()).isEqualTo("default");
            String id = session.path("id").asText();

            assertThat(server.delete("/actuator/sessions/" + id, ADMIN).statusCode())
                    .isEqualTo(204);

            assertThat(server.get("/actuator/sessions/" + id, ADMIN).statusCode())
                    .isEqualTo(404);
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (FlydbClient another = FlydbClient.driver(server)) {
            JsonNode rows = another.call(new MsgQuery("SELECT count(*) FROM kept"))
                    .json()
                    .path("rows");
            assertThat(rows.path(0).path(0).asLong()).isZero();
        }
    }

    @Test
    void a_flight_client_sees_that_its_query_was_stopped() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT a.i FROM range(1000000000) a(i), range(1000000000) b(j)")) {
            assertThat(rows.next()).isTrue();
            JsonNode query = running().get(0);
            assertThat(query.path("protocol").asText()).isEqualTo("flightsql");
            assertThat(query.path("rows").asLong()).isPositive();

            assertThat(server.delete("/actuator/queries/" + query.path("id").asText(), ADMIN)
                            .statusCode())
                    .isEqualTo(204);

            assertThatThrownBy(() -> {
                        while (rows.next()) {}
                    })
                    .hasStackTraceContaining("57014");
        }
    }

    @Test
    void databases_are_listed_with_what_is_in_them() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE DATABASE sales");
            statement.executeUpdate("CREATE TABLE sales.main.t (id INTEGER)");
            statement.executeUpdate("CREATE VIEW sales.main.v AS SELECT id FROM sales.main.t");
        }
        JsonNode sales = StreamSupport.stream(get("databases").path("databases").spliterator(), false)
                .filter(database -> database.path("name").asText().equals("sales"))
                .findAny()
                .orElseThrow();

        assertThat(sales.path("bytes").asLong()).isPositive();
        assertThat(sales.path("schemas").asInt()).isEqualTo(1);
        assertThat(sales.path("tables").asInt()).isEqualTo(1);
        assertThat(sales.path("views").asInt()).isEqualTo(1);
        assertThat(get("databases").toString())
                .doesNotContain(server.dataDirectory().toString());
    }

    @Test
    void what_is_compiled_can_be_forgotten() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT 1").close();
            statement.executeQuery("SELECT 1").close();
        }
        JsonNode before = get("plancache");
        assertThat(before.path("size").asLong()).isPositive();
        assertThat(before.path("hits").asLong()).isPositive();
        assertThat(before.path("hitRatio").asDouble()).isBetween(0.0, 1.0).isPositive();

        assertThat(server.delete("/actuator/plancache", ADMIN).statusCode()).isEqualTo(204);

        assertThat(get("plancache").path("size").asLong()).isZero();
        assertThat(get("plancache").path("hits")).isEqualTo(before.path("hits"));
    }
}
