package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which table a result's column comes from unchanged. */
class OriginsTest extends CompilerTestBase {

    @BeforeEach
    void create() {
        run("CREATE TABLE t (a INTEGER, b VARCHAR, s STRUCT(x INTEGER, y INTEGER))");
        run("CREATE TABLE u (a INTEGER, e BIGINT)");
        run("CREATE VIEW v AS SELECT a AS k FROM t");
        run("CREATE SCHEMA other");
        run("CREATE TABLE other.t (c INTEGER)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "SELECT b, T.A AS x, 1, a + 0, t.b FROM t # t t - - t",
                "SELECT x.b, t.b FROM t, t AS x # t t",
                "SELECT main.t.a, \"default\".main.t.b, c FROM t, other.t # t t other.t",
                "SELECT * FROM t, u # t t t u u",
                "SELECT u.*, 1 FROM t, u # u u -",
                "SELECT * EXCLUDE (a, e) FROM t, u # t t",
                "SELECT * REPLACE (1 AS a) FROM t # - t t",
                "SELECT e, b, a FROM t JOIN u USING (a) # u t -",
                "SELECT t.a, u.a FROM t JOIN u USING (a) # t u",
                "SELECT * FROM t JOIN u USING (a) # - t t u",
                "SELECT * FROM u NATURAL JOIN t # - - - -",
                "SELECT e, * FROM u NATURAL JOIN t # - - - - -",
                "SELECT * FROM t SEMI JOIN u ON t.a = u.a # t t t",
                "SELECT a FROM t ANTI JOIN u ON t.a = u.a # t",
                "SELECT * FROM (SELECT a, b FROM t) AS d, u # - - u u",
                "SELECT b, e FROM (SELECT a, b FROM t) AS d, u # - u",
                "WITH t AS (SELECT 1 AS a) SELECT a FROM t # -",
                "WITH c AS (SELECT 1 AS q) SELECT q, e, u.* FROM c, u # - u u u",
                "WITH c AS (SELECT 1 AS q) SELECT * FROM c, u, c AS d # - - - -",
                "SELECT k FROM v # v",
                "TABLE u # u u",
                "SELECT a FROM t UNION ALL SELECT a FROM t # -",
                "SELECT max(a), b FROM t GROUP BY b # - t",
                "SELECT s.x, s FROM t # - t",
                "SELECT y.p FROM u AS y (p, q) # -",
                "SELECT COLUMNS('a|b'), b FROM t # - - t",
                "SELECT unnest(s), b FROM t # - - t",
                "SELECT count(*), b FROM t GROUP BY b # - t",
                "SELECT i, a FROM u, generate_series(1, 2) AS g (i) # - u",
                "SELECT table_name FROM information_schema.tables # -",
                "VALUES (1, 2) # - -",
                "SELECT a FROM t ORDER BY b LIMIT 1 # t",
                "SELECT e AS a, a AS e FROM u # u u",
            })
    void a_plain_reference_to_a_tables_column_has_that_table(String text, String expected) {
        assertThat(compile(text).columns())
                .extracting(column -> name(column.origin()))
                .containsExactly(expected.strip().split(" +"));
    }

    private static String name(ObjectName origin) {
        if (origin == null) {
            return "-";
        }
        return origin.schema().equals("main") ? origin.name() : origin.schema() + "." + origin.name();
    }
}
