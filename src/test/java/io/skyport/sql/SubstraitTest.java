package io.skyport.sql;

import static io.skyport.sql.TextPlans.call;
import static io.skyport.sql.TextPlans.emit;
import static io.skyport.sql.TextPlans.field;
import static io.skyport.sql.TextPlans.number;
import static io.skyport.sql.TextPlans.plan;
import static io.skyport.sql.TextPlans.scan;
import static io.skyport.sql.TextPlans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.catalog.ObjectName;
import io.skyport.engine.AllowedDirectories;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Substrait plans, made by Isthmus and by hand: they mean what SQL means, and what does not work is named. */
class SubstraitTest extends CompilerTestBase {

    private static final int ALL = 1;

    private final IsthmusPlans isthmus = new IsthmusPlans();

    @BeforeEach
    void fill() {
        run("CREATE TABLE t (i INTEGER, s VARCHAR)");
        run("INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL), (NULL, 'none')");
        run(
                "CREATE TABLE w (k INTEGER, b BIGINT, d DECIMAL(15, 2), f DOUBLE, born DATE, seen TIMESTAMP, s VARCHAR, ok BOOLEAN)");
        run("INSERT INTO w VALUES (1, 10, 1.50, 0.25, DATE '2024-02-29', TIMESTAMP '2024-02-29 23:59:58', 'Ünï', true),"
                + " (2, 20, 2.50, 4, DATE '2023-12-31', TIMESTAMP '2023-12-31 00:00:00', 'a_b', false),"
                + " (2, 30, -3.25, 9, DATE '2024-02-01', NULL, ' pad ', NULL),"
                + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        isthmus.table("t", Map.of("i", "INTEGER"));
        isthmus.table("w", wide());
    }

    private static Map<String, String> wide() {
        Map<String, String> columns = new java.util.LinkedHashMap<>();
        columns.put("k", "INTEGER");
        columns.put("b", "BIGINT");
        columns.put("d", "DECIMAL");
        columns.put("f", "DOUBLE");
        columns.put("born", "DATE");
        columns.put("seen", "TIMESTAMP");
        columns.put("s", "VARCHAR");
        columns.put("ok", "BOOLEAN");
        return columns;
    }

    private CompiledStatement compiled(byte[] plan) {
        return compiler.compile(compiler.textOf(plan), CONTEXT);
    }

    private List<List<@Nullable String>> answer(byte[] plan, @Nullable Object... parameters) {
        return engineRows(compiled(plan).engineSql(), parameters);
    }

    private SkyportException refusal(byte[] plan) {
        return catchThrowableOfType(SkyportException.class, () -> compiled(plan));
    }

    private long update(byte[] plan) {
        return run(compiler.textOf(plan));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k, b FROM w WHERE b > 10 ORDER BY b DESC NULLS LAST",
                "SELECT b FROM w ORDER BY b DESC NULLS FIRST OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY",
                "SELECT d FROM w ORDER BY b * -1 NULLS FIRST, s",
                "SELECT k AS a, k AS c, b + 1 FROM w WHERE ok IS NOT FALSE ORDER BY b NULLS LAST",
                "SELECT x.b, y.b FROM w AS x JOIN w AS y ON x.k = y.k ORDER BY x.b, y.b",
                "SELECT x.b, y.b FROM w AS x LEFT JOIN w AS y ON x.k = y.k AND y.d > 2 ORDER BY x.b, y.b",
                "SELECT x.b, y.b FROM w AS x RIGHT JOIN w AS y ON x.b = y.b + 10 ORDER BY x.b, y.b",
                "SELECT x.b, y.b FROM w AS x FULL JOIN w AS y ON x.b = y.b + 10 ORDER BY x.b, y.b",
                "SELECT x.b, y.b FROM w AS x CROSS JOIN w AS y ORDER BY x.b, y.b",
                "SELECT k FROM w UNION SELECT 7 ORDER BY 1",
                "SELECT k FROM w UNION ALL SELECT 2 ORDER BY 1",
                "SELECT k FROM w INTERSECT SELECT 2",
                "SELECT k FROM w EXCEPT SELECT 2 ORDER BY 1",
                "SELECT k, sum(b), avg(f), min(b), max(born), count(*), count(ok) FROM w GROUP BY k ORDER BY k",
                "SELECT count(DISTINCT k), sum(b) FILTER (WHERE ok) FROM w",
                "SELECT sum(d), sum(k) FROM w WHERE k > 100",
                "SELECT k, 7 AS seven, count(*) FROM w GROUP BY k, 2 ORDER BY k",
                "SELECT DISTINCT k FROM w ORDER BY k",
                "SELECT k, count(*) FROM w GROUP BY k HAVING count(*) > 1",
                "SELECT k, ok, sum(b) FROM w GROUP BY GROUPING SETS ((k, ok), (k), ()) ORDER BY k, ok, 3",
                "SELECT CASE WHEN k = 1 THEN 'one' WHEN k = 2 THEN 'two' ELSE 'other' END AS n FROM w ORDER BY b",
                "SELECT CAST(d AS INTEGER), CAST(k AS VARCHAR), CAST(k AS BIGINT), CAST(s AS VARCHAR(2)) FROM w ORDER BY b",
                "SELECT coalesce(k, 0), s IN ('a_b', 'x'), b BETWEEN 10 AND 20, k IS DISTINCT FROM 2 FROM w ORDER BY b",
                "SELECT b FROM w WHERE s LIKE '_n%' OR NOT ok ORDER BY b",
                "SELECT b FROM w AS x WHERE EXISTS (SELECT 1 FROM w AS y WHERE y.k = x.k AND y.b > x.b)",
                "SELECT b FROM w WHERE k NOT IN (SELECT k FROM w WHERE b > 10) ORDER BY b",
                "SELECT b, (SELECT max(y.b) FROM w AS y WHERE y.k = x.k) AS m FROM w AS x ORDER BY b",
                "SELECT b FROM w AS x WHERE d > (SELECT avg(y.d) FROM w AS y WHERE y.k = x.k) ORDER BY b",
                "SELECT upper(s), lower(s), substring(s FROM 2 FOR 1), char_length(s), s || '!' FROM w ORDER BY b",
                "SELECT trim(s), position('b' IN s), replace(s, 'a', 'x') FROM w ORDER BY b",
                "SELECT extract(YEAR FROM born), extract(MONTH FROM born), extract(DAY FROM born) FROM w ORDER BY b",
                "SELECT b FROM w WHERE born < DATE '2024-01-01' + INTERVAL '1' MONTH",
                "SELECT b FROM w WHERE born >= DATE '2024-03-01' - INTERVAL '1' DAY",
                "SELECT b FROM w WHERE seen > TIMESTAMP '2024-01-01 00:00:00.5'",
                "SELECT abs(d), round(d, 1), ceil(f), floor(f), mod(k, 2), power(f, 2), sqrt(f), -k FROM w ORDER BY b",
                "SELECT b, row_number() OVER (ORDER BY b), sum(b) OVER (PARTITION BY k ORDER BY b) FROM w ORDER BY b",
                "SELECT b, lag(b) OVER (ORDER BY b), rank() OVER (ORDER BY k) FROM w ORDER BY b",
                "SELECT a, c FROM (VALUES (1, 'Ömega'), (2, 'it''s!')) AS v(a, c) ORDER BY a",
                "SELECT k FROM w FETCH NEXT 0 ROWS ONLY",
                "SELECT 2000000000 + CAST(k AS BIGINT) FROM w ORDER BY b",
            })
    void a_plan_of_a_query_gives_the_querys_rows(String sql) {
        assertThat(answer(isthmus.plan(sql))).isEqualTo(rows(sql));
    }

    @Test
    void a_statement_of_a_plan_is_one_like_any_other() {
        CompiledStatement statement = compiled(plan(scan("t", ""), "n", "n"));

        assertThat(statement.kind()).isEqualTo(StatementKind.QUERY);
        assertThat(labels(statement)).containsExactly("n", "n");
        assertThat(types(statement)).containsExactly("INTEGER", "VARCHAR");
        assertThat(statement.reads()).containsExactly(new ObjectName("default", "main", "t"));
        assertThat(statement.isVolatile()).isFalse();
        assertThat(compiled(plan(scan("t", ""), "n", "n"))).isSameAs(statement);
    }

    @Test
    void columns_are_those_of_the_base_schema_by_name() {
        run("CREATE TABLE wider (extra INTEGER, s VARCHAR, i INTEGER)");
        run("INSERT INTO wider VALUES (9, 'x', 1)");

        assertThat(answer(plan(scan("wider", ""), "i", "s"))).containsExactly(List.of("1", "x"));
    }

    @Test
    void a_read_filters_projects_and_emits() {
        String filter = "filter { " + call(2, field(0), number(ALL)) + " }";
        String mask = "projection { select { struct_items { field: 1 } struct_items { field: 0 } } }";

        assertThat(answer(plan(scan("t", filter), "i", "s")))
                .containsExactlyInAnyOrder(List.of("2", "two"), Arrays.asList("3", "null"));
        assertThat(answer(plan(scan("t", filter + mask), "s", "i"))).contains(List.of("two", "2"));
        assertThat(answer(plan(scan("t", filter + mask + emit(1)), "i"))).contains(List.of("2"));
    }

    @ParameterizedTest
    @CsvSource({
        "JOIN_TYPE_LEFT_SEMI, 2",
        "JOIN_TYPE_RIGHT_SEMI, 2",
        "JOIN_TYPE_LEFT_ANTI, 2",
        "JOIN_TYPE_RIGHT_ANTI, 2",
    })
    void joins_give_one_side_where_they_are_said_to(String type, int count) {
        String more = "filter { " + call(2, field(0), number(ALL)) + " }";
        boolean left = type.contains("LEFT");
        String join = "join { left { " + scan("t", left ? "" : more) + " } right { " + scan("t", left ? more : "")
                + " } expression { " + call(1, field(0), field(2)) + " } type: " + type + " }";

        assertThat(answer(plan(join, "i", "s"))).hasSize(count).allMatch(row -> row.size() == 2);
    }

    @Test
    void a_grouping_set_tells_its_number() {
        String aggregate = "aggregate { input { " + scan("t", "") + " } grouping_expressions { " + field(0) + " }"
                + " grouping_expressions { " + field(1) + " } groupings { expression_references: 1 } groupings {}"
                + " measures { measure { function_reference: 4 } } }";
        String sorted = "sort { input { " + aggregate + " } sorts { expr { " + field(2)
                + " } direction: SORT_DIRECTION_ASC_NULLS_FIRST } sorts { expr { " + field(0)
                + " } direction: SORT_DIRECTION_ASC_NULLS_FIRST } }";

        List<List<@Nullable String>> groups = answer(plan(sorted, "s", "n", "set"));

        assertThat(groups).hasSize(5).last().isEqualTo(Arrays.asList("null", "4", "1"));
        assertThat(groups.get(0)).isEqualTo(Arrays.asList("null", "1", "0"));
    }

    @Test
    void texts_are_of_all_scripts_and_patterns_may_have_escapes() {
        run("INSERT INTO t VALUES (10, 'Ωmega_日本'), (11, 'Ωmega 日本')");
        String equal =
                "filter { input { " + scan("t", "") + " } condition { " + call(1, field(1), text("Ωmega 日本")) + " } }";
        String like = "filter { input { " + scan("t", "") + " } condition { "
                + call(6, field(1), text("Ω%!_日%"), text("!")) + " } }";

        assertThat(answer(plan(equal, "i", "s"))).containsExactly(List.of("11", "Ωmega 日本"));
        assertThat(answer(plan(like, "i", "s"))).containsExactly(List.of("10", "Ωmega_日本"));
    }

    @Test
    void a_fetch_without_a_count_has_no_limit_and_counts_may_be_expressions() {
        String all = "fetch { input { " + scan("t", "") + " } offset: 1 }";
        String two = "fetch { input { " + scan("t", "") + " } count_expr { literal { i64: 2 } } }";

        assertThat(answer(plan(all, "i", "s"))).hasSize(3);
        assertThat(answer(plan(two, "i", "s"))).hasSize(2);
    }

    @Test
    void a_virtual_table_may_be_empty_and_emits() {
        String schema = "base_schema { names: 'a' names: 'b' struct { types { i64 {} } types { string {} } } }";
        String rows = "virtual_table { values { fields { i64: 1 } fields { string: 'x' } } }";

        assertThat(answer(plan("read { " + schema + " " + rows + emit(1) + " }", "b")))
                .containsExactly(List.of("x"));
        CompiledStatement none = compiled(plan("read { " + schema + " virtual_table {} }", "a", "b"));
        assertThat(types(none)).containsExactly("BIGINT", "VARCHAR");
        assertThat(engineRows(none.engineSql())).isEmpty();
    }

    @Test
    void literals_have_the_types_of_the_plan() {
        String project =
                "project { " + emit(2, 3, 4) + " input { " + scan("t", "") + " } expressions { literal { i64: 5 } }"
                        + " expressions { literal { i8: 5 } } expressions { literal { fp32: 0.5 } } }";

        assertThat(types(compiled(plan(project, "a", "b", "c")))).containsExactly("BIGINT", "TINYINT", "FLOAT");
    }

    @Test
    void parameters_are_those_of_the_plan() {
        String parameter =
                "dynamic_parameter { type { i32 { nullability: NULLABILITY_NULLABLE } } parameter_reference: 0 }";
        String relation =
                "filter { input { " + scan("t", "") + " } condition { " + call(1, field(0), parameter) + " } }";

        CompiledStatement statement = compiled(plan(relation, "i", "s"));

        assertThat(statement.parameters())
                .extracting(each -> each.type().name())
                .containsExactly("INTEGER");
        assertThat(engineRows(statement.engineSql(), 2)).containsExactly(List.of("2", "two"));
    }

    @Test
    void a_parameter_that_the_plan_binds_is_a_literal() {
        String bound =
                "parameter_bindings { parameter_anchor: 5 value { i32: 2 } } relations { root { input { project { "
                        + emit(2) + " input { " + scan("t", "") + " } expressions { dynamic_parameter { type { i32 {} }"
                        + " parameter_reference: 5 } } } } names: 'p' } }";

        assertThat(compiled(plan(bound)).parameters()).isEmpty();
        assertThat(answer(plan(bound))).hasSize(4).containsOnly(List.of("2"));
    }

    @Test
    void rows_are_inserted_updated_and_deleted() {
        String schema = "table_schema { names: 'i' names: 's' struct { types { i32 {} } types { string {} } } }";
        String table = "named_table { names: 't' }";
        String insert =
                "write { " + table + schema + " op: WRITE_OP_INSERT input { read { base_schema { names: 'i' names: 's'"
                        + " struct { types { i32 {} } types { string {} } } } virtual_table { values { fields { i32: 7 }"
                        + " fields { string: 'seven' } } } } } }";
        String update = "update { " + table + schema + " condition { " + call(2, field(0), number(2)) + " }"
                + " transformations { column_target: 1 transformation { " + text("big") + " } } }";
        String delete = "write { " + table + schema + " op: WRITE_OP_DELETE input { filter { input { " + scan("t", "")
                + " } condition { " + call(2, field(0), number(6)) + " } } } }";

        assertThat(update(plan(insert))).isEqualTo(1);
        assertThat(update(plan(update))).isEqualTo(2);
        assertThat(rows("SELECT i, s FROM t WHERE i > 2 ORDER BY i"))
                .containsExactly(List.of("3", "big"), List.of("7", "big"));
        assertThat(compiled(plan(delete)).writes()).containsExactly(new ObjectName("default", "main", "t"));
        assertThat(update(plan(delete))).isEqualTo(1);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of("4"));
    }

    @Test
    void tables_and_views_are_created_and_dropped() {
        String schema =
                "table_schema { names: 'a' names: 'b' struct { types { i32 { nullability: NULLABILITY_REQUIRED } }"
                        + " types { string { nullability: NULLABILITY_NULLABLE } } } }";
        String ctas = "write { named_table { names: 'copy' } " + schema + " op: WRITE_OP_CTAS input { " + scan("t", "")
                + " } }";
        String create =
                "ddl { named_object { names: 'made' } " + schema + " object: DDL_OBJECT_TABLE op: DDL_OP_CREATE }";
        String view = "ddl { named_object { names: 'seen' } " + schema
                + " object: DDL_OBJECT_VIEW op: DDL_OP_CREATE_OR_REPLACE view_definition { " + scan("t", "") + " } }";
        String drop =
                "ddl { named_object { names: 'made' } table_schema { struct {} } object: DDL_OBJECT_TABLE op: DDL_OP_DROP }";

        update(plan(ctas));
        update(plan(create));
        update(plan(view));

        assertThat(rows("SELECT a, b FROM copy WHERE a = 1")).containsExactly(List.of("1", "one"));
        assertThat(rows("SELECT b FROM seen WHERE a = 2")).containsExactly(List.of("two"));
        assertThat(types(compile("SELECT a, b FROM made"))).containsExactly("INTEGER", "VARCHAR");
        update(plan(drop));
        assertThat(failure("SELECT * FROM made").code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void functions_are_found_by_their_names_whatever_the_spelling() {
        String[] declarations = {
            "extension_urns { extension_urn_anchor: 1 urn: 'extension:io.substrait:functions_comparison' }"
                    + " extensions { extension_function { extension_urn_reference: 1 function_anchor: 1 name: 'equal:any_any' } }",
            "extensions { extension_function { function_anchor: 1 name: 'equal:any1_any1' } }",
            "extensions { extension_function { function_anchor: 1 name: 'equal' } }",
            "extensions { extension_function { function_anchor: 1 name: 'equal:i32_i32' } }",
        };
        for (String declaration : declarations) {
            String text = declaration + " relations { root { input { filter { input { " + scan("t", "")
                    + " } condition { " + call(1, field(0), number(2)) + " } } } names: 'i' names: 's' } }";
            assertThat(answer(plan(text))).containsExactly(List.of("2", "two"));
        }
    }

    @Test
    void a_function_of_anybody_elses_is_named_with_its_namespace() {
        String text = "extension_urns { extension_urn_anchor: 1 urn: 'extension:acme:geo' }"
                + " extensions { extension_function { extension_urn_reference: 1 function_anchor: 1 name: 'equal:any_any' } }"
                + " relations { root { input { filter { input { " + scan("t", "") + " } condition { "
                + call(1, field(0), number(2)) + " } } } names: 'i' names: 's' } }";

        assertThat(refusal(plan(text)).code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
        assertThat(refusal(plan(text)))
                .hasMessageContaining("equal:any_any")
                .hasMessageContaining("extension:acme:geo");
    }

    @Test
    void what_is_not_supported_is_named() {
        String input = "input { " + scan("t", "") + " }";
        Map<String, String> relations = Map.of(
                "no_such_function:i32", "filter { " + input + " condition { " + call(7, field(0)) + " } }",
                "LocalFiles",
                        scan("t", "")
                                .replace(
                                        "named_table { names: 't' }",
                                        "local_files { items { uri_file: '/etc/passwd' parquet {} } }"),
                "HashJoinRel", "hash_join { left { " + scan("t", "") + " } right { " + scan("t", "") + " } }",
                "ExtensionLeafRel", "extension_leaf { detail { type_url: 'x/y' } }",
                "LEFT_MARK",
                        "join { left { " + scan("t", "") + " } right { " + scan("t", "") + " } expression { "
                                + call(1, field(0), field(2)) + " } type: JOIN_TYPE_LEFT_MARK }",
                "OUTPUT_MODE_MODIFIED_RECORDS",
                        "write { named_table { names: 't' } table_schema { struct {} } op: WRITE_OP_INSERT " + input
                                + " output: OUTPUT_MODE_MODIFIED_RECORDS }",
                "DDL_OP_ALTER",
                        "ddl { named_object { names: 't' } table_schema { struct {} } object: DDL_OBJECT_TABLE op: DDL_OP_ALTER }");

        relations.forEach((name, relation) -> {
            SkyportException refusal = refusal(plan(relation, "i", "s"));
            assertThat(refusal.code()).as(name).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
            assertThat(refusal).hasMessageContaining(name);
        });
    }

    @Test
    void a_plan_that_contradicts_itself_says_how() {
        Map<String, byte[]> plans = Map.of(
                "names 1 fields, and its relation has 2", plan(scan("t", ""), "only"),
                "field 2 of 2", plan(scan("t", emit(2)), "x"),
                "function 77",
                        plan("filter { input { " + scan("t", "") + " } condition { " + call(77, field(0)) + " } }"),
                "where aggregate functions belong",
                        plan("aggregate { input { " + scan("t", "") + " } measures {} }", "x"));

        plans.forEach((message, plan) -> {
            assertThat(refusal(plan).code()).as(message).isEqualTo(ErrorCode.DATA_EXCEPTION);
            assertThat(refusal(plan)).hasMessageContaining(message);
        });
        assertThat(refusal(new byte[0])).hasMessageContaining("no relation");
    }

    /** Whatever is wrong with a plan is said to be wrong with the plan. */
    @Test
    void a_plan_with_a_byte_changed_is_read_or_refused_and_is_no_fault_of_the_servers() {
        Random random = new Random(20);
        List<byte[]> plans = List.of(
                isthmus.plan("SELECT k, sum(b) FILTER (WHERE ok), count(DISTINCT s) FROM w WHERE d > 1.5 GROUP BY k"),
                isthmus.plan(
                        "SELECT w.s, row_number() OVER (PARTITION BY w.k ORDER BY w.b DESC) FROM w JOIN t ON w.k = t.i"
                                + " ORDER BY 1 LIMIT 3"),
                isthmus.plan("SELECT CASE WHEN f > 1 THEN upper(s) ELSE substring(s, 1, 2) END, extract(YEAR FROM born)"
                        + " FROM w WHERE k IN (SELECT i FROM t) AND s LIKE 'a%'"),
                plan(
                        "project { " + emit(2, 3) + " input { " + scan("t", "") + " } expressions { "
                                + call(5, field(0), number(1)) + " } expressions { " + call(6, field(1), text("o%"))
                                + " } }",
                        "a",
                        "b"));
        for (int i = 0; i < 600; i++) {
            byte[] changed = plans.get(i % plans.size()).clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(12);
            try {
                compiler.textOf(changed);
            } catch (SkyportException e) {
                assertThat(e.code()).as("%d: %s", i, e).isNotEqualTo(ErrorCode.INTERNAL_ERROR);
            }
        }
    }

    @Test
    void names_are_looked_up_like_those_of_texts_and_errors_have_no_positions() {
        SkyportException missing = refusal(plan(scan("nowhere", ""), "i", "s"));

        assertThat(missing.code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
        assertThat(missing.position()).isEmpty();
        run("CREATE TABLE narrow (i INTEGER)");
        assertThat(refusal(plan(scan("narrow", ""), "i", "s")).code()).isEqualTo(ErrorCode.UNDEFINED_COLUMN);
    }

    @Test
    void bytes_that_are_no_plan_are_malformed() {
        for (byte[] bytes :
                List.of("SELECT 1".getBytes(StandardCharsets.UTF_8), new byte[] {26, 127, 1}, new byte[] {-1})) {
            assertThat(refusal(bytes).code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
        }
    }

    @Test
    void plans_are_bounded_in_length_and_depth() {
        SqlCompiler bounded = new SqlCompiler(
                catalog,
                engine,
                new AllowedDirectories(List.of()),
                new SqlProperties(10, DataSize.ofBytes(600), 1, 20));
        String deep = field(0);
        for (int i = 0; i < 8; i++) {
            deep = call(5, deep, number(1));
        }
        String relation = "project { " + emit(2) + " input { " + scan("t", "") + " } expressions { " + deep + " } }";

        assertThat(catchThrowableOfType(SkyportException.class, () -> bounded.textOf(new byte[601]))
                        .code())
                .isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
        SqlCompiler shallow = new SqlCompiler(
                catalog,
                engine,
                new AllowedDirectories(List.of()),
                new SqlProperties(10, DataSize.ofMegabytes(1), 1, 20));
        SkyportException tooDeep =
                catchThrowableOfType(SkyportException.class, () -> shallow.textOf(plan(relation, "i")));
        assertThat(tooDeep.code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        assertThat(tooDeep).hasMessageContaining("skyport.sql.max-plan-depth");
        assertThat(answer(plan(relation, "i"))).contains(List.of("9"));
    }
}
