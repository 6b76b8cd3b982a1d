package io.skyport.flydb;

import static io.skyport.flydb.FlydbIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgPing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What FlyDB's own shell, dump and Python driver send, and what they make of the answers. */
class FlydbToolsIT {

    private static SkyportServer server;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Ping, Auth with the database, SHOW TABLES, SHOW CREATE TABLE, SELECT; into another database, statement by statement. */
    @Test
    void what_dump_writes_it_reads_again() {
        try (FlydbClient setup = FlydbClient.driver(server)) {
            setup.result("CREATE TABLE parents (id INT PRIMARY KEY, name VARCHAR NOT NULL)");
            setup.result(
                    "CREATE TABLE toys (id BIGINT, parent INT REFERENCES parents (id), price DECIMAL(10,2), x DOUBLE,"
                            + " yes BOOLEAN, made TIMESTAMP, day DATE, picture BLOB, note TEXT)");
            setup.result("INSERT INTO parents VALUES (1, 'it''s, \"one\"'), (2, 'two')");
            setup.result(
                    "INSERT INTO toys VALUES (9007199254740991, 1, 2.50, 1234567.25, TRUE, '2020-01-02 03:04:05.25',"
                            + " '2020-02-29', 'AP/+', 'a, b'), (-1, NULL, NULL, 1e-300, FALSE, NULL, NULL, NULL, '')");
            setup.result("CREATE DATABASE restored");
        }
        List<String> dump = dump("default");
        try (FlydbClient restoring = dumpClient("restored")) {
            dump.forEach(restoring::result);
        }

        assertThat(dump).hasSize(6);
        assertThat(dump("restored")).isEqualTo(dump);
    }

    private static List<String> dump(String database) {
        List<String> dump = new ArrayList<>();
        try (FlydbClient client = dumpClient(database)) {
            List<String> tables = new ArrayList<>();
            client.result("SHOW TABLES")
                    .path("rows")
                    .forEach(row -> tables.add(row.get(0).asText()));
            tables.sort(null);
            tables.forEach(table -> dump.add(
                    client.result("SHOW CREATE TABLE " + table).path("message").asText() + ";"));
            tables.forEach(table -> dump.addAll(inserts(table, client.result("SELECT * FROM " + table))));
        }
        return dump;
    }

    private static List<String> inserts(String table, JsonNode result) {
        List<String> names = new ArrayList<>();
        result.path("columns").forEach(name -> names.add(name.asText()));
        List<String> inserts = new ArrayList<>();
        for (JsonNode row : result.path("rows")) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(literal(value)));
            inserts.add("INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES ("
                    + String.join(", ", values) + ");");
        }
        return inserts;
    }

    /** Every number goes through a 64-bit floating-point number there. */
    private static String literal(JsonNode value) {
        if (value.isTextual()) {
            return "'" + value.asText().replace("'", "''") + "'";
        }
        if (value.isBoolean() || value.isNull()) {
            return value.asText().toUpperCase(java.util.Locale.ROOT);
        }
        double number = value.asDouble();
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e18;
        return whole ? String.valueOf((long) number) : String.format("%.17g", number);
    }

    private static FlydbClient dumpClient(String database) {
        FlydbClient client = FlydbClient.connect(server.flydbPort());
        client.call(new MsgPing());
        client.call(new MsgAuth(SkyportServer.USER, SkyportServer.PASSWORD, database, false));
        return client;
    }

    /** It takes the last line for a count if it ends with "rows)", and the first one for names. */
    @Test
    void the_shell_draws_its_tables_from_the_text() {
        try (FlydbClient shell = FlydbClient.console(server)) {
            shell.result("CREATE TABLE users (id INT, name TEXT)");
            shell.result("INSERT INTO users VALUES (1, 'Alice')");
            assertThat(shell.result("SELECT name FROM users WHERE id = 1")
                            .path("message")
                            .asText())
                    .isEqualTo("name\nAlice\n(1 rows)");
            assertThat(shell.result(
                                    "SELECT 1 AS a, true AS b, NULL AS c, DATE '2020-01-02' AS d, 1.50 AS e, 'x\ny' AS f")
                            .path("message")
                            .asText())
                    .isEqualTo("a, b, c, d, e, f\n1, true, NULL, 2020-01-02, 1.50, x\\ny\n(1 rows)");
            assertThat(shell.result("USE default").path("message").asText()).isEqualTo("USE default OK");
            assertThat(shell.result("INSPECT TABLES").path("message").asText()).startsWith("table_name, type");
            assertError(shell.query("-- a comment"), 400, "42601", "");
            shell.result("DROP TABLE users");
        }
    }

    /** Lines of a statement are joined with blanks, its semicolon is cut off, and Go escapes what HTML could take for its own. */
    static void pipeIntoShell(FlydbClient shell, String table) {
        assertThat(shell.call(MessageType.PING, "").type()).isEqualTo(MessageType.PONG);
        String credentials =
                "{\"username\":\"" + SkyportServer.USER + "\",\"password\":\"" + SkyportServer.PASSWORD + "\"}";
        assertThat(shell.call(MessageType.AUTH, credentials).json().path("success"))
                .hasToString("true");
        assertThat(drawn(shell, "CREATE TABLE " + table + " (id INT, name TEXT)"))
                .isEqualTo("line");
        assertThat(drawn(shell, "INSERT INTO " + table + " VALUES (1, 'Ada'), (2, NULL), (30, 'it''s')"))
                .isEqualTo("3 rows affected");
        assertThat(drawn(shell, "SELECT id, name FROM " + table + " WHERE id \\u003c 10 ORDER BY id"))
                .isEqualTo("[id, name] [[1, Ada], [2, NULL]]");
        assertThat(drawn(shell, "INSPECT TABLES"))
                .startsWith("[table_name, type, columns, rows, indexes, size, created_at, modified_at] [[")
                .contains("[" + table + ", BASE TABLE, 2, 3, 0,");
        assertThat(drawn(shell, "USE default")).isEqualTo("line");
        assertThat(shell.call(MessageType.PING, "").payload()).isEmpty();
        assertThat(drawn(shell, "DROP TABLE " + table)).isEqualTo("line");
    }

    /** What the shell makes of a result's text in its format "table". */
    private static String drawn(FlydbClient shell, String sql) {
        String text = shell.call(MessageType.QUERY, "{\"query\":\"" + sql + "\"}")
                .json()
                .path("message")
                .asText();
        if (text.matches("(INSERT|UPDATE|DELETE) \\d+")) {
            return text.substring(text.indexOf(' ') + 1) + " rows affected";
        }
        if (!text.endsWith("rows)")) {
            return text.contains(", ") || text.contains("\n") || text.startsWith("ERROR") ? text : "line";
        }
        List<List<String>> lines =
                text.lines().map(line -> List.of(line.split(", "))).toList();
        return lines.get(0) + " " + lines.subList(1, lines.size() - 1);
    }

    @Test
    void the_shell_pipes_statements_and_draws_what_comes() {
        try (FlydbClient shell = FlydbClient.connect(server.flydbPort())) {
            pipeIntoShell(shell, "piped");
        }
    }

    /** Its tests: json.dumps puts blanks behind colons, and requests without fields have no payload at all. */
    @Test
    void what_the_tests_of_the_python_driver_send_is_answered_as_they_expect() {
        try (FlydbClient driver = FlydbClient.connect(server.flydbPort())) {
            String credentials =
                    "{\"username\": \"" + SkyportServer.USER + "\", \"password\": \"" + SkyportServer.PASSWORD + "\"}";
            assertThat(driver.call(MessageType.AUTH, credentials).json().path("success"))
                    .hasToString("true");
            assertThat(driver.call(MessageType.PING, "").type()).isEqualTo(MessageType.PONG);
            assertThat(driver.call(MessageType.GET_SERVER_INFO, "").json().has("server_version"))
                    .isTrue();
            assertThat(rowcount(driver, "CREATE TABLE basic (id INT, name TEXT, value INT)"))
                    .isZero();
            assertThat(rowcount(driver, "INSERT INTO basic VALUES (1, 'Alice', 100)"))
                    .isEqualTo(1);
            assertThat(rowcount(driver, "INSERT INTO basic VALUES (2, 'Bob', 200)"))
                    .isEqualTo(1);
            assertThat(rowcount(driver, "INSERT INTO basic VALUES (3, 'it''s', NULL)"))
                    .isEqualTo(1);
            assertThat(fetchall(driver, "SELECT * FROM basic WHERE name = 'Bob'"))
                    .isEqualTo("[\"id\",\"name\",\"value\"] [[2,\"Bob\",200]]");
            assertThat(rowcount(driver, "UPDATE basic SET value = 999 WHERE name = 'Alice'"))
                    .isEqualTo(1);
            assertThat(rowcount(driver, "DELETE FROM basic WHERE name = 'Bob'")).isEqualTo(1);
            assertThat(fetchall(driver, "SELECT * FROM basic ORDER BY id"))
                    .isEqualTo("[\"id\",\"name\",\"value\"] [[1,\"Alice\",999],[3,\"it's\",null]]");
            assertThat(fetchall(driver, "SELECT * FROM basic WHERE id > 9"))
                    .isEqualTo("[\"id\",\"name\",\"value\"] []");
            assertError(driver.query("DROP TABLE {TABLE_NAME}"), 400, "42601", "");
            assertThat(rowcount(driver, "DROP TABLE basic")).isZero();
        }
    }

    /** What it finds in the text counts, else the field. */
    private static long rowcount(FlydbClient driver, String sql) {
        JsonNode result = driver.result(sql);
        String text = result.path("message").asText();
        if (text.matches("(CREATE|DROP|ALTER) \\w+ OK")) {
            return 0;
        }
        return text.matches("(INSERT|UPDATE|DELETE) \\d+")
                ? Long.parseLong(text.substring(text.indexOf(' ') + 1))
                : result.path("row_count").asLong();
    }

    /** It takes what has two lines for the rows. */
    private static String fetchall(FlydbClient driver, String sql) {
        JsonNode result = driver.result(sql);
        assertThat(result.path("message").asText().lines()).hasSize(1);
        return result.path("columns") + " " + result.path("rows");
    }

    /** Its commit and rollback send nothing where no transaction was begun, and it never begins one. */
    @Test
    void what_a_driver_does_that_begins_no_transaction_is_there_for_all_at_once_and_stays() {
        try (FlydbClient other = FlydbClient.driver(server)) {
            try (FlydbClient driver = FlydbClient.driver(server)) {
                driver.result("CREATE TABLE committed (a INT)");
                driver.result("INSERT INTO committed VALUES (1)");
                assertThat(other.result("SELECT * FROM committed").path("row_count"))
                        .hasToString("1");
                driver.result("INSERT INTO committed VALUES (2)");
            }
            assertThat(other.result("SELECT * FROM committed").path("row_count"))
                    .hasToString("2");
            other.result("DROP TABLE committed");
        }
    }

    /** A text of two lines or more would be taken for the rows, and one of "INSERT n" for a count without columns. */
    @Test
    void the_python_driver_finds_no_rows_in_texts_for_drivers() {
        Pattern command = Pattern.compile("(INSERT|UPDATE|DELETE) \\d+|(CREATE|DROP|ALTER) \\w+ OK");
        try (FlydbClient driver = FlydbClient.driver(server)) {
            for (String sql : List.of(
                    "CREATE TABLE py (id INT)",
                    "INSERT INTO py VALUES (1), (2)",
                    "UPDATE py SET id = 3",
                    "DELETE FROM py",
                    "DROP TABLE py")) {
                assertThat(driver.result(sql).path("message").asText()).matches(command);
            }
            for (String sql :
                    List.of("SELECT 'a\nb' AS x", "SHOW TABLES", "EXPLAIN SELECT 1", "SELECT 1 WHERE false")) {
                assertThat(driver.result(sql).path("message").asText()).matches("SELECT \\d+");
            }
        }
    }
}
