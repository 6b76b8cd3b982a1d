package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements, prepared statements, batches, logins and failures by Arrow's JDBC driver. */
@ExtendWith(NothingHeld.class)
class JdbcIT {

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws SQLException {
        connection = Jdbc.connect();
        statement = connection.createStatement();
        statement.executeUpdate("CREATE SCHEMA IF NOT EXISTS jdbcit");
    }

    @AfterEach
    void disconnect() throws SQLException {
        statement.close();
        connection.close();
    }

    private String create(String name, String columns) throws SQLException {
        statement.executeUpdate("DROP TABLE IF EXISTS jdbcit." + name);
        statement.executeUpdate("CREATE TABLE jdbcit." + name + " (" + columns + ")");
        return "jdbcit." + name;
    }

    private long count(String table) throws SQLException {
        return (Long)
                Jdbc.query(connection, "SELECT count(*) FROM " + table).get(0).get(0);
    }

    @Test
    void a_query_gives_rows_and_their_metadata() throws SQLException {
        try (ResultSet results =
                statement.executeQuery("SELECT 1 AS id, 'one' AS name UNION ALL SELECT 2, NULL ORDER BY 1")) {
            ResultSetMetaData metadata = results.getMetaData();
            assertThat(Jdbc.labels(metadata)).containsExactly("id", "name");
            assertThat(metadata.getColumnType(1)).isEqualTo(Types.INTEGER);
            assertThat(metadata.getColumnTypeName(2)).isEqualTo("VARCHAR");

            assertThat(results.next()).isTrue();
            assertThat(results.getInt("id")).isEqualTo(1);
            assertThat(results.getString("name")).isEqualTo("one");
            assertThat(results.next()).isTrue();
            assertThat(results.getString(2)).isNull();
            assertThat(results.wasNull()).isTrue();
            assertThat(results.next()).isFalse();
        }
    }

    @Test
    void a_column_knows_its_table() throws SQLException {
        String table = create("known", "n DECIMAL(12, 3) NOT NULL, s VARCHAR");
        try (ResultSet results = statement.executeQuery("SELECT n, s, n + 1 AS m FROM " + table)) {
            ResultSetMetaData metadata = results.getMetaData();
            assertThat(metadata.getCatalogName(1)).isEqualTo("default");
            assertThat(metadata.getSchemaName(1)).isEqualTo("jdbcit");
            assertThat(metadata.getTableName(1)).isEqualTo("known");
            assertThat(metadata.getPrecision(1)).isEqualTo(12);
            assertThat(metadata.getScale(1)).isEqualTo(3);
            assertThat(metadata.isAutoIncrement(1)).isFalse();
            assertThat(metadata.isCaseSensitive(2)).isTrue();
            assertThat(metadata.isSearchable(1)).isTrue();
            assertThat(metadata.getColumnName(3)).isEqualTo("m");
            assertThat(metadata.getTableName(3)).isNullOrEmpty();
        }
    }

    @Test
    void an_empty_result_has_a_column_and_no_rows() throws SQLException {
        try (ResultSet results = statement.executeQuery("SELECT a FROM (VALUES (1)) AS t(a) WHERE a = 0")) {
            // The driver lists the columns of an empty result twice.
            assertThat(Jdbc.labels(results.getMetaData())).containsOnly("a");
            assertThat(results.next()).isFalse();
        }
    }

    @Test
    void a_large_result_is_read_to_its_end() throws SQLException {
        long sum = 0;
        try (ResultSet results = statement.executeQuery("SELECT i FROM range(200000) AS t(i)")) {
            while (results.next()) {
                sum += results.getLong(1);
            }
        }
        assertThat(sum).isEqualTo(199_999L * 100_000);
    }

    @Test
    void updates_answer_their_counts() throws SQLException {
        String table = create("updates", "i INTEGER");

        assertThat(statement.executeUpdate("INSERT INTO " + table + " VALUES (1), (2), (3)"))
                .isEqualTo(3);
        assertThat(statement.executeLargeUpdate("UPDATE " + table + " SET i = i * 2 WHERE i > 1"))
                .isEqualTo(2);
        assertThat(statement.execute("DELETE FROM " + table + " WHERE i = 1")).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(1);
        assertThat(statement.executeUpdate("DROP TABLE " + table)).isZero();
    }

    @Test
    void execute_tells_a_query_from_an_update() throws SQLException {
        assertThat(statement.execute("SELECT 1")).isTrue();
        assertThat(Jdbc.rows(statement.getResultSet())).containsExactly(List.of(1));
        assertThat(statement.execute("CREATE OR REPLACE VIEW jdbcit.ev AS SELECT 1 AS a"))
                .isFalse();
    }

    @Test
    void explain_and_show_are_queries() throws SQLException {
        assertThat(Jdbc.query(connection, "EXPLAIN SELECT 1")).isNotEmpty();
        assertThat(Jdbc.query(connection, "SHOW TABLES")).isNotNull();
    }

    @Test
    void a_prepared_query_runs_with_one_value_after_the_other() throws SQLException {
        String table = create("prepared", "i INTEGER, s VARCHAR");
        statement.executeUpdate("INSERT INTO " + table + " VALUES (1, 'one'), (2, 'two')");

        try (PreparedStatement prepared = connection.prepareStatement("SELECT s FROM " + table + " WHERE i = ?")) {
            assertThat(prepared.getParameterMetaData().getParameterCount()).isEqualTo(1);
            assertThat(prepared.getParameterMetaData().getParameterType(1)).isEqualTo(Types.INTEGER);
            assertThat(prepared.getMetaData().getColumnLabel(1)).isEqualTo("s");
            for (int i = 1; i <= 2; i++) {
                prepared.setInt(1, i);
                assertThat(Jdbc.rows(prepared.executeQuery())).containsExactly(List.of(i == 1 ? "one" : "two"));
            }
            prepared.setInt(1, 3);
            assertThat(Jdbc.rows(prepared.executeQuery())).isEmpty();
        }
    }

    @Test
    void a_prepared_update_runs_again_and_again() throws SQLException {
        String table = create("pupdate", "i INTEGER, s VARCHAR");

        try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
            for (int i = 0; i < 3; i++) {
                prepared.setInt(1, i);
                prepared.setString(2, "s" + i);
                assertThat(prepared.executeUpdate()).isEqualTo(1);
            }
        }
        assertThat(count(table)).isEqualTo(3);
    }

    @Test
    void a_prepared_insert_by_execute_runs_exactly_once() throws SQLException {
        // The driver sends this to GetFlightInfo.
        String table = create("pexecute", "i INTEGER");

        try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
            prepared.setInt(1, 7);
            prepared.execute();
        }
        assertThat(Jdbc.query(connection, "SELECT i FROM " + table)).containsExactly(List.of(7));
    }

    @Test
    void a_batch_of_rows_is_one_update() throws SQLException {
        String table = create("batch", "i INTEGER, s VARCHAR");

        try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
            for (int i = 0; i < 1000; i++) {
                prepared.setInt(1, i);
                if (i % 2 == 0) {
                    prepared.setNull(2, Types.VARCHAR);
                } else {
                    prepared.setString(2, "row " + i);
                }
                prepared.addBatch();
            }
            // The driver sums all rows up into one count.
            assertThat(prepared.executeBatch()).containsExactly(1000);
        }
        assertThat(Jdbc.query(connection, "SELECT count(*), count(s), max(s) FROM " + table))
                .containsExactly(List.of(1000L, 500L, "row 999"));
    }

    @Test
    void a_batch_that_fails_leaves_nothing() throws SQLException {
        String table = create("failing", "i INTEGER PRIMARY KEY");

        try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
            for (int i : new int[] {1, 2, 3, 2}) {
                prepared.setInt(1, i);
                prepared.addBatch();
            }
            assertThatThrownBy(prepared::executeBatch)
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("23505");
        }
        assertThat(count(table)).isZero();
    }

    @Test
    void several_statements_of_one_connection_are_open_at_once() throws SQLException {
        try (Statement other = connection.createStatement();
                ResultSet first = statement.executeQuery("SELECT i FROM range(50000) AS t(i) ORDER BY i");
                ResultSet second = other.executeQuery("SELECT -i FROM range(50000) AS t(i) ORDER BY i")) {
            for (long i = 0; i < 50_000; i++) {
                assertThat(first.next() && second.next()).isTrue();
                assertThat(first.getLong(1)).isEqualTo(i);
                assertThat(second.getLong(1)).isEqualTo(-i);
            }
        }
    }

    @Test
    void a_result_left_in_the_middle_does_no_harm() throws SQLException {
        for (int i = 0; i < 5; i++) {
            try (Statement other = connection.createStatement();
                    ResultSet results = other.executeQuery("SELECT * FROM range(10000000)")) {
                assertThat(results.next()).isTrue();
            }
        }
        assertThat(Jdbc.query(connection, "SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void a_token_logs_in() throws SQLException {
        try (Connection other = DriverManager.getConnection(Jdbc.url("token", Endpoint.TOKEN))) {
            assertThat(Jdbc.query(other, "SELECT 5")).containsExactly(List.of(5));
            assertThat(other.getMetaData().getDatabaseProductName()).containsIgnoringCase("skyport");
        }
    }

    @Test
    void credentials_may_come_as_properties() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", Endpoint.USER);
        properties.put("password", Endpoint.PASSWORD);
        properties.put("useEncryption", "false");
        try (Connection other =
                DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:" + Endpoint.port(), properties)) {
            assertThat(Jdbc.query(other, "SELECT 5")).containsExactly(List.of(5));
        }
    }

    @Test
    void a_long_unknown_property_travels_as_a_header_and_does_no_harm() throws SQLException {
        try (Connection other = DriverManager.getConnection(
                Jdbc.url("user", Endpoint.USER, "password", Endpoint.PASSWORD, "custom", "x".repeat(20_000)))) {
            assertThat(Jdbc.query(other, "SELECT 5")).containsExactly(List.of(5));
        }
    }

    @ParameterizedTest
    @CsvSource({"user, alice, password, wrong", "user, nobody, password, secret", "user, '', password, ''"})
    void wrong_credentials_are_refused(String user, String name, String password, String secret) {
        assertThatThrownBy(() -> DriverManager.getConnection(Jdbc.url(user, name, password, secret)))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("UNAUTHENTICATED");
    }

    @Test
    void a_catalog_in_the_url_is_the_database_where_names_are_looked_up() throws Exception {
        Connection other = DriverManager.getConnection(
                Jdbc.url("user", Endpoint.USER, "password", Endpoint.PASSWORD, "catalog", "default"));
        assertThat(Jdbc.query(other, "SELECT current_database()")).containsExactly(List.of("default"));
        // The driver closes the session a second time when its channel is closed already.
        assertThatThrownBy(other::close).hasMessage("Channel shutdown invoked");
        assertThatThrownBy(() -> DriverManager.getConnection(
                        Jdbc.url("user", Endpoint.USER, "password", Endpoint.PASSWORD, "catalog", "nowhere")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_wrong_token_and_no_credentials_are_refused() {
        assertThatThrownBy(() -> DriverManager.getConnection(Jdbc.url("token", "not a token")))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("UNAUTHENTICATED");
        assertThatThrownBy(() -> {
                    try (Connection anonymous = DriverManager.getConnection(Jdbc.url())) {
                        Jdbc.query(anonymous, "SELECT 1");
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("UNAUTHENTICATED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1 | 42601 | line 1, column 1",
                "SELECT * FROM nowhere | 42P01 | line 1, column 15",
                "SELECT nothing FROM (VALUES (1)) AS t(i) | 42703 | line 1, column 8",
                "SELECT no_such_function(1) | 42883 | line 1, column 8",
                "SELECT 1 + | 42601 | line 1, column",
                "SELECT CAST('x' AS INTEGER) | 22 | ",
            })
    void a_failure_says_sqlstate_and_place(String sql, String sqlState, String place) {
        assertThatThrownBy(() -> Jdbc.query(connection, sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(sqlState)
                .hasMessageContaining(place == null ? "" : place);
    }

    @Test
    void a_failed_statement_leaves_the_connection_usable() throws SQLException {
        assertThatThrownBy(() -> Jdbc.query(connection, "SELEC 1")).isInstanceOf(SQLException.class);

        assertThat(Jdbc.query(connection, "SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void an_empty_statement_is_refused_at_prepare() {
        assertThatThrownBy(() -> connection.prepareStatement(""))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("42601");
    }
}
