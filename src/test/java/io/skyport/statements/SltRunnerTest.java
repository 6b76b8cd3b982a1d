package io.skyport.statements;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.statements.SltOptions.Comparison;
import io.skyport.statements.SltOptions.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each directive does what it says, and what is expected wrongly fails. */
class SltRunnerTest {

    @TempDir
    Path directory;

    private SltReport run(String text) {
        return run(text, SltOptions.strict());
    }

    private SltReport run(String text, SltOptions options) {
        try {
            Path work = Files.createTempDirectory(directory, "run");
            return SltRunner.run("file", text, directory.resolve("file.test"), work, options);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void passes(int records, String text) {
        SltReport report = run(text);
        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isEqualTo(records);
    }

    private String failure(String text) {
        SltReport report = run(text);
        assertThat(report.failures()).hasSize(1);
        return report.failures().get(0);
    }

    @Test
    void a_failure_names_file_line_sql_expected_and_actual() {
        assertThat(failure("\n\nquery I\nSELECT 1 + 1\n----\n3\n"))
                .startsWith("file:3: ")
                .contains("expected:\n3", "actual:\n2", "SELECT 1 + 1");
    }

    @Test
    void a_statement_that_should_work_fails_with_its_error() {
        assertThat(failure("statement ok\nSELECT * FROM nope")).contains("42P01", "line 1, column 15");
    }

    @Test
    void a_statement_that_should_fail_must() {
        assertThat(failure("statement error\nSELECT 1")).contains("expected an error");
        assertThat(failure("statement error\nSELECT * FROM nope\n----\n42703")).contains("42703", "42P01");
        passes(
                4,
                "statement error\nSELECT * FROM nope\n\nstatement error\nSELECT * FROM nope\n----\n42P01\nline 1, column 15\n\n"
                        + "statement error\nSELECT * FROM nope\n----\n<REGEX>:42P01: table .* exist.*\n\n"
                        + "statement error nope\nSELECT * FROM nope\n");
    }

    @Test
    void a_statement_may_fail_or_not_but_not_otherwise() {
        passes(2, "statement maybe\nSELECT 1\n\nstatement maybe\nSELECT * FROM nope\n----\n42P01\n");
        assertThat(failure("statement maybe\nSELECT * FROM nope\n----\n42703")).contains("42P01");
    }

    @Test
    void affected_rows_are_counted() {
        String table = "statement ok\nCREATE TABLE t (a INTEGER)\n\n";
        passes(2, table + "statement count 2\nINSERT INTO t VALUES (1), (2)");
        assertThat(failure(table + "statement count 3\nINSERT INTO t VALUES (1), (2)"))
                .contains("expected 3 rows, got 2");
        passes(2, table + "query I\nINSERT INTO t VALUES (1), (2)\n----\n2\n");
    }

    @Test
    void rows_are_written_value_by_value_with_tabs_or_with_blanks() {
        String query = "query ITI\nSELECT * FROM (VALUES (1, 'a b', NULL), (2, '', 3)) AS t ORDER BY 1\n----\n";
        passes(1, query + "1\na b\nNULL\n2\n(empty)\n3\n");
        passes(1, query + "1\ta b\tNULL\n2\t(empty)\t3\n");
        passes(1, query + "1 a b NULL\n2   (empty)   3\n");
        assertThat(failure(query + "1 a c NULL\n2 (empty) 3\n")).contains("a\tb".replace('\t', ' '));
        assertThat(failure(query + "1\ta b\tNULL\n")).contains("actual");
    }

    @Test
    void the_number_of_columns_counts() {
        assertThat(failure("query I\nSELECT 1, 2\n----\n1\n2\n")).contains("expected 1 columns");
    }

    @Test
    void rows_and_values_are_sorted_on_demand() {
        String from = "\nSELECT * FROM (VALUES (2, 1), (1, 3)) AS t\n----\n";
        passes(1, "query II nosort" + from + "2 1\n1 3\n");
        assertThat(failure("query II nosort" + from + "1 3\n2 1\n")).contains("actual");
        passes(1, "query II rowsort" + from + "1 3\n2 1\n");
        passes(1, "query II valuesort" + from + "1\n1\n2\n3\n");
        passes(1, "control sortmode rowsort\n\nquery II" + from + "1 3\n2 1\n");
        assertThat(failure("query II rowsort" + from + "1 3\n2 2\n")).contains("actual");
    }

    @Test
    void values_may_be_hashed() {
        String hash = ExpectedRows.hash(List.of("1", "3", "2", "1"));
        String query = "query II rowsort\nSELECT * FROM (VALUES (2, 1), (1, 3)) AS t\n----\n";
        passes(1, query + "4 values hashing to " + hash + "\n");
        assertThat(failure(query + "4 values hashing to "
                        + hash.replace(hash.charAt(0), '0').replace('1', '2') + "\n"))
                .contains("hashing to");
        assertThat(failure(query + "5 values hashing to " + hash + "\n")).contains("got 4");
    }

    @Test
    void floats_are_hashed_as_sqlite_prints_them() {
        String hash = ExpectedRows.hash(List.of("0.333", "7"));
        passes(1, "query RI\nSELECT 1e0 / 3, 7.9e0\n----\n2 values hashing to " + hash + "\n");
    }

    @Test
    void booleans_numbers_and_floats_are_compared_as_such() {
        passes(1, "query IIRR\nSELECT true, 1.50, 0.1e0 + 0.2e0, 'nan'::DOUBLE\n----\n1 1.5 0.3 NaN\n");
        passes(1, "query T\nSELECT 'abc'\n----\n<REGEX>:a.c\n");
        assertThat(failure("query I\nSELECT true\n----\nfalse\n")).contains("true");
        assertThat(failure("query R\nSELECT 0.1e0\n----\n0.1001\n")).contains("0.1");
        assertThat(failure("query T\nSELECT 'abc'\n----\n<!REGEX>:a.c\n")).contains("abc");
    }

    @Test
    void queries_of_one_label_have_the_same_rows() {
        passes(2, "query I nosort x\nSELECT 1\n----\n1\n\nquery I nosort x\nSELECT 2 - 1\n");
        assertThat(failure("query I nosort x\nSELECT 1\n\nquery I nosort x\nSELECT 2\n"))
                .contains("label x");
    }

    @Test
    void names_of_columns_may_be_expected() {
        passes(1, "query II colnames\nSELECT 1 AS a, 2 AS b\n----\na b\n1 2\n");
        assertThat(failure("query II colnames\nSELECT 1 AS a, 2 AS b\n----\na c\n1 2\n"))
                .contains("columns");
    }

    @Test
    void records_for_others_are_skipped() {
        SltReport report = run("skipif duckdb\nstatement ok\nwrong\n\nonlyif mysql\nstatement ok\nwrong\n\n"
                + "onlyif skyport\nstatement ok\nSELECT 1\n\nskipif mysql\nstatement ok\nSELECT 1\n");
        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isEqualTo(2);
        assertThat(report.skipped()).isEqualTo(2);
    }

    @Test
    void loops_substitute_their_variables() {
        passes(
                9,
                "statement ok\nCREATE TABLE t (a INTEGER, b VARCHAR)\n\nloop i 0 3\n\nforeach v a b\n\n"
                        + "statement ok\nINSERT INTO t VALUES (${i}, '${v}')\n\nendloop\n\nendloop\n\n"
                        + "query IT rowsort\nSELECT * FROM t\n----\n0\ta\n0\tb\n1\ta\n1\tb\n2\ta\n2\tb\n\n"
                        + "foreach x,y 1,2\n\nquery II\nSELECT ${x}, ${y}\n----\n${x}\t${y}\n\nendloop\n");
        assertThat(run("loop i 0\n\nendloop\n").failures()).hasSize(1);
    }

    @Test
    void a_loop_over_a_collection_leaves_out_what_is_excluded() {
        assertThat(LoopValues.of("foreach", List.of("t", "<signed>", "!tinyint"))
                        .rounds())
                .containsExactly(List.of("smallint"), List.of("integer"), List.of("bigint"), List.of("hugeint"));
    }

    @Test
    void the_rest_is_skipped_after_halt_and_without_what_is_required() {
        for (String stop : List.of("halt", "require no_such_extension", "require-env NO_SUCH_VARIABLE_HERE")) {
            SltReport report = run("statement ok\nSELECT 1\n\n" + stop + "\n\nstatement ok\nwrong\n");
            assertThat(report.failures()).as(stop).isEmpty();
            assertThat(report.passed()).isEqualTo(1);
            assertThat(report.skipped()).isEqualTo(1);
            assertThat(report.summary()).contains(stop.substring(0, 4));
        }
        passes(1, "require parquet\n\nrequire vector_size 1024\n\nstatement ok\nSELECT 1\n");
    }

    @Test
    void records_between_skip_and_unskip_do_not_run() {
        assertThat(run("mode skip\n\nstatement ok\nwrong\n\nmode unskip\n\nstatement ok\nSELECT 1\n")
                        .failures())
                .isEmpty();
    }

    @Test
    void rows_of_queries_without_order_may_come_in_any() {
        passes(
                1,
                "query T rowsort\nSELECT string_agg(v, ',' ORDER BY v) FROM (VALUES (1, 'b'), (2, 'a')) AS t(k, v) GROUP BY k\n----\na\nb\n");
    }

    @Test
    void sessions_are_their_own_and_share_the_database() {
        passes(
                5,
                "statement ok\nCREATE SCHEMA s\n\nstatement ok\nCREATE TABLE s.t (a INTEGER)\n\n"
                        + "statement ok con1\nUSE \"default\".s\n\nquery I con1\nSELECT * FROM t\n----\n\n"
                        + "statement error\nSELECT * FROM t\n----\n42P01\n");
    }

    @Test
    void a_restart_keeps_the_data_and_a_load_begins_without() {
        String table = "statement ok\nCREATE TABLE t AS SELECT 42 AS a\n\n";
        passes(2, table + "restart\n\nquery I\nSELECT * FROM t\n----\n42\n");
        passes(2, table + "load __TEST_DIR__/other.db\n\nstatement error\nSELECT * FROM t\n----\n42P01\n");
    }

    @Test
    void a_file_is_included() throws IOException {
        Files.writeString(directory.resolve("other.inc"), "statement ok\nCREATE TABLE t (a INTEGER)\n");
        passes(2, "include other.inc\n\nstatement ok\nSELECT * FROM t\n");
    }

    @Test
    void files_of_the_test_directory_are_written_and_read() {
        passes(
                2,
                "statement ok\nCREATE TABLE t AS SELECT 42 AS a\n\nquery I\nSELECT count(*) FROM glob('__TEST_DIR__/*.csv')\n----\n0\n");
    }

    @Test
    void several_statements_of_one_record_run_in_order() {
        passes(
                2,
                "statement ok\nCREATE TABLE t (a INTEGER); INSERT INTO t VALUES (';');\n\nquery I\nSELECT 1\n----\n1\n"
                        .replace("';'", "1"));
    }

    @Test
    void what_skyport_refuses_and_the_engine_accepts_is_a_difference() {
        SltReport report = run("statement error\nSELECT 170141183460469231731687303715884105727\n");
        assertThat(report.failures()).singleElement().asString().contains("Skyport refuses what the engine accepts");
        passes(
                1,
                "# skyport: differs 39 digits do not travel\nstatement error\nSELECT 170141183460469231731687303715884105727\n");
    }

    @Test
    void a_difference_is_listed_or_fails() {
        String text = "statement error\nSELECT 170141183460469231731687303715884105727\n";
        SltOptions strict = SltOptions.strict();
        SltReport listed = run(
                text,
                new SltOptions(
                        strict.errors(),
                        Comparison.REPORT,
                        strict.tolerance(),
                        strict.timeout(),
                        strict.directories()));
        SltReport none = run(
                text,
                new SltOptions(
                        strict.errors(), Comparison.OFF, strict.tolerance(), strict.timeout(), strict.directories()));

        assertThat(listed.failures()).isEmpty();
        assertThat(listed.differences()).hasSize(1);
        assertThat(none.differences()).isEmpty();
        assertThat(none.comparisons()).isZero();
    }

    @Test
    void others_files_may_expect_the_engines_own_message_or_any() {
        String text =
                "statement error\nSELECT * FROM nope\n----\nCatalog Error: Table with name nope does not exist!\n";
        SltOptions lenient = SltOptions.lenient();
        SltOptions any = new SltOptions(
                Errors.ANY, Comparison.OFF, lenient.tolerance(), lenient.timeout(), lenient.directories());

        assertThat(run(text).failures()).hasSize(1);
        assertThat(run(text, lenient).failures()).isEmpty();
        assertThat(run("statement error\nSELECT * FROM nope\n----\nother\n", lenient)
                        .failures())
                .hasSize(1);
        assertThat(run("statement error\nSELECT * FROM nope\n----\nother\n", any)
                        .failures())
                .isEmpty();
    }

    @Test
    void timestamps_may_be_written_with_t() {
        passes(1, "query T\nSELECT TIMESTAMP '2020-01-02 03:04:05'\n----\n2020-01-02T03:04:05\n");
    }

    @Test
    void a_file_that_cannot_be_read_fails() {
        assertThat(run("statment ok\n").failures()).singleElement().asString().contains("file:1");
    }

    @Test
    void the_command_ends_with_1_after_a_failure_and_writes_a_report() throws IOException {
        Path good = Files.writeString(directory.resolve("good.test"), "statement ok\nSELECT 1\n");
        Path bad = Files.writeString(directory.resolve("bad.slt"), "query I\nSELECT 1\n----\n2\n");
        Path output = directory.resolve("output");

        assertThat(Slt.run(good, output)).isZero();
        assertThat(Slt.run(bad, output)).isEqualTo(1);
        assertThat(Slt.run(directory, output)).isEqualTo(1);
        assertThat(Slt.run(directory.resolve("nothing"), output)).isEqualTo(2);
        assertThat(output.resolve("report.txt"))
                .content()
                .contains("good.test: 1 passed", "FAILED bad.slt:1", "2 files: 1 passed, 1 failed");
    }

    @Test
    void the_comparison_goes_on_behind_queries_that_write() {
        SltReport report = run("statement ok\nCREATE TABLE t (a INTEGER)\n\n"
                + "query I\nINSERT INTO t VALUES (1), (2) RETURNING a\n----\n1\n2\n\n"
                + "query I\nUPDATE t SET a = a + 1 RETURNING a\n----\n2\n3\n\n"
                + "query I\nSELECT sum(a) FROM t\n----\n5\n");
        assertThat(report.failures()).isEmpty();
        assertThat(report.comparisons()).isEqualTo(4);
    }
}
