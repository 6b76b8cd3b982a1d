package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStatementsTest extends CompilerTestBase {

    private Table table(String name) {
        return catalog.snapshot().table("default", "main", name).orElseThrow();
    }

    private static List<String> parameters(CompiledStatement statement) {
        return statement.parameters().stream()
                .map(parameter -> parameter.type().name())
                .toList();
    }

    @Test
    void macros_take_parameters_of_a_statement() {
        run("CREATE MACRO twice(x) AS x * 2");
        run("CREATE MACRO upto(n) AS TABLE SELECT i FROM range(n) AS r(i)");
        run("CREATE TABLE t (a INTEGER)");

        assertThat(rows("SELECT twice(CAST(? AS INTEGER)) AS r", 21)).containsExactly(List.of("42"));
        assertThat(rows("SELECT count(*) FROM upto(CAST(? AS INTEGER)) AS u", 5))
                .containsExactly(List.of("5"));
        run("INSERT INTO t VALUES (twice(CAST(? AS INTEGER))), (?)", 4, 5);
        assertThat(rows("SELECT sum(a) AS s FROM t WHERE a < twice(CAST(? AS INTEGER))", 100))
                .containsExactly(List.of("13"));
    }

    @Test
    void types_that_users_made_are_types_of_parameters() {
        run("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        run("CREATE TABLE t (m mood)");

        run("INSERT INTO t VALUES (?)", "ok");
        assertThat(rows("SELECT count(*) FROM t WHERE m = ?", "ok")).containsExactly(List.of("1"));
        assertThat(rows("SELECT CAST(? AS mood) AS m", "sad")).containsExactly(List.of("sad"));
        assertThat(parameters(compile("SELECT ? IN (SELECT m FROM t)"))).hasSize(1);
    }

    @Test
    void a_macro_that_calls_a_volatile_function_is_volatile() {
        run("CREATE MACRO dice() AS CAST(floor(random() * 6) AS INTEGER) + 1");
        run("CREATE MACRO seven() AS 7");

        assertThat(compile("SELECT dice() AS d").isVolatile()).isTrue();
        assertThat(compile("SELECT seven() AS d").isVolatile()).isFalse();
    }

    @Test
    void a_macro_is_known_at_once_and_unknown_when_it_is_dropped() {
        assertThat(failure("SELECT later(1)").code()).isEqualTo(ErrorCode.UNDEFINED_FUNCTION);
        run("CREATE MACRO later(x) AS x");
        assertThat(rows("SELECT later(1) AS r")).containsExactly(List.of("1"));
        run("DROP MACRO later");
        assertThat(failure("SELECT later(1)").code()).isEqualTo(ErrorCode.UNDEFINED_FUNCTION);
    }

    @Test
    void a_materialized_view_is_listed_as_one_with_its_comments() {
        run("CREATE MATERIALIZED VIEW m (a) AS SELECT 1");
        assertThat(table("m").kind()).isEqualTo(TableKind.MATERIALIZED_VIEW);
        assertThat(table("m").readOnly()).isTrue();
        assertThat(table("m").comment()).isNull();

        run("COMMENT ON MATERIALIZED VIEW m IS 'kept'");
        run("COMMENT ON COLUMN m.a IS 'one'");
        run("REFRESH MATERIALIZED VIEW m");

        assertThat(table("m").kind()).isEqualTo(TableKind.MATERIALIZED_VIEW);
        assertThat(table("m").comment()).isEqualTo("kept");
        assertThat(table("m").columns().get(0).comment()).isEqualTo("one");

        run("COMMENT ON MATERIALIZED VIEW m IS NULL");
        assertThat(table("m").comment()).isNull();
        assertThat(table("m").materialized()).isNotNull();
    }

    @Test
    void an_index_is_listed_with_its_expressions() {
        run("CREATE TABLE t (a INTEGER, b VARCHAR)");
        run("CREATE UNIQUE INDEX i ON t (b, a)");
        assertThat(table("t").indexes()).containsExactly(new Table.Index("i", List.of("b", "a"), true));
        assertThat(table("t").comment()).isNull();
    }

    @Test
    void a_view_means_the_same_wherever_the_session_looks() {
        run("CREATE TABLE t AS SELECT 1 AS a");
        run("CREATE SCHEMA s");
        run("CREATE VIEW s.v AS SELECT a FROM t");
        SqlContext inS = new SqlContext("default", "s", Map.of());

        assertThat(engineRows(compiler.compile("SELECT a FROM v", inS).engineSql()))
                .containsExactly(List.of("1"));
        assertThat(compiler.compile("SELECT a FROM v", inS).reads())
                .extracting(Object::toString)
                .containsExactly("default.s.v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW x AS SELECT * FROM read_csv('/etc/passwd')",
                "CREATE MATERIALIZED VIEW x AS SELECT * FROM '/etc/passwd.csv'",
                "CREATE TYPE x AS ENUM (SELECT content FROM read_text('/etc/hostname'))",
                "CREATE MACRO x() AS TABLE SELECT * FROM read_text('/etc/hostname')",
                "CREATE MACRO x() AS (SELECT content FROM read_text('/etc/hostname'))"
            })
    void nothing_that_is_made_reads_files_outside(String text) {
        assertThat(failure(text).code()).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW x AS SELECT ? AS a",
                "CREATE MATERIALIZED VIEW x AS SELECT ? AS a",
                "CREATE MACRO x(a) AS a + ?",
                "CREATE MACRO x(a := ?) AS a",
                "CREATE TYPE x AS ENUM (SELECT ?)"
            })
    void nothing_that_is_made_takes_parameters(String text) {
        assertThat(failure(text).code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }
}
