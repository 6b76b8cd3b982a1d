package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineStream;
import io.skyport.engine.StatementDescription;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Form;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same text through the compiler and straight to the engine: what differs is a bug. */
class CompareTest extends CompilerTestBase {

    @BeforeEach
    void fill() {
        run("CREATE TABLE t (a INTEGER, b VARCHAR, c DECIMAL(10,2), d DATE)");
        run("INSERT INTO t VALUES (1, 'x', 1.5, DATE '2020-01-02'), (2, 'y', 2.5, DATE '2021-03-04'),"
                + " (3, 'x', NULL, DATE '2022-05-06'), (4, NULL, 4.5, NULL)");
        run("CREATE TABLE u (a INTEGER, e BIGINT)");
        run("INSERT INTO u VALUES (1, 10), (2, 20), (5, 50)");
        run("CREATE TABLE n (k INTEGER, l INTEGER[], s STRUCT(x INTEGER, y VARCHAR), m MAP(VARCHAR, INTEGER))");
        run(
                "INSERT INTO n VALUES (1, ARRAY[1, 2], struct_pack(x := 1, y := 'p'), MAP['a', 1]), (2, ARRAY[3], NULL, NULL)");
        run("CREATE TABLE k (key INTEGER, value VARCHAR, date DATE, time TIME, timestamp TIMESTAMP, year INTEGER,"
                + " user VARCHAR)");
        run(
                "INSERT INTO k VALUES (1, 'v', DATE '2020-01-01', TIME '10:00:00', TIMESTAMP '2020-01-01 00:00:00', 2020, 'me')");
        run("CREATE TABLE big (h HUGEINT, id UUID, tz TIME WITH TIME ZONE, bits BIT)");
        run("INSERT INTO big VALUES (1, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', '10:00:00+01', '0101'),"
                + " (2, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf7', '10:00:00+01', '0101')");
    }

    @Test
    void every_query_gives_what_the_engine_gives_for_the_same_text() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (String text : queries()) {
            all.assertThat(outcome(() -> compiled(text))).as(text).isEqualTo(outcome(() -> direct(text)));
        }
        all.assertAll();
    }

    private static List<String> queries() throws IOException {
        try (InputStream in = CompareTest.class.getResourceAsStream("/sql/compare.sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("-- "))
                    .toList();
        }
    }

    private record Answer(List<String> labels, List<String> types, List<List<@Nullable String>> rows) {}

    private interface Question {
        Answer ask();
    }

    private static Object outcome(Question question) {
        try {
            return question.ask();
        } catch (RuntimeException failure) {
            return String.valueOf(failure);
        }
    }

    private Answer compiled(String text) {
        CompiledStatement statement = compile(text);
        return new Answer(labels(statement), types(statement), engineRows(statement.engineSql()));
    }

    private Answer direct(String text) {
        EngineConnection connection = engine.acquire();
        connection.update("USE \"default\"", List.of());
        StatementDescription description = connection.describe(text);
        List<ResultColumn> columns = columns(description.columns());
        EngineText.Filled bare = new EngineText.Filled(text, SourceMap.EMPTY);
        EngineText.Filled wire =
                WireQuery.of(new Typing.Typed(bare, Form.PLAIN, List.of(), java.util.Set.of(), description), columns);
        try (EngineStream stream = connection.query(wire.sql(), List.of())) {
            return new Answer(
                    columns.stream().map(ResultColumn::name).toList(),
                    types(description.columns(), compile(text)),
                    rows(stream));
        }
    }

    @Test
    void the_comparison_notices_a_difference() {
        assertThat(outcome(() -> compiled("SELECT 1"))).isNotEqualTo(outcome(() -> direct("SELECT 2")));
    }
}
