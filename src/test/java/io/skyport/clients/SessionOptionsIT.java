package io.skyport.clients;

import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.micrometer.core.instrument.MeterRegistry;
import io.skyport.SkyportServer;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.session.Sessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions by cookie and token, and their options (conformance text, section 13). */
class SessionOptionsIT extends Connected {

    private static final Metadata.Key<String> COOKIE = Metadata.Key.of("cookie", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> SET_COOKIE =
            Metadata.Key.of("set-cookie", Metadata.ASCII_STRING_MARSHALLER);
    private static final String NAME = "arrow_flight_session_id";

    // --- options, by Arrow's own client

    @Test
    void catalog_and_schema_say_where_names_are_looked_up_and_are_read_back_as_texts() throws Exception {
        client.executeUpdate("DROP TABLE IF EXISTS " + table("here"));
        client.executeUpdate("CREATE TABLE " + table("here") + " AS SELECT 7 AS seven");
        assertThat(set(client, Map.of("schema", text(schema), "catalog", text("DEFAULT"))))
                .isEmpty();
        assertThat(query("SELECT seven FROM here").column(0)).containsExactly(7);
        assertThat(options(client)).containsEntry("catalog", text("default")).containsEntry("schema", text(schema));
        assertThat(set(client, Map.of("schema", erased()))).isEmpty();
        assertThatThrownBy(() -> client.execute("SELECT seven FROM here")).hasMessageContaining("42P01");
    }

    @Test
    void each_option_succeeds_or_fails_by_itself() {
        Map<String, SetSessionOptionsResult.Error> errors = set(
                client,
                Map.of(
                        "schema", text("nowhere"),
                        "catalog", text("nowhere"),
                        "lol_invalid", text("this is not set"),
                        "query_timeout", text("soon"),
                        "isolation_level", list("SERIALIZABLE"),
                        "read_only", flag(true),
                        "auto_commit", text("off")));
        assertThat(errors)
                .containsOnlyKeys("schema", "catalog", "lol_invalid", "query_timeout", "isolation_level")
                .extractingByKeys("schema", "catalog", "lol_invalid", "query_timeout", "isolation_level")
                .extracting(error -> error.value.name())
                .containsExactly("INVALID_VALUE", "INVALID_VALUE", "INVALID_NAME", "INVALID_VALUE", "INVALID_VALUE");
        assertThat(options(client)).containsEntry("read_only", flag(true)).containsEntry("auto_commit", flag(false));
    }

    @Test
    void options_take_numbers_texts_and_names_and_are_erased_by_no_value() {
        Map<String, SessionOptionValue> initial = options(client);
        assertThat(initial)
                .containsEntry("auto_commit", flag(true))
                .containsEntry("isolation_level", text("READ COMMITTED"))
                .containsEntry("read_only", flag(false))
                .containsEntry("query_timeout", whole(0))
                .containsEntry("fetch_size", whole(0))
                .containsEntry("time_zone", text("UTC"))
                .containsEntry("catalog", text("default"))
                .containsEntry("schema", text("main"));
        assertThat(set(
                        client,
                        Map.of(
                                "isolation_level", whole(3),
                                "query_timeout", real(1.5),
                                "fetch_size", text("100"),
                                "time_zone", text("utc"))))
                .isEmpty();
        assertThat(options(client))
                .containsEntry("isolation_level", text("SERIALIZABLE"))
                .containsEntry("query_timeout", real(1.5))
                .containsEntry("fetch_size", whole(100));
        assertThat(set(
                        client,
                        Map.of(
                                "isolation_level", erased(),
                                "query_timeout", erased(),
                                "fetch_size", erased(),
                                "time_zone", erased())))
                .isEmpty();
        assertThat(options(client)).isEqualTo(initial);
    }

    @Test
    void what_sql_sets_is_an_option_and_the_other_way_round() throws Exception {
        client.executeUpdate("SET query_timeout = 90");
        client.executeUpdate("SET default_transaction_isolation = 'repeatable read'");
        assertThat(options(client))
                .containsEntry("query_timeout", whole(90))
                .containsEntry("isolation_level", text("REPEATABLE READ"));
        assertThat(set(client, Map.of("query_timeout", text("0.25")))).isEmpty();
        assertThat(query("SHOW statement_timeout").column(0)).hasToString("[250ms]");
        assertThat(query("SHOW query_timeout").column(0)).hasToString("[0.25]");
    }

    /** The scenario session_options of Arrow's integration tests, whose names the server is told to keep. */
    @Test
    void options_of_the_clients_own_are_kept_retyped_and_erased() throws Exception {
        try (SkyportServer server = SkyportServer.start(Endpoint.users(
                        "skyport.session.client-options[0].name=foolong",
                        "skyport.session.client-options[0].type=any",
                        "skyport.session.client-options[1].name=bardouble",
                        "skyport.session.client-options[1].type=double",
                        "skyport.session.client-options[2].name=big_ol_string_list",
                        "skyport.session.client-options[2].type=any",
                        "skyport.session.client-options[3].name=key_with_invalid_value",
                        "skyport.session.client-options[3].type=int64"));
                RootAllocator memory = new RootAllocator();
                FlightSqlClient other = connect(memory, server.flightPort())) {
            SessionOptionValue list = list("a", "b", "sea", "dee", " ", "  ", "geee", "(づ｡◕‿‿◕｡)づ");
            assertThat(set(
                            other,
                            Map.of(
                                    "foolong", whole(123),
                                    "bardouble", real(456.0),
                                    "lol_invalid", text("this won't get set"),
                                    "key_with_invalid_value", text("lol_invalid"),
                                    "big_ol_string_list", list)))
                    .hasSize(2)
                    .extractingByKeys("lol_invalid", "key_with_invalid_value")
                    .extracting(error -> error.value.name())
                    .containsExactly("INVALID_NAME", "INVALID_VALUE");
            assertThat(options(other))
                    .containsEntry("foolong", whole(123))
                    .containsEntry("bardouble", real(456.0))
                    .containsEntry("big_ol_string_list", list)
                    .doesNotContainKeys("lol_invalid", "key_with_invalid_value");
            assertThat(set(other, Map.of("foolong", erased(), "big_ol_string_list", text("a,b,sea"))))
                    .isEmpty();
            assertThat(options(other))
                    .doesNotContainKey("foolong")
                    .containsEntry("big_ol_string_list", text("a,b,sea"));
            assertThat(set(other, Map.of("big_ol_string_list", text("x".repeat(40_000)))))
                    .containsOnlyKeys("big_ol_string_list");
        }
    }

    // --- the end of a session

    @Test
    void a_closed_session_gives_up_all_it_holds_and_is_not_found_afterwards() throws Exception {
        String held = create("held", "id INTEGER");
        client.executeUpdate("SET auto_commit = off");
        FlightSqlClient.PreparedStatement prepared = client.prepare("INSERT INTO " + held + " VALUES (1)");
        prepared.executeUpdate();
        assertThat(client.closeSession(new CloseSessionRequest()).getStatus())
                .isEqualTo(CloseSessionResult.Status.CLOSED);
        assertNotFound(() -> client.closeSession(new CloseSessionRequest()));
        assertNotFound(() -> client.execute("SELECT 1"));
        assertNotFound(() -> options(client));
        assertThatCode(prepared::close).doesNotThrowAnyException();
        try (RootAllocator memory = new RootAllocator();
                FlightSqlClient other = connect(memory, Endpoint.port())) {
            assertThat(Rows.of(other, other.execute("SELECT * FROM " + held)).column(0))
                    .isEmpty();
        }
    }

    @Test
    void a_ticket_of_a_closed_session_gives_no_rows() throws Exception {
        var ticket = client.execute("SELECT 1").getEndpoints().get(0).getTicket();
        client.closeSession(new CloseSessionRequest());
        try (RootAllocator memory = new RootAllocator();
                FlightSqlClient other = connect(memory, Endpoint.port());
                var stream = other.getStream(ticket)) {
            assertNotFound(stream::next);
        }
    }

    @Test
    void asking_for_options_opens_no_session() throws Exception {
        Sessions sessions = Endpoint.server().bean(Sessions.class);
        try (RootAllocator memory = new RootAllocator();
                FlightSqlClient other = connect(memory, Endpoint.port())) {
            long before = sessions.size();
            assertThat(options(other)).containsEntry("catalog", text("default"));
            assertThat(sessions.size()).isEqualTo(before);
            assertNotFound(() -> other.closeSession(new CloseSessionRequest()));
            assertThat(Rows.of(other, other.execute("SELECT 1")).column(0)).containsExactly(1);
        }
    }

    // --- by token, over a restart

    @Test
    void a_token_is_valid_after_a_restart_but_its_session_is_not_if_something_was_set_in_it(@TempDir Path directory)
            throws Exception {
        String[] users = Endpoint.users();
        Metadata plain;
        Metadata set;
        try (SkyportServer server = SkyportServer.startIn(directory, users);
                RawFlight flight = new RawFlight(server.flightPort())) {
            plain = handshake(flight);
            set = handshake(flight);
            assertThat(update(flight, plain, "CREATE SCHEMA s").code()).isEqualTo(Code.OK);
            assertThat(update(flight, set, "USE s").code()).isEqualTo(Code.OK);
        }
        try (SkyportServer server = SkyportServer.startIn(directory, users);
                RawFlight flight = new RawFlight(server.flightPort())) {
            assertThat(update(flight, plain, "CREATE TABLE s.t (id INTEGER)").code())
                    .isEqualTo(Code.OK);
            Answer<?> lost = update(flight, set, "CREATE TABLE t (id INTEGER)");
            assertThat(lost.code()).isEqualTo(Code.NOT_FOUND);
            assertThat(lost.description()).contains("is gone");
            assertThat(update(flight, set, "SELECT 1").code()).isEqualTo(Code.NOT_FOUND);
            assertThat(update(flight, handshake(flight), "CREATE TABLE t (id INTEGER)")
                            .code())
                    .isEqualTo(Code.OK);
        }
    }

    @Test
    void a_session_that_was_idle_for_too_long_is_lost_if_something_was_set_in_it() throws Exception {
        try (SkyportServer server = SkyportServer.start(Endpoint.users("skyport.session.idle-timeout=300ms"));
                RawFlight flight = new RawFlight(server.flightPort())) {
            Metadata plain = handshake(flight);
            Metadata set = handshake(flight);
            update(flight, plain, "SELECT 1");
            update(flight, set, "SET application_name = 'x'");
            org.awaitility.Awaitility.await().until(() -> {
                server.bean(Sessions.class).size();
                return idle(server);
            });
            assertThat(update(flight, plain, "SELECT 1").code()).isEqualTo(Code.OK);
            assertThat(update(flight, set, "SELECT 1").code()).isEqualTo(Code.NOT_FOUND);
        }
    }

    private static boolean idle(SkyportServer server) {
        return server.bean(MeterRegistry.class).get("skyport.sessions.active").gauges().stream()
                .allMatch(ofProtocol -> ofProtocol.value() == 0);
    }

    // --- by cookie

    @Test
    void a_client_with_a_password_gets_a_cookie_with_its_first_option() throws Exception {
        try (RawFlight flight = new RawFlight(Endpoint.port())) {
            Answer<Flight.Result> set = setSchema(flight, alice());
            String cookie = cookie(set);
            assertThat(cookie).startsWith(NAME + "=").doesNotContain(";");
            for (Metadata headers : List.of(
                    with(cookie),
                    with("a=b; " + cookie),
                    with("a=b;" + cookie + ";c=d"),
                    with("a=b", cookie),
                    with("$Version=\"1\"; " + NAME + "=\"" + cookie.substring(NAME.length() + 1) + "\"; x"))) {
                assertThat(schemaOf(flight, headers)).isEqualTo(schema);
            }
            assertThat(schemaOf(flight, alice())).isEqualTo("main");
            assertThat(setSchema(flight, with(cookie)).headers().containsKey(SET_COOKIE))
                    .isFalse();
        }
    }

    @Test
    void a_cookie_is_of_its_user_and_ends_with_its_session() throws Exception {
        try (RawFlight flight = new RawFlight(Endpoint.port())) {
            String cookie = cookie(setSchema(flight, alice()));
            Metadata bob = authorization("Bearer " + Endpoint.TOKEN);
            bob.put(COOKIE, cookie);
            assertThat(call(flight, bob, "GetSessionOptions").code()).isEqualTo(Code.NOT_FOUND);
            Answer<Flight.Result> closed = call(flight, with(cookie), "CloseSession");
            assertThat(closed.code()).isEqualTo(Code.OK);
            assertThat(cookie(closed)).isEqualTo(NAME + "=; Max-Age=0");
            for (String action : List.of("CloseSession", "GetSessionOptions", "SetSessionOptions")) {
                assertThat(call(flight, with(cookie), action).code()).isEqualTo(Code.NOT_FOUND);
            }
            assertThat(update(flight, with(cookie), "SELECT 1").code()).isEqualTo(Code.NOT_FOUND);
            assertThat(update(flight, with(NAME + "=never"), "SELECT 1").code()).isEqualTo(Code.NOT_FOUND);
        }
    }

    @Test
    void bad_bodies_of_actions_are_invalid_arguments() throws Exception {
        try (RawFlight flight = new RawFlight(Endpoint.port())) {
            for (String type : List.of("SetSessionOptions", "GetSessionOptions", "CloseSession")) {
                Answer<Flight.Result> answer = flight.call(
                        FlightServiceGrpc.getDoActionMethod(),
                        alice(),
                        action(type, ByteString.copyFromUtf8("garbage")));
                assertThat(answer.code()).isEqualTo(Code.INVALID_ARGUMENT);
            }
        }
    }

    @Test
    void arrows_own_cookie_jar_holds_a_session_for_a_client_with_a_configured_token() throws Exception {
        ClientCookieMiddleware.Factory jar = new ClientCookieMiddleware.Factory();
        CredentialCallOption token = new CredentialCallOption(new BearerCredentialWriter(Endpoint.TOKEN));
        try (RootAllocator memory = new RootAllocator();
                FlightClient flight = FlightClient.builder(
                                memory, Location.forGrpcInsecure("127.0.0.1", Endpoint.port()))
                        .intercept(jar)
                        .build();
                FlightSqlClient other = new FlightSqlClient(flight)) {
            assertThat(other.setSessionOptions(new SetSessionOptionsRequest(Map.of("schema", text(schema))), token)
                            .getErrors())
                    .isEmpty();
            other.executeUpdate("SET application_name = 'cookie'", token);
            assertThat(other.getSessionOptions(new GetSessionOptionsRequest(), token)
                            .getSessionOptions())
                    .containsEntry("schema", text(schema))
                    .containsEntry("application_name", text("cookie"));
            other.closeSession(new CloseSessionRequest(), token);
            // The jar forgot it.
            assertThat(other.getSessionOptions(new GetSessionOptionsRequest(), token)
                            .getSessionOptions())
                    .containsEntry("schema", text("main"));
        }
    }

    // --- query_timeout

    @Test
    void a_statement_that_takes_longer_than_query_timeout_exceeds_its_deadline() {
        client.executeUpdate("SET query_timeout = 0.2");
        assertThatThrownBy(() -> client.executeUpdate(
                        "SELECT sum(p.range * q.range) FROM range(10000000) AS p, range(1000000) AS q"))
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        failure -> assertThat(failure.status().code()).isEqualTo(FlightStatusCode.TIMED_OUT))
                .hasMessageContaining("57014");
    }

    @Test
    void a_result_whose_client_stopped_reading_is_given_up_after_query_timeout() throws Exception {
        try (RawFlight flight = new RawFlight(Endpoint.port())) {
            Metadata token = handshake(flight);
            assertThat(update(flight, token, "SET query_timeout = 0.5").code()).isEqualTo(Code.OK);
            Flight.FlightInfo info = flight.call(
                            FlightServiceGrpc.getGetFlightInfoMethod(),
                            token,
                            RawFlight.command(
                                    org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery.newBuilder()
                                            .setQuery("SELECT range FROM range(1000000000)")
                                            .build()))
                    .messages()
                    .get(0);
            var call = flight.start(FlightServiceGrpc.getDoGetMethod(), token, 1);
            call.send(info.getEndpoint(0).getTicket());
            call.halfClose();
            call.firstMessage();
            Sessions sessions = Endpoint.server().bean(Sessions.class);
            org.awaitility.Awaitility.await().until(() -> running(sessions) == 1);
            org.awaitility.Awaitility.await().until(() -> running(sessions) == 0);
            call.cancel();
        }
    }

    private static int running(Sessions sessions) {
        return sessions.list().stream()
                .mapToInt(io.skyport.session.Session::running)
                .sum();
    }

    // --- JDBC

    @Test
    void the_jdbc_property_catalog_is_the_database_of_the_connection() throws Exception {
        client.executeUpdate("CREATE DATABASE IF NOT EXISTS jdbc_catalog");
        client.executeUpdate("CREATE OR REPLACE TABLE jdbc_catalog.main.there AS SELECT 5 AS five");
        Sessions sessions = Endpoint.server().bean(Sessions.class);
        for (String credentials : List.of(
                "user=" + Endpoint.USER + "&password=" + Endpoint.PASSWORD.replace("=", "%3D"),
                "token=" + Endpoint.TOKEN)) {
            String url = Endpoint.server().jdbcUrl(credentials + "&catalog=jdbc_catalog");
            for (int time = 0; time < 2; time++) {
                long before = sessions.size();
                Connection connection = DriverManager.getConnection(url);
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT five FROM there")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(5);
                }
                assertThat(sessions.size()).isEqualTo(before + 1);
                // The driver closes the session, then its channel, then both again, and tells its user of that.
                assertThatThrownBy(connection::close).hasMessage("Channel shutdown invoked");
                assertThat(sessions.size()).isEqualTo(before);
            }
        }
        assertThatThrownBy(() -> DriverManager.getConnection(
                        Endpoint.server().jdbcUrl("token=" + Endpoint.TOKEN + "&catalog=nowhere")))
                .isInstanceOf(SQLException.class);
    }

    // --- help

    private Answer<Flight.Result> setSchema(RawFlight flight, Metadata headers) throws InterruptedException {
        Flight.SetSessionOptionsRequest request = Flight.SetSessionOptionsRequest.newBuilder()
                .putSessionOptions(
                        "schema",
                        Flight.SessionOptionValue.newBuilder()
                                .setStringValue(schema)
                                .build())
                .build();
        Answer<Flight.Result> answer = flight.call(
                FlightServiceGrpc.getDoActionMethod(), headers, action("SetSessionOptions", request.toByteString()));
        assertThat(answer.code()).isEqualTo(Code.OK);
        return answer;
    }

    private static String schemaOf(RawFlight flight, Metadata headers) throws Exception {
        Answer<Flight.Result> answer = call(flight, headers, "GetSessionOptions");
        assertThat(answer.code()).isEqualTo(Code.OK);
        return Flight.GetSessionOptionsResult.parseFrom(answer.messages().get(0).getBody())
                .getSessionOptionsOrThrow("schema")
                .getStringValue();
    }

    private static Answer<Flight.Result> call(RawFlight flight, Metadata headers, String action)
            throws InterruptedException {
        return flight.call(FlightServiceGrpc.getDoActionMethod(), headers, action(action, ByteString.EMPTY));
    }

    private static Answer<Flight.PutResult> update(RawFlight flight, Metadata headers, String sql)
            throws InterruptedException {
        return flight.call(
                FlightServiceGrpc.getDoPutMethod(),
                headers,
                RawFlight.put(
                        RawFlight.command(org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate.newBuilder()
                                .setQuery(sql)
                                .build())));
    }

    private static Metadata handshake(RawFlight flight) throws InterruptedException {
        Answer<Flight.HandshakeResponse> answer = flight.call(
                FlightServiceGrpc.getHandshakeMethod(), alice(), Flight.HandshakeRequest.getDefaultInstance());
        return authorization(answer.headers().get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)));
    }

    private static Metadata with(String... cookies) {
        Metadata headers = alice();
        for (String cookie : cookies) {
            headers.put(COOKIE, cookie);
        }
        return headers;
    }

    private static String cookie(Answer<?> answer) {
        return answer.headers().get(SET_COOKIE);
    }

    private static Map<String, SetSessionOptionsResult.Error> set(
            FlightSqlClient client, Map<String, SessionOptionValue> options) {
        return client.setSessionOptions(new SetSessionOptionsRequest(options)).getErrors();
    }

    private static Map<String, SessionOptionValue> options(FlightSqlClient client) {
        return client.getSessionOptions(new GetSessionOptionsRequest()).getSessionOptions();
    }

    private static void assertNotFound(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        failure -> assertThat(failure.status().code()).isEqualTo(FlightStatusCode.NOT_FOUND));
    }

    private static SessionOptionValue text(String value) {
        return SessionOptionValueFactory.makeSessionOptionValue(value);
    }

    private static SessionOptionValue flag(boolean value) {
        return SessionOptionValueFactory.makeSessionOptionValue(value);
    }

    private static SessionOptionValue whole(long value) {
        return SessionOptionValueFactory.makeSessionOptionValue(value);
    }

    private static SessionOptionValue real(double value) {
        return SessionOptionValueFactory.makeSessionOptionValue(value);
    }

    private static SessionOptionValue list(String... values) {
        return SessionOptionValueFactory.makeSessionOptionValue(values);
    }

    private static SessionOptionValue erased() {
        return SessionOptionValueFactory.makeEmptySessionOptionValue();
    }
}
