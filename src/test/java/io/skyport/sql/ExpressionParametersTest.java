package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters inside expressions have the types that their places tell, or the statement says what it lacks. */
class ExpressionParametersTest extends CompilerTestBase {

    @BeforeEach
    void tables() {
        run("CREATE TABLE t (a INTEGER, b VARCHAR, c DECIMAL(10,2), d DATE, ts TIMESTAMP)");
        run("CREATE TABLE n (k INTEGER, l INTEGER[], m MAP(VARCHAR, INTEGER))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "SELECT d + ? FROM t # INTEGER # DATE",
                "SELECT ? + d FROM t # INTEGER # DATE",
                "SELECT DATE '2020-01-01' + ? # INTEGER # DATE",
                "SELECT ts + ? FROM t # INTERVAL # TIMESTAMP",
                "SELECT ts - ? FROM t # TIMESTAMP # INTERVAL",
                "SELECT ? || 'x', b || ? FROM t # VARCHAR, VARCHAR # VARCHAR, VARCHAR",
                "SELECT [1, 2][?], l[?], l[?:?], b[?] FROM t, n # BIGINT, BIGINT, BIGINT, BIGINT, BIGINT #"
                        + " INTEGER, INTEGER, INTEGER[], VARCHAR",
                "SELECT m[?] FROM n # VARCHAR # INTEGER",
                "SELECT [?, ?] # VARCHAR, VARCHAR # VARCHAR[]",
                "SELECT [?, 1], [a, ?] FROM t # INTEGER, INTEGER # INTEGER[], INTEGER[]",
                "SELECT {'x': ?} # VARCHAR # STRUCT(x VARCHAR)",
                "SELECT INTERVAL (?) DAY # DOUBLE # INTERVAL",
                "SELECT INTERVAL ? HOURS # DOUBLE # INTERVAL",
                "SELECT ? BETWEEN ? AND ? # VARCHAR, VARCHAR, VARCHAR # BOOLEAN",
                "SELECT a BETWEEN ? AND ?, ? BETWEEN SYMMETRIC 1 AND a FROM t # INTEGER, INTEGER, INTEGER #"
                        + " BOOLEAN, BOOLEAN",
                "SELECT (?, ?) = (a, b), (a, d) < (?, ?) FROM t # INTEGER, VARCHAR, INTEGER, DATE # BOOLEAN, BOOLEAN",
                "SELECT ts AT TIME ZONE ? FROM t # VARCHAR # TIMESTAMP WITH TIME ZONE",
                "SELECT a IN (?, ?), ? IN [1, 2], a IN ?, a = ANY(?) FROM t # INTEGER, INTEGER, INTEGER, INTEGER[], INTEGER[] #"
                        + " BOOLEAN, BOOLEAN, BOOLEAN, BOOLEAN",
                "SELECT CASE WHEN a = ? THEN ? ELSE b END FROM t # INTEGER, VARCHAR # VARCHAR",
                "SELECT coalesce(?, a), nullif(?, b) FROM t # INTEGER, VARCHAR # INTEGER, VARCHAR",
                "SELECT '{}'::JSON -> ?, '{}'::JSON ->> ? # VARCHAR, VARCHAR # JSON, VARCHAR",
                "SELECT b LIKE ? ESCAPE ?, ? ~ 'x', ? ~* 'x', ? GLOB 'x' FROM t # VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR #"
                        + " BOOLEAN, BOOLEAN, BOOLEAN, BOOLEAN",
                "SELECT ?::INTEGER[], CAST(? AS UUID), TRY_CAST(? AS DATE) # INTEGER[], UUID, DATE # INTEGER[], UUID, DATE",
                "SELECT OVERLAY(b PLACING ? FROM ? FOR ?) FROM t # VARCHAR, BIGINT, BIGINT # VARCHAR",
                "SELECT count(*) FILTER (WHERE a = ?) FROM t # INTEGER # BIGINT",
                "SELECT (SELECT max(a) FROM t WHERE b = ?), EXISTS (SELECT 1 FROM t WHERE d > ?) # VARCHAR, DATE #"
                        + " INTEGER, BOOLEAN"
            })
    void parameters_have_the_types_that_their_places_tell(String text, String parameters, String columns) {
        CompiledStatement statement = compile(text);
        assertThat(statement.parameters())
                .extracting(parameter -> parameter.type().name())
                .containsExactly(parameters.split(", "));
        assertThat(types(statement)).containsExactly(columns.split(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT ? + ?", "SELECT -?", "SELECT date_trunc('day', ?)"})
    void what_cannot_be_told_is_named_with_its_place(String text) {
        SkyportException failure = failure(text);
        assertThat(failure.code()).isEqualTo(ErrorCode.INDETERMINATE_DATATYPE);
        assertThat(failure.position()).isPresent();
        assertThat(failure.text()).contains("$1").contains("CAST(? AS type)");
    }

    @Test
    void parameters_work_inside_of_constructs() {
        assertThat(rows("SELECT [x + ?::INTEGER FOR x IN [1, 2]]", 10)).containsExactly(List.of("[11,12]"));
        assertThat(rows("SELECT [1, 2, 3][?:]", 2)).containsExactly(List.of("[2,3]"));
    }

    @Test
    void a_statement_nested_too_deeply_says_where() {
        String nested = "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000);
        SkyportException failure = failure(nested);
        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        assertThat(failure.position()).isPresent();
    }

    @Test
    void as_many_conditions_as_a_program_writes_are_read() {
        String many = "SELECT a FROM t WHERE a = 0" + " OR a = 1".repeat(3_000);
        assertThat(types(compile(many))).containsExactly("INTEGER");
    }
}
