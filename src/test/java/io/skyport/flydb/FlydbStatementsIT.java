package io.skyport.flydb;

import static io.skyport.flydb.FlydbIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient.Reply;
import io.skyport.flydb.message.Compression;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgBeginTx;
import io.skyport.flydb.message.MsgCommitTx;
import io.skyport.flydb.message.MsgCursorFetch;
import io.skyport.flydb.message.MsgCursorScroll;
import io.skyport.flydb.message.MsgDatabaseResult;
import io.skyport.flydb.message.MsgDeallocate;
import io.skyport.flydb.message.MsgGetDatabases;
import io.skyport.flydb.message.MsgGetOption;
import io.skyport.flydb.message.MsgPrepare;
import io.skyport.flydb.message.MsgPrepareResult;
import io.skyport.flydb.message.MsgRollbackTx;
import io.skyport.flydb.message.MsgSavepoint;
import io.skyport.flydb.message.MsgSetOption;
import io.skyport.flydb.message.MsgUseDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prepared statements, cursors, transactions, options, databases and metadata over the FlyDB wire. */
class FlydbStatementsIT {

    private static SkyportServer server;
    private FlydbClient client;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
        try (FlydbClient setup = FlydbClient.driver(server)) {
            setup.result("CREATE TABLE users (id INT PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE)");
            setup.result("INSERT INTO users SELECT n, 'user' || n, n || '@x' FROM range(1, 11) AS r (n)");
            setup.result("CREATE TABLE orders (order_no INT PRIMARY KEY, user_id INT REFERENCES users (id)"
                    + " ON DELETE CASCADE, price DECIMAL(10,2) DEFAULT 1.5)");
            setup.result("CREATE INDEX orders_user ON orders (user_id)");
            setup.result("CREATE VIEW names AS SELECT name FROM users");
            setup.result("CREATE DATABASE production");
            setup.result("CREATE DATABASE prod_backup");
            setup.result("CREATE DATABASE other");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        client = FlydbClient.driver(server);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void a_statement_is_prepared_executed_and_forgotten_by_its_name() {
        assertThat(client.call(new MsgPrepare("get_user", "SELECT name FROM users WHERE id = $1"))
                        .message())
                .isEqualTo(new MsgPrepareResult(true, "get_user", 1, List.of("INTEGER")));
        assertThat(execute("get_user", "[3]").path("rows").toString()).isEqualTo("[[\"user3\"]]");
        assertThat(execute("get_user", "[4]").path("rows").toString()).isEqualTo("[[\"user4\"]]");
        assertError(execution("get_user", "[]"), 400, "07001", "expected 1, got 0");
        assertError(execution("get_user", "[1,2]"), 400, "07001", "expected 1, got 2");
        assertError(client.call(new MsgPrepare("get_user", "SELECT 1")), 500, "42P05", "already exists");
        JsonNode forgotten = client.call(new MsgDeallocate("get_user")).json();
        assertThat(forgotten.path("message").asText()).isEqualTo("DEALLOCATE OK");
        assertThat(forgotten.path("row_count").toString()).isEqualTo("0");
        assertError(execution("get_user", "[1]"), 404, "26000", "not found");
        assertError(client.call(new MsgDeallocate("get_user")), 404, "26000", "not found");
    }

    @Test
    void a_prepared_statement_may_have_no_name_and_is_the_clients_own() {
        client.call(new MsgPrepare("", "SELECT 7"));
        try (FlydbClient other = FlydbClient.driver(server)) {
            assertError(other.call(MessageType.EXECUTE, "{}"), 404, "26000", "not found");
        }
        assertThat(client.call(MessageType.EXECUTE, "{}").json().path("rows").toString())
                .isEqualTo("[[7]]");
    }

    @Test
    void a_statement_that_was_prepared_by_a_message_or_by_sql_has_the_same_name_in_both() {
        client.call(new MsgPrepare("By_message", "SELECT $1 + 1 AS n"));
        assertThat(client.result("EXECUTE by_message(4)").path("rows")).hasToString("[[5]]");
        assertThat(client.result("EXECUTE by_message USING 5").path("rows")).hasToString("[[6]]");
        assertError(client.query("PREPARE by_message AS SELECT 1"), 500, "42P05", "already");
        client.result("DEALLOCATE by_message");
        assertError(execution("By_message", "[1]"), 404, "26000", "not found");

        client.result("PREPARE by_sql AS SELECT name FROM users WHERE id = $1");
        client.result("PREPARE typed (INT) AS SELECT $1 AS n");
        assertThat(execute("BY_SQL", "[2]").path("rows")).hasToString("[[\"user2\"]]");
        assertThat(execute("typed", "[7]").path("rows")).hasToString("[[7]]");
        assertError(execution("typed", "[]"), 400, "07001", "expected 1, got 0");
        assertError(client.call(new MsgPrepare("by_sql", "SELECT 1")), 500, "42P05", "already");
        client.call(new MsgDeallocate("by_sql"));
        assertError(client.query("EXECUTE by_sql(1)"), 404, "26000", "by_sql");
    }

    @Test
    void what_is_no_query_can_be_prepared_too() {
        client.result("CREATE OR REPLACE TABLE counted (a INT)");
        client.call(new MsgPrepare("begin", "BEGIN"));
        client.call(new MsgPrepare("add", "INSERT INTO counted VALUES ($1)"));
        client.call(new MsgPrepare("more", "CREATE TABLE IF NOT EXISTS more_of_it (a INT)"));
        execute("begin", "[]");
        assertThat(execute("add", "[1]").path("message").asText()).isEqualTo("INSERT 1");
        client.call(new MsgRollbackTx());
        assertThat(execute("more", "[]").path("message").asText()).isEqualTo("CREATE TABLE OK");
        assertThat(client.result("SELECT * FROM counted").path("row_count")).hasToString("0");
    }

    @Test
    void sql_opens_reads_and_closes_cursors() {
        assertThat(client.result("DECLARE c SCROLL CURSOR FOR SELECT i FROM range(1, 9) AS r(i) ORDER BY i")
                        .path("message")
                        .asText())
                .isEqualTo("DECLARE CURSOR OK");
        assertThat(client.result("FETCH 2 FROM c").path("rows").toString()).isEqualTo("[[1],[2]]");
        JsonNode moved = client.result("MOVE 3 IN c");
        assertThat(moved.path("message").asText()).isEqualTo("MOVE 3");
        assertThat(moved.path("row_count").asLong()).isEqualTo(3);
        assertThat(client.result("FETCH LAST FROM c").path("rows").toString()).isEqualTo("[[8]]");
        assertThat(client.result("FETCH FIRST FROM c; FETCH 2 FROM c")
                        .path("rows")
                        .toString())
                .isEqualTo("[[2],[3]]");
        assertThat(client.result("CLOSE c").path("message").asText()).isEqualTo("CLOSE CURSOR OK");
    }

    @Test
    void what_cannot_be_prepared_is_refused_at_once() {
        assertError(client.call(new MsgPrepare("p", "SELEC 1")), 400, "42601", "");
        assertError(client.call(new MsgPrepare("p", "SELECT * FROM missing")), 500, "42P01", "missing");
        assertError(execution("p", "[]"), 404, "26000", "not found");
    }

    @Test
    void parameters_of_all_kinds_keep_their_values_exactly() {
        client.result("CREATE OR REPLACE TABLE kept (n INT, big BIGINT, t TEXT, d DECIMAL(20,4), b BOOLEAN, x DOUBLE,"
                + " day DATE, at TIMESTAMP, bytes BLOB, huge DECIMAL(38,0), clock TIME, list INT[])");
        client.call(
                new MsgPrepare("fill", "INSERT INTO kept VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"));

        JsonNode filled = execute(
                "fill",
                "[1000000, 9007199254740993, \"it's\", 2.5, true, 2.5, \"2020-02-29\", \"2020-01-02T03:04:05.123456Z\","
                        + " \"AP/+\", 12345678901234567890123456789012345678, \"23:59:59.5\", [1, null, 3]]");
        execute("fill", "[null,null,null,null,null,null,null,null,null,null,null,null]");
        execute(
                "fill",
                "[-1, -9007199254740993, \"\", \"-0.0001\", false, 1e-300, \"1999-12-31\","
                        + " \"2020-01-02 03:04:05+02:00\", \"\", -1, \"00:00:00\", []]");

        assertThat(filled.path("message").asText()).isEqualTo("INSERT 1");
        JsonNode rows =
                client.result("SELECT * FROM kept ORDER BY n NULLS LAST").path("rows");
        assertThat(rows.get(1).toString())
                .isEqualTo("[1000000,9007199254740993,\"it's\",\"2.5000\",true,2.5,\"2020-02-29\","
                        + "\"2020-01-02T03:04:05.123456Z\",\"AP/+\",\"12345678901234567890123456789012345678\","
                        + "\"23:59:59.5\",\"[1,null,3]\"]");
        assertThat(rows.get(2).toString()).isEqualTo("[null,null,null,null,null,null,null,null,null,null,null,null]");
        assertThat(rows.get(0).toString())
                .isEqualTo("[-1,-9007199254740993,\"\",\"-0.0001\",false,1.0E-300,\"1999-12-31\","
                        + "\"2020-01-02T01:04:05Z\",\"\",\"-1\",\"00:00:00\",\"[]\"]");
        client.call(new MsgPrepare("find", "SELECT count(*) FROM kept WHERE day = $1 AND at < $2 AND d = $3"));
        assertThat(execute("find", "[\"2020-02-29\", \"2021-01-01\", \"2.5\"]")
                        .path("rows")
                        .toString())
                .isEqualTo("[[1]]");
    }

    @Test
    void a_parameter_that_is_no_value_of_its_type_is_refused() {
        client.call(new MsgPrepare("n", "SELECT * FROM users WHERE id = $1"));

        assertError(execution("n", "[3000000000]"), 500, "22003", "$1");
        assertError(execution("n", "[1.5]"), 500, "22023", "$1");
        assertThat(execution("n", "[\"x\"]").type()).isEqualTo(MessageType.ERROR);
        assertThat(execute("n", "[1]").path("row_count").asInt()).isEqualTo(1);
    }

    @Test
    void a_cursor_scrolls_over_a_result() {
        JsonNode opened = client.call(
                        MessageType.CURSOR_OPEN,
                        "{\"query\":\"SELECT id, name FROM users WHERE id <= $1 ORDER BY id\",\"cursor_type\":1,"
                                + "\"concurrency\":0,\"fetch_size\":100,\"parameters\":[6]}")
                .json();
        String id = opened.path("cursor_id").asText();

        assertThat(opened.path("success").asBoolean()).isTrue();
        assertThat(opened.path("columns").get(1).path("name").asText()).isEqualTo("name");
        assertThat(opened.has("rows")).isFalse();
        assertPage(fetch(id, 0, 0, 2), "[[1,\"user1\"],[2,\"user2\"]]", true, 1, 6);
        assertPage(fetch(id, 0, 0, 2), "[[3,\"user3\"],[4,\"user4\"]]", true, 3, 6);
        assertPage(fetch(id, 1, 0, 2), "[[1,\"user1\"],[2,\"user2\"]]", false, 1, 6);
        assertPage(fetch(id, 3, 0, 1), "[[6,\"user6\"]]", false, 6, 6);
        assertPage(fetch(id, 2, 0, 1), "[[1,\"user1\"]]", true, 1, 6);
        assertPage(fetch(id, 4, 5, 1), "[[5,\"user5\"]]", true, 5, 6);
        assertPage(fetch(id, 5, -1, 1), "[[4,\"user4\"]]", true, 4, 6);
        assertPage(fetch(id, 5, 10, 1), "[]", false, 7, 6);
        assertPage(fetch(id, 2, 0, 0), null, false, 1, 6);
        JsonNode closed = client.call(MessageType.CURSOR_CLOSE, "{\"cursor_id\":\"" + id + "\"}")
                .json();
        assertThat(closed.path("message").asText()).isEqualTo("cursor closed");
        assertError(client.call(new MsgCursorFetch(id, 0, 0, 1)), 404, "34000", "cursor");
    }

    @Test
    void scroll_moves_a_cursor_and_gives_no_rows() {
        String id = open("SELECT id FROM users ORDER BY id", 2);

        JsonNode moved = client.call(new MsgCursorScroll(id, 4, 7)).json();

        assertThat(moved.path("position").asInt()).isEqualTo(7);
        assertThat(moved.has("rows")).isFalse();
        assertPage(fetch(id, 0, 0, 1), "[[8]]", true, 8, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void a_forward_only_cursor_goes_forward_only(int direction) {
        String id = open("SELECT id FROM users ORDER BY id", 0);

        assertError(client.call(new MsgCursorFetch(id, direction, 1, 1)), 400, "24000", "forward-only");
        assertThat(fetch(id, 0, 0, 3).path("rows").toString()).isEqualTo("[[1],[2],[3]]");
    }

    @Test
    void a_cursor_that_cannot_be_opened_is_refused() {
        assertError(client.call(MessageType.CURSOR_OPEN, "{\"query\":\"DELETE FROM users\"}"), 501, "0A000", "query");
        assertError(
                client.call(MessageType.CURSOR_OPEN, "{\"query\":\"SELECT 1\",\"concurrency\":1}"),
                501,
                "0A000",
                "lock");
        assertError(client.call(new MsgCursorFetch("cur_nothing", 0, 0, 1)), 404, "34000", "cur_nothing");
        assertError(client.call(new MsgCursorScroll("cur_nothing", 0, 0)), 404, "34000", "cur_nothing");
    }

    @Test
    void a_transaction_of_frames_and_one_of_sql_are_the_same() {
        client.result("CREATE OR REPLACE TABLE tx (a INT)");
        JsonNode begun = client.call(new MsgBeginTx(1, false, false)).json();
        client.result("INSERT INTO tx VALUES (1)");
        JsonNode marked = client.call(new MsgSavepoint("Here", false)).json();
        client.result("INSERT INTO tx VALUES (2)");
        client.result("ROLLBACK TO SAVEPOINT \"Here\"");
        assertError(client.query("BEGIN"), 400, "25001", "already");
        assertError(client.call(new MsgBeginTx(null, null, false)), 400, "25001", "already");
        JsonNode committed = client.call(new MsgCommitTx()).json();

        assertThat(begun.path("message").asText()).isEqualTo("transaction started");
        assertThat(begun.path("transaction_id").asText())
                .isNotEmpty()
                .isEqualTo(marked.path("transaction_id").asText())
                .isEqualTo(committed.path("transaction_id").asText());
        assertThat(committed.path("message").asText()).isEqualTo("transaction committed");
        assertThat(client.result("SELECT * FROM tx").path("rows").toString()).isEqualTo("[[1]]");
        client.result("BEGIN");
        client.result("DELETE FROM tx");
        assertThat(client.call(new MsgRollbackTx()).json().path("message").asText())
                .isEqualTo("transaction rolled back");
        assertThat(client.result("SELECT * FROM tx").path("row_count").asInt()).isEqualTo(1);
    }

    @Test
    void a_savepoint_can_be_released_and_an_unknown_one_is_refused() {
        assertError(client.call(new MsgSavepoint("a", false)), 400, "25P01", "no active transaction");
        client.result("BEGIN");
        client.call(new MsgSavepoint("a", false));
        assertThat(client.call(new MsgSavepoint("a", true))
                        .json()
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertError(client.call(new MsgSavepoint("b", true)), 404, "3B001", "b");
    }

    @Test
    void a_read_only_transaction_refuses_to_write_and_ends_once() {
        client.call(new MsgBeginTx(2, true, false));

        assertError(client.query("DELETE FROM users"), 400, "25006", "read-only");
        assertThat(client.call(new MsgRollbackTx()).type()).isEqualTo(MessageType.TX_RESULT);
        assertError(client.call(new MsgCommitTx()), 400, "25P01", "no active transaction");
        assertError(client.call(new MsgRollbackTx()), 400, "25P01", "no active transaction");
    }

    @Test
    void an_option_is_set_read_and_of_its_type() {
        assertThat(option("auto_commit")).isEqualTo("true");
        assertThat(set("auto_commit", false).toString())
                .isEqualTo("{\"success\":true,\"option\":\"auto_commit\",\"value\":false,\"message\":\"option set\"}");
        assertThat(option("auto_commit")).isEqualTo("false");
        assertThat(set("auto_commit", "no").path("sqlstate").asText()).isEqualTo("22023");
        assertThat(option("auto_commit")).isEqualTo("false");
        assertThat(set("isolation_level", 3L).path("success").asBoolean()).isTrue();
        assertThat(option("isolation_level")).isEqualTo("3");
        for (Object wrong : new Object[] {4L, -1L, "3", true, List.of()}) {
            assertThat(set("isolation_level", wrong).path("success").asBoolean())
                    .as(wrong.toString())
                    .isFalse();
        }
        set("query_timeout", 30L);
        set("fetch_size", 50L);
        set("read_only", true);
        assertThat(List.of(
                        option("isolation_level"), option("query_timeout"), option("fetch_size"), option("read_only")))
                .containsExactly("3", "30", "50", "true");
        assertThat(set("read_only", null).path("success").asBoolean()).isTrue();
        assertThat(option("read_only")).isEqualTo("false");
        assertThat(option("username")).isEqualTo("\"alice\"");
        assertThat(set("username", "bob").path("success").asBoolean()).isFalse();
        assertThat(set("no_such_option", 1L).path("success").asBoolean()).isFalse();
        assertThat(client.call(new MsgGetOption("no_such_option"))
                        .json()
                        .path("sqlstate")
                        .asText())
                .isEqualTo("42704");
    }

    @Test
    void without_auto_commit_a_statement_opens_a_transaction() {
        client.result("CREATE OR REPLACE TABLE ac (a INT)");
        set("auto_commit", false);
        client.result("INSERT INTO ac VALUES (1)");
        try (FlydbClient other = FlydbClient.driver(server)) {
            assertThat(other.result("SELECT * FROM ac").path("row_count").asInt())
                    .isZero();
            assertThat(client.call(new MsgCommitTx()).json().path("success").asBoolean())
                    .isTrue();
            assertThat(other.result("SELECT * FROM ac").path("row_count").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void the_server_says_what_it_is() {
        JsonNode info = client.call(MessageType.GET_SERVER_INFO, "").json();

        assertThat(info.path("server_version").asText()).isNotEmpty();
        assertThat(info.path("protocol_version").toString()).isEqualTo("1");
        assertThat(info.path("database").asText()).isEqualTo("default");
        assertThat(info.path("max_statement_length").asInt()).isEqualTo(16_777_216);
        assertThat(info.path("max_statement_len").asInt()).isEqualTo(16_777_216);
        assertThat(info.path("capabilities").toString())
                .startsWith("[\"sql\",\"prepared_statements\",\"transactions\",\"cursors\"");
    }

    @Test
    void databases_are_used_and_listed() {
        assertThat(client.call(new MsgUseDatabase("production")).message())
                .isEqualTo(new MsgDatabaseResult(true, "production", List.of(), "database changed", null));
        client.result("CREATE TABLE IF NOT EXISTS only_here (a INT)");
        client.result("SELECT * FROM only_here");
        assertThat(client.call(new MsgUseDatabase("missing")).message())
                .isEqualTo(new MsgDatabaseResult(false, null, List.of(), "database 'missing' does not exist", "3D000"));
        client.result("SELECT * FROM only_here");
        assertThat(client.call(new MsgUseDatabase("")).json().path("database").asText())
                .isEqualTo("default");
        assertError(client.query("SELECT * FROM only_here"), 500, "42P01", "only_here");
        assertThat(databases("prod%")).isEqualTo("[\"prod_backup\",\"production\"]");
        assertThat(databases("%TH%")).isEqualTo("[\"other\"]");
        assertThat(databases("OTHER")).isEqualTo("[\"other\"]");
        assertThat(databases("prod_____p")).isEmpty();
        assertThat(databases("")).contains("default", "other", "production");
    }

    @Test
    void tables_are_listed_wherever_drivers_think_they_are() {
        JsonNode guide = metadata(
                MessageType.GET_TABLES,
                "{\"catalog\":\"main\",\"schema\":\"public\",\"table_name\":\"%\",\"table_types\":[\"TABLE\",\"VIEW\"]}");
        JsonNode all = metadata(MessageType.GET_TABLES, "");

        assertThat(guide.path("rows").findValuesAsText("table_name")).contains("names", "orders", "users");
        assertThat(guide.path("rows").get(0).path("table_schem").asText()).isEqualTo("public");
        assertThat(all.path("rows").get(0).path("table_schem").asText()).isEqualTo("main");
        assertThat(all.path("row_count").asInt()).isEqualTo(all.path("rows").size());
        assertThat(names(metadata(MessageType.GET_TABLES, "{\"table_types\":[\"VIEW\"]}")))
                .containsExactly("names");
        assertThat(names(metadata(MessageType.GET_TABLES, "{\"table_name\":\"O%R%\"}")))
                .containsExactly("orders");
        assertThat(names(metadata(MessageType.GET_TABLES, "{\"catalog\":\"other\"}")))
                .isEmpty();
    }

    @Test
    void columns_keys_and_indexes_are_listed() {
        JsonNode columns = metadata(MessageType.GET_COLUMNS, "{\"table_name\":\"u%\",\"column_name\":\"n%\"}");
        assertThat(columns.path("rows")).hasSize(1);
        assertThat(columns.path("rows").get(0).path("type_name").asText()).isEqualTo("VARCHAR");
        assertThat(columns.path("rows").get(0).path("data_type").asInt()).isEqualTo(12);
        assertThat(columns.path("rows").get(0).path("is_nullable").asText()).isEqualTo("NO");
        assertThat(columns.path("rows").get(0).path("ordinal_position").asInt()).isEqualTo(2);
        assertThat(columns.path("columns")).hasSize(20);

        JsonNode key = metadata(MessageType.GET_PRIMARY_KEYS, "{\"table_name\":\"users\"}")
                .path("rows");
        assertThat(key).hasSize(1);
        assertThat(key.get(0).path("column_name").asText()).isEqualTo("id");
        assertThat(key.get(0).path("key_seq").asInt()).isEqualTo(1);
        assertThat(key.get(0).path("pk_name").asText()).isNotEmpty();

        JsonNode foreign = metadata(MessageType.GET_FOREIGN_KEYS, "{\"table_name\":\"orders\"}")
                .path("rows");
        assertThat(foreign).hasSize(1);
        assertThat(foreign.get(0).path("pk_table").asText()).isEqualTo("users");
        assertThat(foreign.get(0).path("pkcolumn_name").asText()).isEqualTo("id");
        assertThat(foreign.get(0).path("fk_column").asText()).isEqualTo("user_id");
        assertThat(foreign.get(0).path("delete_rule").asInt()).isZero();
        assertThat(foreign.get(0).path("update_rule").asInt()).isEqualTo(3);

        JsonNode indexes =
                metadata(MessageType.GET_INDEXES, "{\"table_name\":\"orders\"}").path("rows");
        assertThat(indexes.findValuesAsText("index_name")).contains("orders_user");
        assertThat(metadata(MessageType.GET_INDEXES, "{\"table_name\":\"orders\",\"unique\":true}")
                        .path("rows")
                        .findValuesAsText("non_unique"))
                .containsOnly("false");
        for (MessageType type : List.of(
                MessageType.GET_COLUMNS,
                MessageType.GET_PRIMARY_KEYS,
                MessageType.GET_FOREIGN_KEYS,
                MessageType.GET_INDEXES)) {
            JsonNode none = metadata(type, "{\"table_name\":\"nothing\"}");
            assertThat(none.path("success").asBoolean()).isTrue();
            assertThat(none.path("row_count").asInt()).isZero();
        }
    }

    @Test
    void the_guides_types_are_listed_in_its_order() {
        JsonNode rows = metadata(MessageType.GET_TYPE_INFO, "{}").path("rows");

        assertThat(rows).hasSize(12);
        assertThat(rows.get(0).toString())
                .isEqualTo("{\"type_name\":\"INTEGER\",\"data_type\":4,\"precision\":10,\"literal_prefix\":null,"
                        + "\"literal_suffix\":null,\"create_params\":null,\"nullable\":1,\"case_sensitive\":false,"
                        + "\"searchable\":3,\"unsigned_attribute\":false,\"fixed_prec_scale\":false,"
                        + "\"auto_unique_value\":false,\"local_type_name\":\"INTEGER\",\"minimum_scale\":0,"
                        + "\"maximum_scale\":0,\"sql_data_type\":4,\"sql_datetime_sub\":null,\"num_prec_radix\":10}");
        assertThat(rows.get(11).path("type_name").asText()).isEqualTo("BLOB");
        assertThat(rows.get(11).path("data_type").asInt()).isEqualTo(-4);
        assertThat(rows.get(10).path("sql_data_type").asInt()).isEqualTo(9);
        assertThat(metadata(MessageType.GET_TYPE_INFO, "{\"data_type\":-7}")
                        .path("rows")
                        .findValuesAsText("type_name"))
                .containsExactly("BOOLEAN");
    }

    @Test
    void metadata_comes_in_arrays_if_asked_for_and_on_consoles() {
        set("metadata_format", "array");
        String arrays = metadata(MessageType.GET_PRIMARY_KEYS, "{\"table_name\":\"users\"}")
                .path("rows")
                .toString();
        try (FlydbClient console = FlydbClient.console(server)) {
            assertThat(console.call(MessageType.GET_PRIMARY_KEYS, "{\"table_name\":\"users\"}")
                            .json()
                            .path("rows")
                            .toString())
                    .isEqualTo(arrays)
                    .startsWith("[[\"default\",\"main\",\"users\",\"id\",1,");
        }
    }

    @Test
    void compressed_requests_are_read_and_replies_are_compressed_if_asked_for() {
        byte[] query = compressed("{\"query\":\"SELECT repeat('x', 10000) AS x\"}");
        client.send(MessageType.QUERY.code(), FrameHeader.COMPRESSED, query);
        Reply plain = client.receive();
        set("compression", "zlib");
        client.send(MessageType.QUERY.code(), FrameHeader.COMPRESSED, query);
        Reply packed = client.receive();

        assertThat(plain.header().flags()).isZero();
        assertThat(packed.header().flags()).isEqualTo(FrameHeader.COMPRESSED);
        assertThat(packed.payload().length).isLessThan(1000);
        assertThat(packed.json()).isEqualTo(plain.json());
        assertThat(option("compression")).isEqualTo("\"zlib\"");
        assertThat(set("compression", "lz4").path("success").asBoolean()).isFalse();
    }

    @Test
    void what_is_not_compressed_as_it_says_or_encrypted_is_refused() {
        byte[] query = "{\"query\":\"SELECT 1\"}".getBytes(StandardCharsets.UTF_8);
        client.send(MessageType.QUERY.code(), FrameHeader.COMPRESSED, query);
        assertError(client.receive(), 400, "08P01", "zlib");
        client.send(MessageType.QUERY.code(), FrameHeader.ENCRYPTED, query);
        assertError(client.receive(), 400, "08P01", "encrypted");
        client.send(MessageType.QUERY.code(), FrameHeader.COMPRESSED, compressed(" ".repeat(20_000_000) + "{}"));
        assertError(client.receive(), 400, "08P01", "more than 16777216");
        client.send(MessageType.QUERY.code(), 0x80, query);
        assertThat(client.receive().type()).isEqualTo(MessageType.QUERY_RESULT);
    }

    @Test
    void a_result_that_no_frame_holds_is_an_error_that_names_cursors() {
        assertError(client.query("SELECT repeat('x', 1000) FROM range(20000)"), 400, "54000", "cursor");
        assertThat(client.result("SELECT repeat('x', 1000) AS x FROM range(16000)")
                        .path("rows"))
                .hasSize(16_000);
        String id = open("SELECT n FROM range(3000000) AS r (n)", 0);
        List<Integer> sizes = new ArrayList<>();
        JsonNode page;
        do {
            page = fetch(id, 0, 0, 1_000_000);
            sizes.add(page.path("row_count").asInt());
        } while (page.path("has_more_rows").asBoolean());
        assertThat(sizes).startsWith(1_000_000, 1_000_000, 1_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void a_page_has_as_many_rows_as_a_frame_holds_and_the_next_one_begins_behind_them(int type) {
        String id = open("SELECT n, repeat('x', 1000) AS x FROM range(40000) AS r (n) ORDER BY n", type);
        List<Integer> sizes = new ArrayList<>();
        int next = 0;
        JsonNode page;
        do {
            page = fetch(id, 0, 0, 100_000);
            assertThat(page.path("position").asInt()).isEqualTo(next + 1);
            for (JsonNode row : page.path("rows")) {
                assertThat(row.get(0).asInt()).isEqualTo(next++);
            }
            sizes.add(page.path("row_count").asInt());
        } while (page.path("has_more_rows").asBoolean());

        assertThat(next).isEqualTo(40_000);
        assertThat(sizes).hasSize(3).allMatch(size -> size <= 16_700);
        assertThat(sizes.get(0)).isGreaterThan(16_000);
    }

    @Test
    void a_row_that_no_frame_holds_is_an_error_and_the_cursor_stays_where_it_is() {
        String sql =
                "SELECT repeat('x', CASE n WHEN 2 THEN 17000000 ELSE 9 END) AS x FROM range(4) AS r (n) ORDER BY n";
        String forward = open(sql, 0);
        assertThat(fetch(forward, 0, 0, 9).path("row_count").asInt()).isEqualTo(2);
        assertError(client.call(new MsgCursorFetch(forward, 0, 0, 9)), 400, "54000", "row");
        assertError(client.call(new MsgCursorFetch(forward, 0, 0, 1)), 400, "54000", "row");

        String scrolled = open(sql, 1);
        assertThat(fetch(scrolled, 4, 2, 9).path("row_count").asInt()).isEqualTo(1);
        assertError(client.call(new MsgCursorFetch(scrolled, 0, 0, 9)), 400, "54000", "row");
        assertPage(fetch(scrolled, 5, 2, 9), "[[\"xxxxxxxxx\"]]", false, 4, 4);
        assertError(client.call(new MsgCursorFetch(scrolled, 1, 0, 3)), 400, "54000", "fetch fewer");
        assertPage(fetch(scrolled, 5, 0, 1), "[[\"xxxxxxxxx\"]]", false, 4, 4);
    }

    @Test
    void a_dump_writes_a_table_and_reads_it_into_another_database() {
        try (FlydbClient console = FlydbClient.console(server)) {
            console.result("CREATE TABLE dumped (id SERIAL PRIMARY KEY, photo BLOB, price MONEY, data JSONB)");
            console.result(
                    "INSERT INTO dumped (photo, price, data) VALUES ('SGVsbG8=', '$1,234.50', '{\"a\": [1, 2]}')");
            String definition =
                    console.result("SHOW CREATE TABLE dumped").path("message").asText();
            assertThat(definition).startsWith("CREATE TABLE dumped(").endsWith(")");
            JsonNode rows = console.result("SELECT * FROM dumped").path("rows");
            assertThat(rows).hasToString("[[1,\"SGVsbG8=\",\"1234.50\",\"{\\\"a\\\": [1, 2]}\"]]");

            console.result("CREATE DATABASE copied");
            console.result("USE copied");
            console.result(definition);
            console.result("INSERT INTO dumped VALUES (1, 'SGVsbG8=', '1234.50', '{\"a\": [1, 2]}')");
            assertThat(console.result("SELECT * FROM dumped").path("rows")).isEqualTo(rows);
            console.result("INSERT INTO dumped (price) VALUES (1)");
            assertThat(console.result("SELECT max(id) FROM dumped").path("rows"))
                    .hasToString("[[2]]");

            assertThat(console.result("DROP DATABASE IF EXISTS nosuch")
                            .path("message")
                            .asText())
                    .isEqualTo("DROP DATABASE OK");
            console.result("USE default");
            console.result("DROP DATABASE copied");
            console.result("DROP TABLE dumped");
        }
    }

    @Test
    void consoles_read_what_is_inspected_as_lines() {
        try (FlydbClient console = FlydbClient.console(server)) {
            assertThat(console.result("INSPECT SERVER").path("message").asText().lines())
                    .contains("Server: Skyport", "Status: running")
                    .allMatch(line -> line.contains(": "));
            console.result("CREATE TABLE seen (id INT PRIMARY KEY, name TEXT)");
            assertThat(console.result("INSPECT TABLE seen")
                            .path("message")
                            .asText()
                            .lines())
                    .startsWith("Table: seen", "Columns:", "  1. id (INTEGER) [PRIMARY KEY]", "  2. name (VARCHAR)");
            assertThat(console.result("INSPECT TABLES").path("message").asText().lines())
                    .startsWith("table_name, type, columns, rows, indexes, size, created_at, modified_at")
                    .contains("seen, BASE TABLE, 2, 0, 0, 0 B, -, -");
            assertThat(console.result("INSPECT USERS").path("message").asText())
                    .startsWith("username, role, created_at, last_login\n");
            console.result("DROP TABLE seen");
        }
    }

    @Test
    void a_text_that_is_too_long_for_a_console_is_left_out() {
        try (FlydbClient console = FlydbClient.console(server)) {
            JsonNode result = console.result("SELECT repeat('x', 1000) AS x FROM range(2000)");

            assertThat(result.path("message").asText()).isEqualTo("SELECT 2000");
            assertThat(result.path("rows")).hasSize(2000);
        }
    }

    @Test
    void words_that_tools_take_for_a_lost_network_are_not_what_consoles_read() {
        try (FlydbClient console = FlydbClient.console(server)) {
            JsonNode error =
                    console.query("SELECT * FROM \"connection timeout EOF\"").json();

            assertThat(error.path("message").asText())
                    .doesNotContain("connection")
                    .doesNotContain("timeout")
                    .doesNotContain("EOF");
        }
        assertThat(client.query("SELECT * FROM \"connection timeout EOF\"")
                        .json()
                        .path("message")
                        .asText())
                .contains("connection timeout EOF");
    }

    private Reply execution(String name, String params) {
        return client.call(MessageType.EXECUTE, "{\"name\":\"" + name + "\",\"params\":" + params + "}");
    }

    private JsonNode execute(String name, String params) {
        Reply reply = execution(name, params);
        assertThat(reply.type()).as(reply.toString()).isEqualTo(MessageType.QUERY_RESULT);
        return reply.json();
    }

    private String open(String sql, int type) {
        Reply reply = client.call(MessageType.CURSOR_OPEN, "{\"query\":\"" + sql + "\",\"cursor_type\":" + type + "}");
        assertThat(reply.type()).as(reply.toString()).isEqualTo(MessageType.CURSOR_RESULT);
        return reply.json().path("cursor_id").asText();
    }

    private JsonNode fetch(String id, int direction, long offset, int count) {
        Reply reply = client.call(new MsgCursorFetch(id, direction, offset, count));
        assertThat(reply.type()).as(reply.toString()).isEqualTo(MessageType.CURSOR_RESULT);
        return reply.json();
    }

    private static void assertPage(JsonNode page, String rows, boolean more, long position, long total) {
        if (rows != null) {
            assertThat(page.path("rows").toString()).isEqualTo(rows);
        }
        assertThat(page.path("row_count").asInt()).isEqualTo(page.path("rows").size());
        assertThat(page.path("has_more_rows").asBoolean()).as(page.toString()).isEqualTo(more);
        assertThat(page.path("position").asLong()).as(page.toString()).isEqualTo(position);
        assertThat(page.path("total_rows").asLong()).isEqualTo(total);
    }

    private JsonNode set(String option, Object value) {
        return client.call(new MsgSetOption(option, value)).json();
    }

    private String option(String name) {
        return client.call(new MsgGetOption(name)).json().path("value").toString();
    }

    private String databases(String pattern) {
        return client.call(new MsgGetDatabases(pattern))
                .json()
                .path("databases")
                .toString();
    }

    private JsonNode metadata(MessageType type, String payload) {
        Reply reply = client.call(type, payload);
        assertThat(reply.type()).as(reply.toString()).isEqualTo(MessageType.METADATA_RESULT);
        return reply.json();
    }

    private static List<String> names(JsonNode result) {
        return result.path("rows").findValuesAsText("table_name");
    }

    private static byte[] compressed(String payload) {
        ByteBuf out = Unpooled.buffer();
        Compression.deflate(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8), out);
        return ByteBufUtil.getBytes(out);
    }
}
