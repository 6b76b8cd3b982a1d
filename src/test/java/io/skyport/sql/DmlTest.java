package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.ObjectName;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What statements that change rows are compiled to: parameters, columns, tables; and files they may not name. */
class DmlTest extends CompilerTestBase {

    private static final ObjectName T = new ObjectName("default", "main", "t");
    private static final ObjectName S = new ObjectName("default", "main", "s");

    @BeforeEach
    void tables() {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'd', v SMALLINT, h HUGEINT)");
        run("CREATE TABLE s (id INTEGER, name VARCHAR, v SMALLINT)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INSERT INTO t (name, v, id) VALUES (?, ?, ?); VARCHAR, SMALLINT, INTEGER",
                "INSERT INTO t (name, v, id) VALUES (?, DEFAULT, ?), (?, ?, ?); VARCHAR, INTEGER, VARCHAR, SMALLINT, INTEGER",
                "INSERT INTO t (id, v) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = ?; INTEGER, SMALLINT, SMALLINT",
                "INSERT INTO t (id, v) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = ?, name = ? WHERE t.v > ?; INTEGER, SMALLINT, SMALLINT, VARCHAR, SMALLINT",
                "INSERT INTO t (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = t.name || ?; INTEGER, VARCHAR, VARCHAR",
                "INSERT INTO t (id, v) SELECT ?, v FROM s WHERE name = ?; INTEGER, VARCHAR",
                "INSERT INTO t (id) VALUES (?) RETURNING id, name; INTEGER",
                "UPDATE t SET v = ?, name = ? WHERE id = ? RETURNING *; SMALLINT, VARCHAR, INTEGER",
                "UPDATE t SET (v, name) = (?, ?); SMALLINT, VARCHAR",
                "UPDATE t SET (v, name) = (SELECT v, ? FROM s WHERE s.id = ?); VARCHAR, INTEGER",
                "UPDATE t AS x SET v = s.v FROM s WHERE s.id = x.id AND s.name = ?; VARCHAR",
                "DELETE FROM t USING s WHERE s.id = t.id AND s.v = ?; SMALLINT",
                "WITH c AS (SELECT id FROM s WHERE name = ?) DELETE FROM t WHERE id IN (SELECT id FROM c) AND v = ?; VARCHAR, SMALLINT",
                "MERGE INTO t USING s ON t.id = s.id AND s.v > ? WHEN MATCHED AND t.v > ? THEN UPDATE SET v = ? WHEN NOT MATCHED THEN INSERT (id, name, v) VALUES (?, ?, ?); SMALLINT, SMALLINT, SMALLINT, INTEGER, VARCHAR, SMALLINT",
                "COPY (SELECT id FROM t WHERE id = ?) TO '%s/x.csv'; INTEGER",
            })
    void parameters_have_the_types_of_their_columns(String text, String types) {
        CompiledStatement statement = compile(text.replace("%s", directory.toString()));

        assertThat(statement.parameters())
                .extracting(parameter -> parameter.type().name())
                .containsExactly(types.split(", "));
        assertThat(statement.kind()).isEqualTo(StatementKind.DML);
    }

    @Test
    void parameters_in_values_of_a_merge_can_be_told_by_a_cast() {
        String merge =
                "MERGE INTO t USING (VALUES (CAST(? AS INTEGER), CAST(? AS SMALLINT))) AS n(id, v) ON t.id = n.id"
                        + " WHEN MATCHED THEN UPDATE SET v = n.v WHEN NOT MATCHED THEN INSERT (id, v) VALUES (n.id, n.v)";
        assertThat(run(merge, 1, (short) 5)).isEqualTo(1);
        assertThat(run(merge, 1, (short) 6)).isEqualTo(1);
        assertThat(rows("SELECT id, v FROM t")).containsExactly(List.of("1", "6"));
    }

    @Test
    void a_row_from_a_query_takes_its_parameters_once() {
        run("INSERT INTO t (id) VALUES (1)");
        run("INSERT INTO s VALUES (1, 'x', 7)");
        assertThat(run("UPDATE t SET (v, name) = (SELECT v + ?, name || ? FROM s WHERE s.id = t.id)", (short) 1, "y"))
                .isEqualTo(1);
        assertThat(rows("SELECT v, name FROM t")).containsExactly(List.of("8", "xy"));
    }

    @Test
    void returning_has_columns_with_their_tables_and_travelling_types() {
        CompiledStatement statement = compile("UPDATE t SET v = ? RETURNING *, id + 1, t.name AS label");

        assertThat(labels(statement)).containsExactly("id", "name", "v", "h", "(id + 1)", "label");
        assertThat(types(statement)).containsExactly("INTEGER", "VARCHAR", "SMALLINT", "HUGEINT", "INTEGER", "VARCHAR");
        assertThat(statement.columns())
                .extracting(column -> column.table().orElse(null))
                .containsExactly(T, T, T, T, null, T);
        assertThat(statement.engineSql()).contains("CAST(\"h\" AS DECIMAL(38,0))");
        assertThat(compile("UPDATE t SET v = 1").columns()).isEmpty();
    }

    @Test
    void merge_returning_knows_the_action() {
        CompiledStatement statement =
                compile("MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING merge_action, *");

        assertThat(labels(statement)).containsExactly("merge_action", "id", "name", "v", "h");
    }

    @Test
    void a_parameter_in_returning_is_refused_where_it_stands() {
        SkyportException failure = failure("UPDATE t SET v = 1 RETURNING v + ?");

        assertThat(failure.code().sqlState()).isEqualTo("0A000");
        assertThat(failure.position().orElseThrow().column()).isEqualTo(34);
    }

    @Test
    void tables_read_and_written_are_told() {
        assertReadsAndWrites("INSERT INTO t (id) SELECT id FROM s", List.of(S), List.of(T));
        assertReadsAndWrites("INSERT INTO t (id) VALUES (1)", List.of(), List.of(T));
        assertReadsAndWrites("INSERT INTO t (id) VALUES (1) RETURNING id", List.of(T), List.of(T));
        assertReadsAndWrites(
                "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET v = 1", List.of(T), List.of(T));
        assertReadsAndWrites("UPDATE t SET v = s.v FROM s", List.of(S, T), List.of(T));
        assertReadsAndWrites("DELETE FROM t USING s WHERE s.id = t.id", List.of(S, T), List.of(T));
        assertReadsAndWrites("DELETE FROM t", List.of(), List.of(T));
        assertReadsAndWrites("TRUNCATE t", List.of(), List.of(T));
        assertReadsAndWrites("MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE", List.of(S, T), List.of(T));
        assertReadsAndWrites("COPY t TO '" + directory + "/a.csv'", List.of(T), List.of());
        assertReadsAndWrites("COPY t FROM '" + directory + "/a.csv'", List.of(), List.of(T));
    }

    private void assertReadsAndWrites(String text, List<ObjectName> reads, List<ObjectName> writes) {
        if (text.contains(" FROM '")) {
            run(text.replace(" FROM '", " TO '"));
        }
        CompiledStatement statement = compile(text);
        assertThat(statement.reads()).as(text).containsExactlyInAnyOrderElementsOf(reads);
        assertThat(statement.writes()).as(text).containsExactlyInAnyOrderElementsOf(writes);
    }

    @Test
    void rows_stream_into_an_insert_unless_their_order_counts() {
        assertThat(compile("INSERT INTO t (id) VALUES (?)").streamed()).isPresent();
        assertThat(compile("INSERT INTO t (id) VALUES (?) RETURNING id").streamed())
                .isPresent();
        assertThat(compile("INSERT OR IGNORE INTO t (id) VALUES (?)").streamed())
                .hasValueSatisfying(stream -> assertThat(stream.engineSql()).startsWith("INSERT OR IGNORE INTO"));
        assertThat(compile("INSERT INTO t (id) VALUES (?) ON CONFLICT DO NOTHING")
                        .streamed())
                .hasValueSatisfying(stream -> assertThat(stream.engineSql()).endsWith(" ON CONFLICT DO NOTHING"));
        assertThat(compile("INSERT INTO t (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET v = ?")
                        .streamed())
                .isEmpty();
    }

    @Test
    void rows_that_change_others_stream_into_rounds() {
        assertThat(compile("INSERT OR REPLACE INTO t (id) VALUES (?)").streamed())
                .hasValueSatisfying(stream -> assertThat(stream.roundSql()).startsWith("INSERT OR REPLACE INTO"));
        assertThat(compile("INSERT INTO t (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET v = 1")
                        .streamed())
                .hasValueSatisfying(stream -> assertThat(stream.roundSql()).contains("= $1 ORDER BY"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY t FROM STDIN | 0A000 | bind rows as Arrow | 13",
                "COPY t TO STDOUT (FORMAT csv) | 0A000 | read its Arrow stream | 11",
                "COPY t TO PROGRAM 'cat' | 0A000 | PROGRAM | 11",
                "COPY t FROM PROGRAM 'cat' | 0A000 | PROGRAM | 13",
                "COPY FROM DATABASE a TO b | 0A000 | COPY FROM DATABASE | 1",
                "COPY t TO '/tmp/skyport_outside.csv' | 42501 | outside | 11",
                "COPY t FROM '/etc/passwd' | 42501 | outside | 13",
                "COPY t FROM 'http://localhost/x.csv' | 42501 | outside | 13",
                "COPY t TO '%s/../outside.csv' | 42501 | outside | 11",
                "COPY t TO '%s/*.csv' | 22023 | wildcards | 11",
                "COPY t TO ? | 0A000 | must be a literal | 11",
                "COPY t TO '%s/p' (FORMAT csv, PER_THREAD_OUTPUT, FILENAME_PATTERN '../x_{i}') | 22023 | without a directory |",
                "COPY t TO '%s/p' (FORMAT csv, PER_THREAD_OUTPUT, FILE_EXTENSION '/../x') | 22023 | without a directory |",
                "COPY t TO '%s/p' (FORMAT csv, RETURN_FILES) | 42704 | no option |",
                "COPY t TO '%s/p' (FORMAT parquet, ENCRYPTION_CONFIG 'x') | 42704 | no option |",
                "COPY t TO '%s/p' (FORMAT arrow) | 22023 | formats csv, parquet and json |",
            })
    void copy_names_only_files_it_may(String text, String sqlState, String words, Integer column) {
        SkyportException failure = failure(text.replace("%s", directory.toString()));

        assertThat(failure.code().sqlState()).isEqualTo(sqlState);
        assertThat(failure.text()).contains(words);
        if (column != null) {
            assertThat(failure.position().orElseThrow().column()).isEqualTo(column);
        }
    }

    @Test
    void copy_follows_no_link_out_of_its_directory() throws IOException {
        Path outside = Files.createTempDirectory("skyport-outside");
        try {
            Files.createSymbolicLink(directory.resolve("link"), outside);
            assertThat(failure("COPY t TO '" + directory + "/link/x.csv'")
                            .code()
                            .sqlState())
                    .isEqualTo("42501");
            Files.createSymbolicLink(directory.resolve("file.csv"), outside.resolve("new.csv"));
            assertThat(failure("COPY t TO '" + directory + "/file.csv'").code().sqlState())
                    .isEqualTo("42501");
        } finally {
            Files.delete(outside);
        }
    }
}
