package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A result has the columns that were announced, whatever is bound. */
class ParameterTypesTest extends SessionTestBase {

    private List<List<Object>> bound(String sql, Object... values) {
        PreparedStatement statement = session.prepare(sql);
        statement.bind(new PreparedStatement.Bound(
                statement.compiled().parameters(), List.of(Arrays.asList(values)), Map.of()));
        return rows(session.execute(statement, never));
    }

    @Test
    void a_decimal_is_compared_as_it_is_also_beside_a_parameter_of_no_type() {
        assertThat(bound("SELECT 1 AS x, ? AS y WHERE CAST(1.5 AS DECIMAL(5,1)) = ?", "a", new BigDecimal("1.49")))
                .isEmpty();
        assertThat(bound("SELECT 1 AS x, ? AS y WHERE CAST(1.5 AS DECIMAL(5,1)) = ?", "a", new BigDecimal("1.50")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "? || '!'",
                "'$1' || ?",
                "name || ?",
                "? + 1",
                "? + 1.5",
                "? * 2.25",
                "d + ?",
                "? || ? || 'x'",
                "\"$1\" || ?",
                "lower(?)",
                "? + INTERVAL '1' DAY",
                "[?][1] || 'x'"
            })
    void null_has_the_type_of_its_parameter(String expression) {
        run("INSERT INTO t VALUES (1, 'one')");
        Object[] nulls =
                new Object[(int) expression.chars().filter(c -> c == '?').count()];

        List<List<Object>> rows = bound(
                "SELECT " + expression
                        + " AS r, id FROM (SELECT *, name AS \"$1\", CAST(1 AS DECIMAL(5,2)) AS d FROM t)",
                nulls);

        assertThat(rows).containsExactly(Arrays.asList(null, 1));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7.5, 7.5"})
    void what_stands_for_a_text_is_a_text(BigDecimal value, String text) {
        assertThat(bound("SELECT coalesce(?, 'x') AS r", value)).containsExactly(List.of(text));
    }

    @Test
    void a_number_is_compared_with_texts_as_a_text() {
        run("INSERT INTO t VALUES (1, 'one'), (2, '2')");

        assertThat(bound("SELECT id FROM t WHERE name = ?", 2)).containsExactly(List.of(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.25", "10.25"})
    void a_decimal_that_makes_the_column_another_says_so_and_is_not_rounded(BigDecimal value) {
        assertThatThrownBy(() -> bound("SELECT coalesce(?, 1.5) AS r, lower(?) AS l", value, null))
                .isInstanceOf(SkyportException.class)
                .hasMessageContaining("Column \"r\" is DECIMAL(2,1)")
                .extracting(failure -> ((SkyportException) failure).code())
                .isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void failures_are_found_behind_what_was_cast() {
        assertThatThrownBy(() -> bound(
                        "SELECT ? || 'x',\n CAST(? AS INTEGER) + CAST(name AS INTEGER)\nFROM (VALUES ('a')) AS v(name)",
                        null,
                        1))
                .isInstanceOfSatisfying(SkyportException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
                    assertThat(failure.position())
                            .satisfiesAnyOf(
                                    position -> assertThat(position).isEmpty(),
                                    position -> assertThat(position.map(SqlPosition::line))
                                            .contains(2));
                });
    }
}
