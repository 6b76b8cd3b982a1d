package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type that comes out and every type that goes in, with exact values, by Arrow's JDBC driver. */
@ExtendWith(NothingHeld.class)
class JdbcTypesIT {

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = Jdbc.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("TRUE", Types.BOOLEAN, true, "true"),
                Arguments.of("FALSE", Types.BOOLEAN, false, "false"),
                Arguments.of("CAST(-128 AS TINYINT)", Types.TINYINT, (byte) -128, "-128"),
                Arguments.of("CAST(-32768 AS SMALLINT)", Types.SMALLINT, (short) -32768, "-32768"),
                Arguments.of("CAST(-2147483648 AS INTEGER)", Types.INTEGER, Integer.MIN_VALUE, "-2147483648"),
                Arguments.of("9223372036854775807", Types.BIGINT, Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of(
                        "CAST('99999999999999999999999999999999999999' AS HUGEINT)",
                        Types.DECIMAL,
                        new BigDecimal("9".repeat(38)),
                        "9".repeat(38)),
                Arguments.of("CAST(255 AS UTINYINT)", Types.SMALLINT, (short) 255, "255"),
                Arguments.of("CAST(65535 AS USMALLINT)", Types.INTEGER, 65535, "65535"),
                Arguments.of("CAST(4294967295 AS UINTEGER)", Types.BIGINT, 4294967295L, "4294967295"),
                Arguments.of(
                        "CAST('18446744073709551615' AS UBIGINT)",
                        Types.DECIMAL,
                        new BigDecimal("18446744073709551615"),
                        "18446744073709551615"),
                Arguments.of("CAST(1.5 AS REAL)", Types.FLOAT, 1.5, "1.5"),
                Arguments.of("CAST(-1.25E300 AS DOUBLE)", Types.DOUBLE, -1.25E300, "-1.25E300"),
                Arguments.of(
                        "CAST(-12345.678 AS DECIMAL(9, 3))", Types.DECIMAL, new BigDecimal("-12345.678"), "-12345.678"),
                Arguments.of(
                        "CAST(0.01 AS DECIMAL(38, 10))", Types.DECIMAL, new BigDecimal("0.0100000000"), "0.0100000000"),
                Arguments.of("'żółć 漢字 🦆'", Types.VARCHAR, "żółć 漢字 🦆", "żółć 漢字 🦆"),
                Arguments.of("''", Types.VARCHAR, "", ""),
                Arguments.of("X'00ff10'", Types.VARBINARY, new byte[] {0, -1, 16}, null),
                Arguments.of("DATE '2024-02-29'", Types.DATE, Date.valueOf("2024-02-29"), "2024-02-29"),
                Arguments.of("DATE '1582-10-04'", Types.DATE, null, "1582-10-04"),
                Arguments.of("TIME '23:59:58.123'", Types.TIME, null, "23:59:58.123"),
                Arguments.of(
                        "TIMESTAMP '2024-02-29 12:34:56.123456'",
                        Types.TIMESTAMP,
                        Timestamp.valueOf("2024-02-29 12:34:56.123456"),
                        null),
                Arguments.of(
                        "CAST('1900-01-01 00:00:00' AS TIMESTAMP)",
                        Types.TIMESTAMP,
                        Timestamp.valueOf("1900-01-01 00:00:00"),
                        null),
                Arguments.of(
                        "CAST('00112233-4455-6677-8899-aabbccddeeff' AS UUID)",
                        Types.VARCHAR,
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "00112233-4455-6677-8899-aabbccddeeff"),
                Arguments.of("CAST('12:00:00+02' AS TIME WITH TIME ZONE)", Types.VARCHAR, "12:00:00+02", "12:00:00+02"),
                Arguments.of("INTERVAL '3' DAY", Types.JAVA_OBJECT, null, "P3D"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_comes_out_exactly(String expression, int type, Object value, String text) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT " + expression + " AS v")) {
            assertThat(results.getMetaData().getColumnType(1)).isEqualTo(type);
            assertThat(results.next()).isTrue();
            if (value != null) {
                assertThat(results.getObject(1)).isEqualTo(value);
            }
            if (text != null) {
                assertThat(results.getString(1)).isEqualTo(text);
            }
            assertThat(results.wasNull()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "HUGEINT",
        "REAL",
        "DOUBLE",
        "'DECIMAL(10, 2)'",
        "VARCHAR",
        "BLOB",
        "DATE",
        "TIME",
        "TIMESTAMP",
        "UUID",
        "UBIGINT"
    })
    void a_null_of_every_type_comes_out(String type) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT CAST(NULL AS " + type + ") AS v")) {
            assertThat(results.next()).isTrue();
            assertThat(results.getObject(1)).isNull();
            assertThat(results.wasNull()).isTrue();
            assertThat(results.getString(1)).isNull();
        }
    }

    @Test
    void java_time_is_exact_to_the_microsecond() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(
                        "SELECT TIMESTAMP '1969-12-31 23:59:59.999999' AS a, TIME '01:02:03' AS b,"
                                + " CAST('2024-06-01 12:00:00.5+02' AS TIMESTAMP WITH TIME ZONE) AS c")) {
            assertThat(results.getMetaData().getColumnType(3)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
            assertThat(results.next()).isTrue();
            assertThat(results.getObject(1, LocalDateTime.class))
                    .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999"));
            assertThat(results.getObject(2, LocalTime.class)).isEqualTo(LocalTime.of(1, 2, 3));
            // The driver has no getObject(3) for it.
            assertThat(results.getObject(3, OffsetDateTime.class).toInstant())
                    .isEqualTo(OffsetDateTime.parse("2024-06-01T10:00:00.5Z").toInstant());
        }
    }

    @Test
    void lists_structs_and_maps_come_out() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results =
                        statement.executeQuery("SELECT ARRAY[1, 2, NULL] AS l, ROW(1, 'x') AS s, MAP['k', 2] AS m")) {
            assertThat(results.getMetaData().getColumnType(1)).isEqualTo(Types.ARRAY);
            assertThat(results.next()).isTrue();
            Array list = results.getArray(1);
            assertThat((Object[]) list.getArray()).containsExactly(1, 2, null);
            assertThat(results.getObject(2).toString()).contains("1").contains("x");
            assertThat(results.getObject(3).toString()).contains("k").contains("2");
        }
    }

    @Test
    void the_null_literal_and_the_sum_of_integers_come_out() throws SQLException {
        assertThat(Jdbc.query(connection, "SELECT NULL AS n")).containsExactly(Arrays.asList((Object) null));
        assertThat(Jdbc.query(connection, "SELECT sum(i) AS s FROM (VALUES (1), (2)) AS t(i)")
                        .get(0)
                        .get(0)
                        .toString())
                .isEqualTo("3");
    }

    /** Sets parameter 1. */
    interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                in("BOOLEAN", "true", s -> s.setBoolean(1, true)),
                in("TINYINT", "-128", s -> s.setByte(1, (byte) -128)),
                in("SMALLINT", "-32768", s -> s.setShort(1, (short) -32768)),
                in("INTEGER", "2147483647", s -> s.setInt(1, Integer.MAX_VALUE)),
                in("BIGINT", "-9223372036854775808", s -> s.setLong(1, Long.MIN_VALUE)),
                in("BIGINT", "7", s -> s.setInt(1, 7)),
                in("BIGINT", "7", s -> s.setObject(1, 7L)),
                in("REAL", "1.5", s -> s.setFloat(1, 1.5f)),
                in("DOUBLE", "-1e+300", s -> s.setDouble(1, -1.0E300)),
                in("DOUBLE", "3.0", s -> s.setInt(1, 3)),
                in("DECIMAL(18, 4)", "12345.6789", s -> s.setBigDecimal(1, new BigDecimal("12345.6789"))),
                in("DECIMAL(38, 0)", "9".repeat(38), s -> s.setBigDecimal(1, new BigDecimal("9".repeat(38)))),
                in("VARCHAR", "żółć 漢字 🦆", s -> s.setString(1, "żółć 漢字 🦆")),
                in("VARCHAR", "", s -> s.setString(1, "")),
                in("VARCHAR", "it's; -- \"quoted\"", s -> s.setObject(1, "it's; -- \"quoted\"")),
                in("BLOB", "\\x00\\xFFab", s -> s.setBytes(1, new byte[] {0, -1, 'a', 'b'})),
                in("DATE", "2024-02-29", s -> s.setDate(1, Date.valueOf("2024-02-29"))),
                in("DATE", "1969-07-20", s -> s.setDate(1, Date.valueOf("1969-07-20"))),
                in("TIME", "12:34:56", s -> s.setTime(1, Time.valueOf("12:34:56"))),
                in(
                        "TIMESTAMP",
                        "2024-02-29 12:34:56.789",
                        s -> s.setTimestamp(1, Timestamp.valueOf("2024-02-29 12:34:56.789"))),
                in(
                        "TIMESTAMP",
                        "1969-12-31 23:59:59.999",
                        s -> s.setTimestamp(1, Timestamp.valueOf("1969-12-31 23:59:59.999"))));
    }

    private static Arguments in(String type, String text, Setter setter) {
        return Arguments.of(type, text, setter);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void a_parameter_arrives_exactly(String type, String text, Setter setter) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT CAST(CAST(? AS " + type + ") AS VARCHAR) AS v")) {
            setter.set(query);
            assertThat(Jdbc.rows(query.executeQuery())).containsExactly(List.of(text));
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void a_parameter_is_stored_and_compared_exactly(String type, String text, Setter setter) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE IF EXISTS jdbc_parameters");
            statement.executeUpdate("CREATE TABLE jdbc_parameters (v " + type + ")");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO jdbc_parameters VALUES (?)");
                PreparedStatement query =
                        connection.prepareStatement("SELECT CAST(v AS VARCHAR) FROM jdbc_parameters WHERE v = ?")) {
            setter.set(insert);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            setter.set(query);
            assertThat(Jdbc.rows(query.executeQuery())).containsExactly(List.of(text));
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void a_batch_of_parameters_is_stored_exactly(String type, String text, Setter setter) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE IF EXISTS jdbc_batch");
            statement.executeUpdate("CREATE TABLE jdbc_batch (v " + type + ")");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO jdbc_batch VALUES (?)")) {
            for (int i = 0; i < 40; i++) {
                if (i % 2 == 0) {
                    setter.set(insert);
                } else {
                    insert.setNull(1, Types.NULL);
                }
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(40);
        }
        assertThat(Jdbc.query(
                        connection,
                        "SELECT CAST(v AS VARCHAR), count(*) FROM jdbc_batch WHERE v IS NOT NULL GROUP BY v"))
                .containsExactly(List.of(text, 20L));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "REAL",
        "DOUBLE",
        "'DECIMAL(10, 2)'",
        "VARCHAR",
        "BLOB",
        "DATE",
        "TIME",
        "TIMESTAMP",
        "TIMESTAMP WITH TIME ZONE",
        "UUID"
    })
    void null_is_a_parameter_of_every_type(String type) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT CAST(? AS " + type + ") IS NULL AS v")) {
            query.setNull(1, Types.NULL);
            assertThat(Jdbc.rows(query.executeQuery())).containsExactly(List.of(true));
            query.setObject(1, null);
            assertThat(Jdbc.rows(query.executeQuery())).containsExactly(List.of(true));
        }
    }

    @Test
    void a_parameter_whose_type_nothing_tells_is_text() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT ? AS v")) {
            assertThat(query.getParameterMetaData().getParameterType(1)).isEqualTo(Types.VARCHAR);
            query.setString(1, "text");
            assertThat(Jdbc.rows(query.executeQuery())).containsExactly(List.of("text"));
        }
    }

    @Test
    void parameters_are_typed_by_what_they_meet() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE IF EXISTS jdbc_context");
            statement.executeUpdate("CREATE TABLE jdbc_context (i INTEGER, d DATE, s VARCHAR, n DECIMAL(9, 2))");
        }
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT * FROM jdbc_context WHERE i = ? AND d > ? AND s LIKE ? AND n BETWEEN ? AND ? LIMIT ?")) {
            int[] types = new int[6];
            for (int i = 0; i < 6; i++) {
                types[i] = query.getParameterMetaData().getParameterType(i + 1);
            }
            assertThat(types)
                    .containsExactly(
                            Types.INTEGER, Types.DATE, Types.VARCHAR, Types.DECIMAL, Types.DECIMAL, Types.BIGINT);
        }
    }
}
