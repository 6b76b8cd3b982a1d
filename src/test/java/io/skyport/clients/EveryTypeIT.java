package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every type with its extremes, by Arrow's JDBC driver: as a cast, a column, a result and a parameter. The table is
 * {@code every_type.csv}: type, value as text, the text the engine makes of it (empty: the same), JDBC type.
 */
@ExtendWith(NothingHeld.class)
class EveryTypeIT {

    /** What the driver cannot bind, or binds as something else. */
    private static final Set<String> NOT_BOUND = Set.of(
            "ARRAY", "JAVA_OBJECT", "TIME", "TIME_NS", "TIMESTAMP WITH TIME ZONE", "UNION(a INTEGER, b VARCHAR)");

    /** Dates that java.sql counts otherwise or does not reach, and digits beyond the milliseconds that the driver binds. */
    private static final Pattern FAR = Pattern.compile("inf|BC|^58|^2942|^000|^1582|^1677|^2262|\\.[0-9]{4,}$");

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = Jdbc.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/clients/every_type.csv",
            delimiter = '|',
            quoteCharacter = '`',
            maxCharsPerColumn = 10_000)
    void a_value_is_the_same_as_cast_and_as_column(String type, String value, String text, String jdbcType)
            throws SQLException {
        String cast = cast(type, value);
        assertThat(result("SELECT CAST(" + cast + " AS VARCHAR) AS v")).isEqualTo(text == null ? text(value) : text);
        create(type);
        update("INSERT INTO every_type VALUES (1, " + cast + "), (2, NULL)");
        assertThat(result("SELECT CAST(v AS VARCHAR) FROM every_type WHERE n = 1"))
                .isEqualTo(text == null ? text(value) : text);
        assertThat(result("SELECT v IS NOT DISTINCT FROM " + cast + " FROM every_type WHERE n = 1"))
                .isEqualTo("true");
        assertThat(result("SELECT CAST(v AS VARCHAR) FROM every_type WHERE n = 2"))
                .isNull();
        assertThat(result("SELECT count(*) FROM every_type WHERE v IS NULL")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/clients/every_type.csv",
            delimiter = '|',
            quoteCharacter = '`',
            maxCharsPerColumn = 10_000)
    void a_value_and_null_are_announced_and_read(String type, String value, String text, String jdbcType)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(
                        "SELECT " + cast(type, value) + " AS v, CAST(NULL AS " + type + ") AS w")) {
            ResultSetMetaData metadata = results.getMetaData();
            assertThat(metadata.getColumnType(1)).isEqualTo(code(jdbcType));
            assertThat(metadata.getColumnType(2)).isEqualTo(code(jdbcType));
            assertThat(results.next()).isTrue();
            if (jdbcType.equals("VARCHAR")) {
                assertThat(results.getString(1)).isEqualTo(text == null ? text(value) : text);
            }
            // The driver has no getObject for TIMESTAMP WITH TIME ZONE.
            assertThat(type.equals("TIMESTAMP WITH TIME ZONE") ? results.getTimestamp(2) : results.getObject(2))
                    .isNull();
            assertThat(results.wasNull()).isTrue();
            assertThat(results.next()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/clients/every_type.csv",
            delimiter = '|',
            quoteCharacter = '`',
            maxCharsPerColumn = 10_000)
    void what_was_read_can_be_bound_again(String type, String value, String shown, String jdbcType)
            throws SQLException {
        boolean text = jdbcType.equals("VARCHAR");
        if (NOT_BOUND.contains(type)
                || NOT_BOUND.contains(jdbcType)
                || (!text && FAR.matcher(value).find())) {
            return;
        }
        Object read = value(type, value);
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT CAST(? AS " + type + ") IS NOT DISTINCT FROM " + cast(type, value) + " AS v")) {
            query.setObject(1, read);
            assertThat(Jdbc.rows(query.executeQuery()))
                    .as("%s %s", read.getClass(), read)
                    .containsExactly(List.of(true));
        }
        create(type);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO every_type VALUES (1, ?)")) {
            insert.setObject(1, read);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        assertThat(result("SELECT v IS NOT DISTINCT FROM " + cast(type, value) + " FROM every_type"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "HUGEINT | -170141183460469231731687303715884105728",
                "HUGEINT | 170141183460469231731687303715884105727",
                "UHUGEINT | 340282366920938463463374607431768211455"
            })
    void integers_of_more_than_38_digits_are_refused_and_never_cut(String type, String value) throws SQLException {
        assertThat(result("SELECT CAST(" + cast(type, value) + " AS VARCHAR)")).isEqualTo(value);
        assertThatThrownBy(() -> result("SELECT " + cast(type, value))).hasMessageContaining("22003");
    }

    private void create(String type) throws SQLException {
        update("CREATE OR REPLACE TABLE every_type (n INTEGER, v " + type + ")");
    }

    private static String cast(String type, String value) {
        return "CAST(" + (value.startsWith("=") ? value.substring(1) : "'" + value.replace("'", "''") + "'") + " AS "
                + type + ")";
    }

    private static String text(String value) {
        return value.startsWith("=") ? value.substring(1) : value;
    }

    private static int code(String jdbcType) {
        try {
            return Types.class.getField(jdbcType).getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(jdbcType, e);
        }
    }

    private Object value(String type, String value) throws SQLException {
        return Jdbc.query(connection, "SELECT " + cast(type, value) + " AS v")
                .get(0)
                .get(0);
    }

    private String result(String sql) throws SQLException {
        Object value = Jdbc.query(connection, sql).get(0).get(0);
        return value == null ? null : value.toString();
    }

    private void update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
