package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine is given for divisions and sums, also with parameters. */
class EngineFormsTest extends CompilerTestBase {

    @BeforeEach
    void fill() {
        run("CREATE TABLE t (a INTEGER, b BIGINT, d DECIMAL(10,2), v INTERVAL)");
        run("INSERT INTO t VALUES (7, 2, 1.5, INTERVAL 3 DAY), (1, 2, 2.5, NULL)");
    }

    @Test
    void nothing_of_the_question_is_left_in_the_answer() {
        assertThat(compile("SELECT sum(a) AS s, sum(d) AS t FROM t").engineSql())
                .contains("CAST(sum(\"a\") AS BIGINT)")
                .contains(", sum(\"d\") AS")
                .doesNotContain("coalesce");
    }

    @Test
    void a_sum_over_a_parameter_is_bigint_too() {
        CompiledStatement statement = compile("SELECT sum(a + ?) AS s FROM t WHERE b = ? AND d > ?");
        assertThat(types(statement)).containsExactly("BIGINT");
        assertThat(statement.parameters()).hasSize(3);
        assertThat(rows("SELECT sum(a + ?) AS s FROM t WHERE b = ? AND d > ?", 1, 2L, new java.math.BigDecimal("1.00")))
                .containsExactly(List.of("10"));
        assertThat(types(compile("SELECT sum(CAST(? AS SMALLINT)) AS s"))).containsExactly("BIGINT");
        assertThat(types(compile("SELECT sum(a) AS s FROM t WHERE b = $1 OR a = $1")))
                .containsExactly("BIGINT");
    }

    @Test
    void a_null_beside_other_sums_hides_nothing_of_them() {
        assertThat(types(compile("SELECT sum(NULL) AS n, sum(a) AS s, sum(d) AS t FROM t")))
                .containsExactly("HUGEINT", "BIGINT", "DECIMAL(38,2)");
    }

    @Test
    void a_division_by_a_parameter_is_the_operands() {
        assertThat(rows("SELECT a / ? AS q FROM t WHERE a / ? = 3", 2, 2)).containsExactly(List.of("3"));
        assertThat(rows("SELECT CAST(v / ? AS VARCHAR) AS q FROM t WHERE a = 7", 2))
                .containsExactly(List.of("1 day 12:00:00"));
        assertThat(rows("SELECT sum(a / CAST(? AS INTEGER)) / ? AS q FROM t", 1, 3))
                .containsExactly(List.of("2"));
    }

    @Test
    void labels_do_not_show_what_the_engine_is_given() {
        assertThat(labels(compile("SELECT a / 2, sum(a) OVER (), CAST('x' AS VARCHAR(3)), a / ? FROM t")))
                .containsExactly("(a / 2)", "sum(a) OVER ()", "CAST('x' AS VARCHAR(3))", "(a / $1)");
    }

    @Test
    void rows_of_values_divide_by_parameters_also_as_a_stream() {
        CompiledStatement insert = compile("INSERT INTO t (a, v) VALUES (? / 2, CAST(? AS INTERVAL) / 2)");
        assertThat(insert.streamed().orElseThrow().engineSql())
                .contains(" // 2)")
                .contains(" / 2)");
    }
}
