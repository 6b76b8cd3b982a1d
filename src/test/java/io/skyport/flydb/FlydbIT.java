package io.skyport.flydb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient.Reply;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgAuthResult;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgPong;
import io.skyport.flydb.message.MsgQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting, authenticating, and statements over the FlyDB wire. */
class FlydbIT {

    private static SkyportServer server;
    private FlydbClient client;

    @BeforeAll
    static void start() {
        server = SkyportServer.start("skyport.security.max-login-delay=0s");
        try (FlydbClient setup = FlydbClient.driver(server)) {
            setup.result("CREATE TABLE users (id INT PRIMARY KEY, name TEXT)");
            setup.result("INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob')");
            setup.result("CREATE DATABASE mydb");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void disconnect() {
        if (client != null) {
            client.close();
        }
    }

    @Test
    void a_ping_is_answered_before_authentication_byte_for_byte() {
        client = FlydbClient.connect(server.flydbPort());
        client.hex("FD 01 0A 00 00 00 00 00");

        assertThat(client.receive().header()).isEqualTo(new io.skyport.flydb.message.FrameHeader(0x0B, 0, 0));
        assertThat(client.call(MessageType.PING, "{}").message()).isEqualTo(new MsgPong());
    }

    @Test
    void authentication_in_json_says_where_the_session_is() {
        client = FlydbClient.connect(server.flydbPort());

        JsonNode result = client.call(MessageType.AUTH, "{\"username\": \"alice\", \"password\": \"secret\"}")
                .json();

        assertThat(result.toString())
                .isEqualTo("{\"success\":true,\"message\":\"authenticated\",\"database\":\"default\"}");
    }

    @Test
    void authentication_in_the_guides_binary_layout_is_answered_in_kind() {
        client = FlydbClient.connect(server.flydbPort());
        client.hex("FD 01 08 00 00 00 00 12  00 00 00 05 61 6C 69 63 65  00 00 00 05 77 72 6F 6E 67");
        Reply wrong = client.receive();
        client.hex("FD 01 08 00 00 00 00 13  00 00 00 05 61 6C 69 63 65  00 00 00 06 73 65 63 72 65 74");
        Reply right = client.receive();

        assertThat(wrong.payload()[0]).isZero();
        assertThat(wrong.message()).isEqualTo(new MsgAuthResult(false, "authentication failed", null, true));
        assertThat(right.message()).isEqualTo(new MsgAuthResult(true, "authenticated", null, true));
        assertThat(client.result("SELECT 1").path("row_count").asInt()).isEqualTo(1);
        client.call(new MsgAuth("alice", "secret", "mydb", true));
        assertThat(client.call(MessageType.GET_SERVER_INFO, "")
                        .json()
                        .path("database")
                        .asText())
                .isEqualTo("mydb");
    }

    @Test
    void an_unknown_user_and_a_wrong_password_look_the_same_and_may_try_again() {
        client = FlydbClient.connect(server.flydbPort());

        assertThat(client.call(new MsgAuth("nobody", "secret", null, false)).message())
                .isEqualTo(
                        client.call(new MsgAuth("alice", "wrong", null, false)).message())
                .isEqualTo(new MsgAuthResult(false, "authentication failed", null, false));
        assertThat(client.login().result("SELECT 1").path("success").asBoolean())
                .isTrue();
    }

    @Test
    void without_authentication_everything_but_a_ping_is_refused_and_the_connection_stays() {
        client = FlydbClient.connect(server.flydbPort());
        for (MessageType type : MessageType.values()) {
            if (type != MessageType.PING && type != MessageType.AUTH) {
                assertError(client.call(type, "{}"), 401, "28000", "authentication required");
            }
        }
        assertThat(client.call(new MsgPing()).message()).isEqualTo(new MsgPong());
    }

    @Test
    void a_failed_authentication_puts_out_who_was_in() {
        client = FlydbClient.driver(server);
        client.result("SELECT 1");
        client.call(new MsgAuth("alice", "wrong", null, false));

        assertError(client.query("SELECT 1"), 401, "28000", "authentication required");
    }

    @Test
    void a_session_begins_in_the_database_that_was_asked_for_if_there_is_one() {
        client = FlydbClient.connect(server.flydbPort());
        assertThat(client.call(new MsgAuth("alice", "secret", "mydb", false)).message())
                .isEqualTo(new MsgAuthResult(true, "authenticated", "mydb", false));
        client.result("CREATE TABLE here (a INT)");
        assertThat(client.result("SELECT * FROM mydb.main.here")
                        .path("row_count")
                        .asInt())
                .isZero();

        assertThat(client.call(new MsgAuth("alice", "secret", "nowhere", false)).message())
                .isEqualTo(new MsgAuthResult(false, "database 'nowhere' does not exist", null, false));
        assertError(client.query("SELECT 1"), 401, "28000", "authentication required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "[]", "{\"username\":\"alice\"}", "{\"username\":1,\"password\":\"x\"}", ""})
    void credentials_that_cannot_be_read_are_told_so(String payload) {
        client = FlydbClient.connect(server.flydbPort());

        assertError(client.call(MessageType.AUTH, payload), 400, "08P01", "invalid auth message");
        client.login();
    }

    @Test
    void a_driver_gets_columns_rows_and_a_line_of_text() {
        client = FlydbClient.driver(server);

        JsonNode result = client.result("SELECT id, name FROM users ORDER BY id");

        assertThat(result.path("columns").toString()).isEqualTo("[\"id\",\"name\"]");
        assertThat(result.path("rows").toString()).isEqualTo("[[1,\"Alice\"],[2,\"Bob\"]]");
        assertThat(result.path("row_count").toString()).isEqualTo("2");
        assertThat(result.path("message").asText()).isEqualTo("SELECT 2");
        assertThat(result.path("column_metadata").get(1).path("type").asText()).isEqualTo("VARCHAR");
        assertThat(result.path("column_metadata").get(0).path("sql_type").asInt())
                .isEqualTo(4);
        assertThat(result.path("column_metadata").get(0).path("table_name").asText())
                .isEqualTo("users");
    }

    @Test
    void a_console_gets_the_text_besides() {
        client = FlydbClient.console(server);

        JsonNode result = client.result("SELECT id, name, NULL AS none FROM users ORDER BY id");
        JsonNode none = client.result("SELECT id, name FROM users WHERE id > 5");

        assertThat(result.path("message").asText()).isEqualTo("id, name, none\n1, Alice, NULL\n2, Bob, NULL\n(2 rows)");
        assertThat(result.path("rows").toString()).isEqualTo("[[1,\"Alice\",null],[2,\"Bob\",null]]");
        assertThat(result.path("row_count").asInt()).isEqualTo(2);
        assertThat(none.path("message").asText()).isEqualTo("id, name\n(0 rows)");
        assertThat(none.path("rows").toString()).isEqualTo("[]");
    }

    @Test
    void a_console_that_asks_how_a_table_was_made_gets_the_statement_alone() {
        client = FlydbClient.console(server);

        JsonNode result = client.result("SHOW CREATE TABLE users;");

        assertThat(result.path("message").asText())
                .startsWith("CREATE TABLE users(")
                .endsWith(")")
                .doesNotContain("rows)");
        try (FlydbClient driver = FlydbClient.driver(server)) {
            assertThat(driver.result("SHOW CREATE TABLE users").path("message").asText())
                    .isEqualTo("SELECT 1");
        }
    }

    @Test
    void statements_that_give_no_rows_say_what_they_did() {
        client = FlydbClient.driver(server);

        assertMessage("CREATE TABLE IF NOT EXISTS t (a INT, b TEXT)", "CREATE TABLE OK", 0);
        assertMessage("INSERT INTO t VALUES (1, 'it''s'), (2, NULL)", "INSERT 2", 2);
        assertMessage("-- first\nUPDATE t SET a = a + 1;", "UPDATE 2", 2);
        assertMessage("WITH w AS (SELECT 2 AS a) DELETE FROM t USING w WHERE t.a = w.a", "DELETE 1", 1);
        assertMessage("CREATE UNIQUE INDEX i ON t (a)", "CREATE INDEX OK", 0);
        assertMessage("CREATE OR REPLACE VIEW v AS SELECT * FROM t", "CREATE VIEW OK", 0);
        assertMessage("DROP VIEW v", "DROP VIEW OK", 0);
        assertMessage("TRUNCATE TABLE t", "TRUNCATE TABLE OK", 1);
        assertMessage("BEGIN", "BEGIN", 0);
        assertMessage("SAVEPOINT a", "SAVEPOINT a", 0);
        assertMessage("ROLLBACK TO SAVEPOINT a", "ROLLBACK TO SAVEPOINT a", 0);
        assertMessage("RELEASE SAVEPOINT a", "RELEASE SAVEPOINT a", 0);
        assertMessage("COMMIT", "COMMIT", 0);
        assertMessage("PREPARE p AS INSERT INTO t VALUES ($1, 'x')", "PREPARE OK", 0);
        assertMessage("EXECUTE p(7)", "INSERT 1", 1);
        assertMessage("DEALLOCATE p", "DEALLOCATE OK", 0);
        assertMessage("USE mydb", "USE mydb OK", 0);
        assertMessage("USE \"default\"", "USE default OK", 0);
        assertMessage("DROP TABLE t", "DROP TABLE OK", 0);
    }

    @Test
    void whoever_drops_the_database_that_he_uses_is_told_where_he_is() {
        client = FlydbClient.driver(server);
        assertMessage("CREATE DATABASE gone", "CREATE DATABASE OK", 0);
        client.result("USE gone");

        assertMessage("DROP DATABASE gone", "DROP DATABASE OK (switched to default)", 0);
        assertError(client.query("USE gone"), 404, "3D000", "gone");
    }

    @Test
    void what_fails_is_an_error_with_code_message_and_sqlstate_and_the_connection_stays() {
        client = FlydbClient.driver(server);

        assertError(client.query("SELECT * FROM missing"), 500, "42P01", "missing");
        assertError(client.query("SELECT nothing FROM users"), 500, "42703", "nothing");
        assertError(client.query("SELEC 1"), 400, "42601", "SELEC");
        assertError(client.query("INSERT INTO users VALUES (1, 'again')"), 500, "23505", "");
        assertError(client.query("DROP TABLE {TABLE_NAME}"), 400, "42601", "");
        assertThat(client.result("SELECT 1 AS test_col").path("rows").toString())
                .isEqualTo("[[1]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "-- comment", "/* nothing */ ;;"})
    void an_empty_statement_is_an_error_and_the_connection_stays(String sql) {
        client = FlydbClient.driver(server);

        assertError(client.query(sql), 400, "42601", "");
        client.result("SELECT 1");
    }

    @Test
    void several_statements_run_in_order_and_the_last_one_answers() {
        client = FlydbClient.driver(server);

        JsonNode result = client.result("CREATE TABLE s (a INT); INSERT INTO s VALUES (1), (2); SELECT * FROM s; ");

        assertThat(result.path("row_count").asInt()).isEqualTo(2);
        assertError(client.query("DROP TABLE s;\n  SELECT nope;"), 500, "42703", "line 2, column 10");
        assertError(client.query("SELECT * FROM s"), 500, "42P01", "s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "", "[]", "{\"query\":5}", "{}", "null"})
    void a_message_that_cannot_be_read_is_an_error_and_the_connection_stays(String payload) {
        client = FlydbClient.driver(server);

        assertError(client.call(MessageType.QUERY, payload), 400, "08P01", "invalid query message");
        assertThat(client.call(MessageType.QUERY, "{\"query\":\"SELECT 1\",\"zz\":1}")
                        .type())
                .isEqualTo(MessageType.QUERY_RESULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7F, 0x02, 0x03, 0x14, 0x26, 0x34, 0x43, 0x52, 0x00, 0xFF})
    void a_type_that_nobody_asks_is_an_error_and_the_connection_stays(int type) {
        client = FlydbClient.driver(server);
        client.send(type, 0, new byte[0]);

        assertError(client.receive(), 400, "08P01", "unknown message type");
        client.result("SELECT 1");
    }

    @Test
    void pipelined_frames_are_answered_in_their_order() {
        client = FlydbClient.driver(server);
        client.send(new MsgPing());
        client.send(new MsgQuery("SELECT count(*) FROM range(2000000)"));
        client.send(new MsgPing());
        client.send(new MsgQuery("SELECT 2"));

        assertThat(client.receive().type()).isEqualTo(MessageType.PONG);
        assertThat(client.receive().json().path("rows").toString()).isEqualTo("[[2000000]]");
        assertThat(client.receive().type()).isEqualTo(MessageType.PONG);
        assertThat(client.receive().json().path("rows").toString()).isEqualTo("[[2]]");
    }

    @Test
    void both_protocols_have_the_same_users() {
        client = FlydbClient.connect(server.flydbPort());

        assertThat(client.call(new MsgAuth(SkyportServer.READER, SkyportServer.READER_PASSWORD, null, false))
                        .message())
                .isEqualTo(new MsgAuthResult(true, "authenticated", "default", false));
        assertThat(client.call(MessageType.GET_SERVER_INFO, "")
                        .json()
                        .path("username")
                        .asText())
                .isEqualTo(SkyportServer.READER);
    }

    private void assertMessage(String sql, String message, long count) {
        JsonNode result = client.result(sql);
        assertThat(result.path("message").asText()).as(sql).isEqualTo(message);
        assertThat(result.path("row_count").asLong()).as(sql).isEqualTo(count);
        assertThat(result.has("columns")).isFalse();
    }

    static void assertError(Reply reply, int code, String sqlstate, String text) {
        assertThat(reply.type()).as(reply.toString()).isEqualTo(MessageType.ERROR);
        assertThat(reply.json().path("code").asInt()).as(reply.toString()).isEqualTo(code);
        assertThat(reply.json().path("sqlstate").asText()).as(reply.toString()).isEqualTo(sqlstate);
        assertThat(reply.json().path("message").asText()).contains(text);
    }
}
