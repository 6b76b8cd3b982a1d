package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.engine.AllowedDirectories;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class SqlCompilerTest extends CompilerTestBase {

    private static final ObjectName T = new ObjectName("default", "main", "t");
    private static final ObjectName U = new ObjectName("default", "main", "u");

    @BeforeEach
    void tables() {
        run("CREATE TABLE t (a INTEGER NOT NULL, b VARCHAR, c DECIMAL(10,2), d DATE)");
        run("CREATE TABLE u (a INTEGER PRIMARY KEY, e BIGINT)");
    }

    // Names.

    @Test
    void tables_are_named_in_full_and_columns_as_written() {
        assertThat(compile("SELECT A, x.b FROM T AS x").engineSql())
                .isEqualTo("SELECT \"A\", \"x\".\"b\" FROM \"default\".\"main\".\"t\" AS \"x\"");
    }

    @Test
    void unqualified_names_are_looked_up_in_the_sessions_schema_and_then_in_main() {
        run("CREATE SCHEMA s");
        run("CREATE TABLE s.t (z INTEGER)");
        SqlContext context = new SqlContext("default", "s", Map.of());

        assertThat(compiler.compile("SELECT * FROM t, u", context).reads())
                .containsExactlyInAnyOrder(new ObjectName("default", "s", "t"), U);
    }

    @Test
    void a_common_table_expression_hides_a_table_of_its_name() {
        CompiledStatement statement = compile("WITH t AS (SELECT 1 AS one) SELECT * FROM t");
        assertThat(statement.reads()).isEmpty();
        assertThat(labels(statement)).containsExactly("one");
    }

    @Test
    void reads_and_writes_are_told() {
        CompiledStatement statement = compile("INSERT INTO t (a) SELECT a FROM u WHERE e IN (SELECT c FROM t)");
        assertThat(statement.reads()).containsExactlyInAnyOrder(T, U);
        assertThat(statement.writes()).containsExactly(T);
    }

    // Results.

    @Test
    void result_columns_have_the_engines_labels_and_types_and_the_table_they_come_from() {
        assertThat(compile("SELECT a, c + 1, b AS x FROM t").columns())
                .extracting(ResultColumn::name, column -> column.type().name(), ResultColumn::origin)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("a", "INTEGER", T),
                        org.assertj.core.api.Assertions.tuple("(c + 1)", "DECIMAL(13,2)", null),
                        org.assertj.core.api.Assertions.tuple("x", "VARCHAR", T));
    }

    @Test
    void what_cannot_travel_is_cast_in_the_engine_with_labels_order_and_duplicates_kept() {
        run("INSERT INTO t (a) VALUES (3), (1), (2)");
        CompiledStatement statement = compile("SELECT CAST(a AS HUGEINT) AS h, a AS h FROM t ORDER BY a DESC");

        assertThat(labels(statement)).containsExactly("h", "h");
        assertThat(types(statement)).containsExactly("HUGEINT", "INTEGER");
        assertThat(engineRows(statement.engineSql()))
                .containsExactly(List.of("3", "3"), List.of("2", "2"), List.of("1", "1"));
    }

    @Test
    void labels_show_tables_and_parameters_as_the_client_wrote_them() {
        assertThat(labels(compile("SELECT (SELECT max(a) FROM t), ? + 1, current_schema()")))
                .containsExactly("(SELECT max(a) FROM t)", "($1 + 1)", "current_schema()");
    }

    @Test
    void rows_are_changed_also_under_another_name_of_their_table() {
        assertThat(run("INSERT INTO u (e, a) VALUES (10, 1), (20, 2), (DEFAULT, 3)"))
                .isEqualTo(3);
        assertThat(run("UPDATE u AS x SET e = x.e + ?, a = a WHERE x.a = 1", 5L))
                .isEqualTo(1);
        assertThat(run("DELETE FROM u AS x WHERE x.a = (SELECT max(a) FROM u)")).isEqualTo(1);
        assertThat(run("INSERT INTO u WITH c AS (SELECT 7 AS k) SELECT k, k * 10 FROM c"))
                .isEqualTo(1);
        assertThat(rows("SELECT a, e FROM u ORDER BY a"))
                .containsExactly(List.of("1", "15"), List.of("2", "20"), List.of("7", "70"));
    }

    @Test
    void sql_json_is_written_with_the_engines_functions() {
        assertThat(rows("SELECT JSON_OBJECT('a': 1, KEY 'b' VALUE 2), JSON_QUERY('{\"a\": [1]}', '$.a')"))
                .containsExactly(List.of("{\"a\":1,\"b\":2}", "[1]"));
        assertThat(failure("SELECT JSON_VALUE('{}', '$.a' ERROR ON EMPTY)").code())
                .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void binary_literals_are_blobs_and_unicode_escapes_are_read() {
        assertThat(types(compile("SELECT X'00ff'"))).containsExactly("BLOB");
        assertThat(rows("SELECT U&'\\00fc'")).containsExactly(List.of("ü"));
    }

    @Test
    void a_statement_whose_answers_vary_is_volatile() {
        assertThat(compile("SELECT random()").isVolatile()).isTrue();
        assertThat(compile("SELECT uuid() FROM t").isVolatile()).isTrue();
        assertThat(compile("SELECT now(), abs(a) FROM t").isVolatile()).isFalse();
    }

    // Parameters.

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "SELECT a FROM t WHERE a = ? AND b = ? AND d > ? LIMIT ? # INTEGER, VARCHAR, DATE, BIGINT",
                "SELECT a FROM t WHERE a + ? > 3 AND b LIKE ? # INTEGER, VARCHAR",
                "SELECT $2 + a, $1 || b FROM t WHERE c * $3 > 5 # VARCHAR, INTEGER, DECIMAL(10,2)",
                "SELECT ? # VARCHAR",
                "SELECT ? + 1 # INTEGER",
                "SELECT CAST(? AS UUID) # UUID",
                "SELECT CASE WHEN ? THEN ? ELSE a END FROM t # BOOLEAN, INTEGER",
                "INSERT INTO t VALUES (?, ?, ?, ?) # INTEGER, VARCHAR, DECIMAL(10,2), DATE",
                "INSERT INTO t (a, b) VALUES (? + 1, upper(?)) # INTEGER, VARCHAR",
                "UPDATE t SET a = ?, b = b || ? WHERE d = ? # INTEGER, VARCHAR, DATE",
                "DELETE FROM t WHERE a IN (?, ?) # INTEGER, INTEGER"
            })
    void parameters_have_the_types_that_their_places_give_them(String text, String types) {
        assertThat(compile(text).parameters())
                .extracting(parameter -> parameter.type().name())
                .containsExactly(types.split(", "));
    }

    @Test
    void parameters_run_in_their_places_also_in_limit_and_offset() {
        run("INSERT INTO t (a) VALUES (1), (2), (3), (4)");
        assertThat(rows("SELECT a FROM t ORDER BY a OFFSET ? LIMIT ?", 1, 2))
                .containsExactly(List.of("2"), List.of("3"));
        assertThat(rows("SELECT $2, $1, $2", "x", "y")).containsExactly(List.of("y", "x", "y"));
    }

    @Test
    void a_parameter_of_which_nothing_is_known_and_that_cannot_be_text_is_named() {
        SkyportException failure = failure("SELECT ? + ?");
        assertThat(failure.code()).isEqualTo(ErrorCode.INDETERMINATE_DATATYPE);
        assertThat(failure.text()).contains("$1, $2");
    }

    @Test
    void question_marks_and_numbers_do_not_mix() {
        assertThat(failure("SELECT ?, $1").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void an_insert_of_values_can_read_its_parameters_from_a_stream() {
        assertThat(compile("INSERT INTO t (a, b, c) VALUES (? + 1, upper(?), DEFAULT)")
                        .streamed())
                .contains(new StreamedInsert(
                        "skyport_parameters",
                        "INSERT INTO \"default\".\"main\".\"t\" (\"a\", \"b\") SELECT (CAST(\"p\".\"p1\" AS INTEGER) + 1),"
                                + " upper(CAST(\"p\".\"p2\" AS VARCHAR)) FROM \"skyport_parameters\" AS \"p\"",
                        null));
        assertThat(compile("INSERT INTO t (a) VALUES (1)").streamed()).isEmpty();
        assertThat(compile("INSERT INTO t (a) VALUES (?), (?)").streamed()).isEmpty();
        assertThat(compile("INSERT INTO t (a) SELECT a FROM u WHERE e = ?").streamed())
                .isEmpty();
    }

    // Errors.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT nope FROM t | 42703 | 8",
                "SELECT t.nope FROM t | 42703 | 8",
                "SELECT a FROM t WHERE nope = 1 | 42703 | 23",
                "SELECT a FROM nope | 42P01 | 15",
                "SELECT a FROM nodb.main.t | 42P01 | 15",
                "SELECT a FROM t, u | 42702 | 8",
                "SELECT a, count(*) FROM t GROUP BY b | 42803 | 8",
                "SELECT sum(sum(a)) FROM t | 42803 | 12",
                "SELECT a FROM t WHERE sum(a) > 1 | 42803 | 23",
                "SELECT nofunc(1) | 42883 | 8",
                "SELECT a + b FROM t | 42883 | 8",
                "SELECT 1 FROM t JOIN u | 42601 | 17",
                "INSERT INTO nope VALUES (1) | 42P01 | 13",
                "INSERT INTO t (a, nope) VALUES (1, 2) | 42703 | 19",
                "UPDATE t SET nope = 1 | 42703 | 14",
                "DELETE FROM t WHERE nope = 1 | 42703 | 21",
                "DROP TABLE nope | 42P01 | 12",
                "CREATE TABLE nos.x (a INT) | 3F000 | 14",
                "CREATE SCHEMA nodb.s | 3D000 | 15",
                "CREATE TABLE x (a) | 42601 | 17",
                "USE nope | 3D000 | 5",
                "SET nope = 1 | 42704 | 5",
                "SET time_zone = 'Europe/Berlin' | 22023 | 17",
                "SELECT * FROM t MATCH_RECOGNIZE (PATTERN (A) DEFINE A AS a > 1) AS m | 0A000 | 17",
                "CREATE TABLE x (a INT REFERENCES u (e) ON DELETE CASCADE) | 42830 | 34",
                "CREATE EXTERNAL TABLE e STORED AS AVRO LOCATION 'x' | 42601 | 35",
                "CREATE EXTERNAL TABLE e STORED AS CSV LOCATION 'x' OPTIONS (headr true) | 42704 | 61",
                "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION 'x' | 42P07 | 23",
                "SELECT * FROM t FOR UPDATE | 0A000 | 17",
                "SELECT x'1' | 42601 | 8",
                "SELECT $0 | 42P02 | 8"
            })
    void what_is_wrong_has_its_sqlstate_and_its_position(String text, String sqlState, int column) {
        SkyportException failure = failure(text);
        assertThat(failure.code().sqlState()).isEqualTo(sqlState);
        assertThat(failure.position()).contains(new SqlPosition(1, column));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT query('SELECT 1')",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM query_table('t')",
                "SELECT getenv('HOME')",
                "SELECT json_execute_serialized_sql('{}')",
                "SELECT \"query\"('SELECT 1')",
                "SELECT main.query('SELECT 1')",
                "SELECT * FROM duckdb_secrets()"
            })
    void functions_that_run_text_or_tell_secrets_are_refused(String text) {
        assertThat(failure(text).code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void a_misspelt_name_gets_a_suggestion() {
        assertThat(failure("SELECT * FROM main.tt").text()).contains("did you mean \"t\"?");
        assertThat(failure("SELECT uper('x')").text()).contains("upper");
    }

    @Test
    void a_failure_while_running_is_located_in_the_clients_text() {
        SkyportException failure = catchThrowableOfType(
                SkyportException.class, () -> run("INSERT INTO t (a)\n  VALUES (CAST('x' AS INTEGER))"));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
    }

    @Test
    void a_statement_that_is_too_long_is_refused_by_the_limits_name() {
        SqlCompiler small = new SqlCompiler(
                catalog,
                engine,
                new AllowedDirectories(List.of()),
                new SqlProperties(10, DataSize.ofBytes(20), 1, 100));
        assertThat(small.compile("SELECT 1", CONTEXT)).isNotNull();
        SkyportException failure = catchThrowableOfType(
                SkyportException.class, () -> small.compile("SELECT 'a rather long text'", CONTEXT));
        assertThat(failure.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
        assertThat(failure.text()).contains("skyport.sql.max-statement-length");
    }

    @Test
    void a_statement_that_is_nested_too_deeply_is_refused() {
        String chain = "SELECT 1" + " + 1".repeat(20_000);
        assertThat(failure(chain).code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
    }

    // Definitions.

    @Test
    void a_table_has_the_constraints_and_defaults_it_was_given() {
        run("CREATE TABLE x (id INTEGER PRIMARY KEY, n VARCHAR NOT NULL DEFAULT 'q', k INT CHECK (k > 0),"
                + " r INT REFERENCES u (a), CONSTRAINT uq UNIQUE (n), s INT REFERENCES x)");
        Table table = catalog.snapshot().table("default", "main", "x").orElseThrow();

        assertThat(table.primaryKey()).isNotNull();
        assertThat(table.uniqueKeys()).hasSize(1);
        assertThat(table.foreignKeys()).hasSize(2);
        assertThat(table.column("n").orElseThrow().nullable()).isFalse();
        assertThat(catchThrowableOfType(SkyportException.class, () -> run("INSERT INTO x (id, k) VALUES (1, -1)"))
                        .code())
                .isEqualTo(ErrorCode.CHECK_VIOLATION);
        assertThat(catchThrowableOfType(SkyportException.class, () -> run("INSERT INTO x (id, r) VALUES (1, 7)"))
                        .code())
                .isEqualTo(ErrorCode.FOREIGN_KEY_VIOLATION);
        assertThat(run("INSERT INTO x (id) VALUES (1)")).isEqualTo(1);
    }

    @Test
    void tables_views_and_schemas_are_made_replaced_and_dropped() {
        run("CREATE TABLE x AS SELECT 1 AS a");
        run("CREATE OR REPLACE TABLE x (p, q) AS SELECT 1, 2");
        run("CREATE TABLE IF NOT EXISTS x (z INT)");
        assertThat(rows("SELECT p, q FROM x")).containsExactly(List.of("1", "2"));
        run("CREATE VIEW v (one) AS SELECT p FROM x");
        run("CREATE OR REPLACE VIEW v AS SELECT q AS two FROM x");
        assertThat(rows("SELECT two FROM v")).containsExactly(List.of("2"));
        run("CREATE SCHEMA s");
        run("CREATE SCHEMA IF NOT EXISTS s");
        run("CREATE TABLE s.x (a INT)");
        run("DROP SCHEMA s CASCADE");
        run("DROP VIEW v");
        run("DROP TABLE x");
        run("DROP TABLE IF EXISTS x");
        assertThat(rows("SHOW TABLES")).containsExactly(List.of("t"), List.of("u"));
    }

    @Test
    void definitions_take_no_parameters() {
        assertThat(failure("CREATE TABLE x AS SELECT ?").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure("CREATE VIEW x AS SELECT ?").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void a_table_with_a_foreign_key_asks_for_its_own_database() {
        assertThat(compile("CREATE TABLE x (a INT REFERENCES u)").prepared())
                .contains(new Preparation.UseDatabase("default", "main"));
        assertThat(compile("CREATE TABLE x (a INT)").prepared()).isEmpty();
    }

    // External tables.

    @Test
    void an_external_table_is_its_files_listed_as_a_table() throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        Files.writeString(files.resolve("one.csv"), "k;v\n1;x\n");
        Files.writeString(files.resolve("two.csv"), "k;v\n2;y\n");
        run("CREATE EXTERNAL TABLE e STORED AS CSV LOCATION '" + files + "' OPTIONS (delimiter ';', header true)");

        assertThat(rows("SELECT k, v FROM e ORDER BY k")).containsExactly(List.of("1", "x"), List.of("2", "y"));
        assertThat(catalog.snapshot()
                        .table("default", "main", "e")
                        .orElseThrow()
                        .external())
                .isEqualTo(new Table.ExternalLocation("CSV", files.toString()));
        run("CREATE EXTERNAL TABLE IF NOT EXISTS e STORED AS CSV LOCATION 'elsewhere'");
        run("CREATE OR REPLACE EXTERNAL TABLE e (key BIGINT, value VARCHAR) STORED AS CSV LOCATION '"
                + files.resolve("one.csv") + "' OPTIONS (delimiter ';', header true)");
        assertThat(types(compile("SELECT key, value FROM e"))).containsExactly("BIGINT", "VARCHAR");
        assertThat(failure("DROP VIEW e").text()).contains("use DROP TABLE");
        run("DROP TABLE e");
        assertThat(catalog.snapshot().table("default", "main", "e")).isEmpty();
    }

    @Test
    void directories_named_after_values_are_columns() throws IOException {
        Path files = Files.createDirectories(directory.resolve("files/y=2020"));
        Files.writeString(files.resolve("one.json"), "{\"k\": 1}\n");
        run("CREATE EXTERNAL TABLE e STORED AS JSON LOCATION '" + directory.resolve("files") + "/' PARTITIONED BY (y)");
        assertThat(rows("SELECT k, y FROM e")).containsExactly(List.of("1", "2020"));
        run("CREATE EXTERNAL TABLE f (k INTEGER, y INTEGER) STORED AS JSON LOCATION '" + directory.resolve("files")
                + "/' PARTITIONED BY (y)");
        assertThat(types(compile("SELECT * FROM f"))).containsExactly("INTEGER", "INTEGER");
    }

    @Test
    void a_file_can_stand_in_from() throws IOException {
        Path file = Files.writeString(directory.resolve("two.csv"), "k,v\n1,x\n");
        assertThat(rows("SELECT two.k, v FROM '" + file + "'")).containsExactly(List.of("1", "x"));
        assertThat(rows("SELECT f.k FROM '" + file + "' AS f")).containsExactly(List.of("1"));
        assertThat(failure("SELECT * FROM 'x.xyz'").code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void arrow_files_are_to_be_converted_first_unless_the_table_exists() {
        String location = directory.toAbsolutePath() + "/x.arrow";
        String text = "CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + location + "'";
        CompiledStatement statement = compile(text);
        Preparation.ConvertArrow convert =
                (Preparation.ConvertArrow) statement.prepared().orElseThrow();
        assertThat(convert.location()).isEqualTo(location);
        assertThat(convert.engineSql(statement, "/it's.parquet")).contains("read_parquet('/it''s.parquet')");
        assertThat(compile("CREATE EXTERNAL TABLE IF NOT EXISTS t STORED AS ARROW LOCATION '/data/x.arrow'")
                        .prepared())
                .isEmpty();
    }

    // SHOW, DESCRIBE, EXPLAIN, USE, SET.

    @Test
    void show_and_describe_list_what_users_have() {
        assertThat(rows("SHOW DATABASES")).containsExactly(List.of("default"));
        assertThat(rows("SHOW SCHEMAS")).containsExactly(List.of("main"));
        assertThat(rows("SHOW TABLES FROM main")).containsExactly(List.of("t"), List.of("u"));
        assertThat(rows("DESCRIBE u")).hasSize(2).first().asList().startsWith("a", "INTEGER", "NO", "PRI");
        assertThat(rows("SHOW COLUMNS FROM t")).isEqualTo(rows("DESCRIBE t")).hasSize(4);
        assertThat(rows("DESCRIBE SELECT a AS x FROM t")).first().asList().startsWith("x", "INTEGER");
        assertThat(rows("SHOW time_zone")).containsExactly(List.of("UTC"));
        assertThat(rows("SHOW ALL"))
                .extracting(row -> row.get(0))
                .contains("application_name", "auto_commit", "search_path", "time_zone")
                .isSorted();
    }

    @Test
    void explain_gives_the_plan_as_rows() {
        assertThat(labels(compile("EXPLAIN SELECT a FROM t"))).containsExactly("explain_key", "explain_value");
        assertThat(rows("EXPLAIN SELECT a FROM t").toString()).contains("SEQ_SCAN");
        assertThat(rows("EXPLAIN ANALYZE SELECT a FROM t").toString()).contains("Total Time");
    }

    @Test
    void use_and_set_change_only_the_session() {
        run("CREATE SCHEMA s");
        assertThat(compile("USE S").sessionChange()).contains(new SessionChange.Use("default", "s"));
        assertThat(compile("USE \"default\"").sessionChange()).contains(new SessionChange.Use("default", "main"));
        assertThat(compile("SET SCHEMA = s").sessionChange()).contains(new SessionChange.Use("default", "s"));
        assertThat(compile("SET TIME ZONE 'utc'").sessionChange()).contains(new SessionChange.Set("time_zone", "UTC"));
        assertThat(compile("RESET timezone").sessionChange()).contains(new SessionChange.Reset("time_zone"));
        assertThat(compile("USE s").kind()).isEqualTo(StatementKind.SESSION);
    }

    // The plan cache.

    @Test
    void a_statement_is_compiled_once_until_the_catalog_changes() {
        CompiledStatement first = compile("SELECT a FROM t");
        long misses = compiler.cacheMisses();
        assertThat(compile("SELECT a FROM t")).isSameAs(first);
        assertThat(compiler.cacheHits()).isPositive();
        assertThat(compiler.cacheMisses()).isEqualTo(misses);
        assertThat(compiler.compile("SELECT a FROM t", new SqlContext("default", "main", Set.of("reader"), Map.of())))
                .isNotSameAs(compile("SELECT a FROM t"));
        assertThat(compiler.compile("SELECT a FROM t", new SqlContext("default", "main", Map.of("x", "y"))))
                .isNotSameAs(first);
        run("CREATE TABLE z (a INT)");
        assertThat(compile("SELECT a FROM t")).isNotSameAs(first);
    }

    @Test
    void what_a_session_prepared_makes_no_difference_to_what_does_not_name_it() {
        SqlContext none = new SqlContext("default", "main", Map.of());
        SqlContext one = none.withStatements(Map.of("p", new PreparedText("SELECT 1", List.of())));
        SqlContext other = none.withStatements(Map.of("p", new PreparedText("SELECT 2", List.of())));
        assertThat(compiler.compile("SELECT a FROM t", one)).isSameAs(compiler.compile("SELECT a FROM t", none));
        assertThat(compiler.compile("EXECUTE p", one)).isSameAs(compiler.compile("EXECUTE p", one));
        assertThat(compiler.compile("EXECUTE p", other).engineSql()).contains("2");
        assertThat(compiler.compile("PREPARE p AS SELECT 3", none).kind()).isEqualTo(StatementKind.SESSION);
        assertThat(catchThrowableOfType(SkyportException.class, () -> compiler.compile("PREPARE p AS SELECT 3", one))
                        .code())
                .isEqualTo(ErrorCode.DUPLICATE_PREPARED_STATEMENT);
        assertThat(compiler.compile("EXPLAIN EXECUTE p", one))
                .isNotSameAs(compiler.compile("EXPLAIN EXECUTE p", other));
        assertThat(compiler.compile("DEALLOCATE p", one).kind()).isEqualTo(StatementKind.SESSION);
        assertThat(catchThrowableOfType(SkyportException.class, () -> compiler.compile("DEALLOCATE p", none))
                        .code())
                .isEqualTo(ErrorCode.INVALID_STATEMENT_NAME);
    }

    @Test
    void many_threads_compile_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<CompiledStatement>> statements = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int n = i % 50;
                statements.add(threads.submit(() -> compile("SELECT a + " + n + " FROM t WHERE b = ?")));
            }
            for (Future<CompiledStatement> statement : statements) {
                assertThat(statement.get().columns()).hasSize(1);
            }
        } finally {
            threads.shutdown();
        }
    }
}
