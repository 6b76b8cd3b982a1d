package io.skyport.flydb;

import static io.skyport.flydb.FlydbIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
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
