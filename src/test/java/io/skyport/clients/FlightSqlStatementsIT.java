package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are not prepared: conformance section 7, by Arrow's Java client. */
class FlightSqlStatementsIT extends Connected {

    @Test
    void a_query_gives_its_rows_in_the_order_asked_for() throws Exception {
        Rows rows = query("SELECT a, b FROM (VALUES (2, 'two'), (1, 'one')) AS t(a, b) ORDER BY a");

        assertThat(rows.rows()).containsExactly(List.of(1, "one"), List.of(2, "two"));
    }

    @Test
    void a_query_without_rows_still_delivers_its_schema() throws Exception {
        FlightInfo info = client.execute("SELECT a, b FROM (VALUES (1, 'x')) AS t(a, b) WHERE a = 0");
        Rows rows = read(info);

        assertThat(rows.rows()).isEmpty();
        assertThat(rows.schema()).isEqualTo(announced(info));
        assertThat(rows.schema().getFields()).extracting(Field::getName).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS i, 'x' AS s, CAST(1.5 AS DECIMAL(10, 2)) AS d, TRUE AS b, NULL AS n",
                "SELECT CAST(1 AS HUGEINT) AS h, CAST('00000000-0000-0000-0000-000000000001' AS UUID) AS u",
                "SELECT DATE '2024-02-29' AS d, TIME '01:02:03' AS t, TIMESTAMP '2024-02-29 01:02:03' AS ts",
                "SELECT sum(i) AS s, avg(i) AS a, count(*) AS c, min(i) AS m FROM (VALUES (1), (2)) AS t(i)",
                "SELECT 1, 1, 1 + 1",
            })
    void announced_described_and_delivered_schema_are_one(String sql) throws Exception {
        Schema described = client.getExecuteSchema(sql).getSchema();
        FlightInfo info = client.execute(sql);
        Rows rows = read(info);

        assertThat(announced(info)).isEqualTo(described);
        assertThat(rows.schema()).isEqualTo(described);
    }

    @Test
    void a_table_s_columns_are_announced_as_they_are_delivered() throws Exception {
        String table = create("kinds", """
                b BOOLEAN NOT NULL, i1 TINYINT, i2 SMALLINT, i4 INTEGER, i8 BIGINT, f REAL, d DOUBLE, n DECIMAL(18, 3),
                s VARCHAR(20), x BLOB, da DATE, ti TIME, ts TIMESTAMP, tz TIMESTAMP WITH TIME ZONE""");
        client.executeUpdate("INSERT INTO " + table + " (b, i4) VALUES (TRUE, 7)");

        FlightInfo info = client.execute("SELECT * FROM " + table);
        Rows rows = read(info);

        assertThat(announced(info))
                .isEqualTo(client.getExecuteSchema("SELECT * FROM " + table).getSchema());
        assertThat(rows.schema()).isEqualTo(announced(info));
        assertThat(rows.rows())
                .containsExactly(
                        Arrays.asList(true, null, null, 7, null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void a_result_of_many_batches_arrives_whole_and_in_order() throws Exception {
        FlightInfo info = client.execute("SELECT i FROM range(100000) AS t(i) ORDER BY i");

        long expected = 0;
        int batches = 0;
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
            while (stream.next()) {
                batches++;
                for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
                    assertThat(stream.getRoot().getVector(0).getObject(row)).isEqualTo(expected++);
                }
            }
        }
        assertThat(expected).isEqualTo(100_000);
        assertThat(batches).isGreaterThan(1);
    }

    @Test
    void a_row_of_a_megabyte_arrives_whole() throws Exception {
        String text = (String) query("SELECT repeat('é', 500000) AS s").value();

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(1_000_000);
        assertThat(text.replace("é", "")).isEmpty();
    }

    @Test
    void wide_rows_are_cut_into_messages_that_every_client_accepts() throws Exception {
        // 8,192 rows of 4 KB would be 32 MiB in one message; Rust clients accept 4 MiB.
        Rows rows = query("SELECT repeat('x', 4000) AS s FROM range(8192) AS t(i)");

        assertThat(rows.rows()).hasSize(8192);
        assertThat(rows.batches()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void text_of_any_script_survives_both_ways() throws Exception {
        String text = "żółć 漢字 🦆 \u0000 end \\ \" '";
        String table = create("unicode", "s VARCHAR");
        client.executeUpdate(
                "INSERT INTO " + table + " VALUES ('" + text.replace("'", "''").replace("\u0000", "") + "')");

        assertThat(query("SELECT s FROM " + table).value()).isEqualTo(text.replace("\u0000", ""));
        assertThat(query("SELECT '漢字' AS \"列 名\"").schema().getFields())
                .extracting(Field::getName)
                .containsExactly("列 名");
    }

    @Test
    void column_names_may_repeat_or_be_odd() throws Exception {
        Rows rows = query("SELECT 1 AS a, 2 AS a, 3 AS \"select\", 4 AS \" \"");

        assertThat(rows.schema().getFields()).extracting(Field::getName).containsExactly("a", "a", "select", " ");
        assertThat(rows.rows()).containsExactly(List.of(1, 2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;",
                "SELECT 1;;;",
                "SELECT 1 ; ;\n;",
                "-- leading\nSELECT 1",
                "SELECT /* in between */ 1 -- trailing",
                "/* a */ /* b */ SELECT 1 /* c */;",
                "\n\t SELECT 1 \r\n",
            })
    void semicolons_comments_and_white_space_do_not_matter(String sql) throws Exception {
        assertThat(query(sql).value()).isEqualTo(1);
        assertThat(client.getExecuteSchema(sql).getSchema().getFields()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", "-- only a comment", "/* only a comment */", "SELECT 1; SELECT 2"})
    void a_text_without_exactly_one_statement_is_refused(String sql) {
        assertThatThrownBy(() -> client.execute(sql)).satisfies(FlightSqlStatementsIT::isSyntaxError);
        assertThatThrownBy(() -> client.getExecuteSchema(sql)).satisfies(FlightSqlStatementsIT::isSyntaxError);
        assertThatThrownBy(() -> client.executeUpdate(sql)).satisfies(FlightSqlStatementsIT::isSyntaxError);
        assertThatThrownBy(() -> client.prepare(sql)).satisfies(FlightSqlStatementsIT::isSyntaxError);
    }

    @Test
    void the_second_of_two_statements_is_not_run() throws Exception {
        String table = create("victim", "i INTEGER");

        assertThatThrownBy(() -> client.executeUpdate("SELECT 1; DROP TABLE " + table))
                .satisfies(FlightSqlStatementsIT::isSyntaxError);

        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(0L);
    }

    @Test
    void an_update_answers_how_many_rows_it_changed() {
        String table = create("counted", "i INTEGER");

        assertThat(client.executeUpdate("INSERT INTO " + table + " VALUES (1), (2), (3)"))
                .isEqualTo(3);
        assertThat(client.executeUpdate("UPDATE " + table + " SET i = i + 1 WHERE i > 1"))
                .isEqualTo(2);
        assertThat(client.executeUpdate("UPDATE " + table + " SET i = 0 WHERE i = 99"))
                .isZero();
        assertThat(client.executeUpdate("DELETE FROM " + table)).isEqualTo(3);
        assertThat(client.executeUpdate("DROP TABLE " + table)).isZero();
    }

    @Test
    void an_insert_through_get_flight_info_runs_exactly_once() throws Exception {
        String table = create("once", "i INTEGER");

        FlightInfo info = client.execute("INSERT INTO " + table + " VALUES (1), (2)");

        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(2L);
        assertThat(info.getRecords()).isEqualTo(2);
        assertThat(announced(info).getFields()).isEmpty();

        Rows rows = read(info);

        assertThat(rows.rows()).isEmpty();
        assertThat(rows.schema().getFields()).isEmpty();
        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(2L);
    }

    @Test
    void describing_a_statement_does_not_run_it() throws Exception {
        String table = create("described", "i INTEGER");

        assertThat(client.getExecuteSchema("INSERT INTO " + table + " VALUES (1)")
                        .getSchema()
                        .getFields())
                .isEmpty();
        assertThat(client.getExecuteSchema("DROP TABLE " + table).getSchema().getFields())
                .isEmpty();
        client.prepare("INSERT INTO " + table + " VALUES (1)").close();

        assertThat(query("SELECT count(*) FROM " + table).value()).isEqualTo(0L);
    }

    @Test
    void a_query_s_size_is_unknown_rather_than_zero() throws Exception {
        FlightInfo info = client.execute("SELECT 1");

        assertThat(info.getRecords()).isEqualTo(-1);
        assertThat(info.getBytes()).isEqualTo(-1);
        assertThat(info.getEndpoints()).hasSize(1);
        assertThat(info.getEndpoints().get(0).getLocations()).isEmpty();
        assertThat(info.getEndpoints().get(0).getTicket().getBytes()).isNotEmpty();
        read(info);
    }

    @Test
    void the_descriptor_of_the_request_comes_back() throws Exception {
        FlightInfo info = client.execute("SELECT 1");

        assertThat(info.getDescriptor().isCommand()).isTrue();
        assertThat(info.getDescriptor().getCommand()).isNotEmpty();
        read(info);
    }

    @Test
    void a_ticket_serves_once() throws Exception {
        FlightInfo info = client.execute("SELECT 1");
        read(info);

        assertThatThrownBy(() -> read(info)).satisfies(code(FlightStatusCode.NOT_FOUND));
    }

    @Test
    void a_ticket_does_not_contain_the_statement() throws Exception {
        FlightInfo info = client.execute("SELECT 'needle in the haystack'");

        assertThat(new String(info.getEndpoints().get(0).getTicket().getBytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("needle");
        read(info);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "\u0001\u0002\u0003"})
    void a_made_up_ticket_is_an_invalid_argument(String ticket) {
        assertThatThrownBy(() -> drain(new Ticket(ticket.getBytes(StandardCharsets.UTF_8))))
                .satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
    }

    @Test
    void a_path_that_can_name_no_table_is_an_invalid_argument() {
        assertThatThrownBy(() -> client.getSchema(FlightDescriptor.path("a", "b", "c", "d")))
                .satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
    }

    @Test
    void an_error_in_the_middle_of_a_result_reaches_the_client() throws Exception {
        FlightInfo info = client.execute(
                "SELECT CAST(CASE WHEN i = 90000 THEN 'x' ELSE '1' END AS INTEGER) FROM range(100000) AS t(i)");

        assertThatThrownBy(() -> read(info))
                .satisfies(code(FlightStatusCode.INVALID_ARGUMENT))
                .hasMessageContaining("'x'");
    }

    @Test
    void a_missing_table_is_reported_when_the_statement_is_planned() {
        assertThatThrownBy(() -> client.execute("SELECT *\n  FROM nowhere"))
                .satisfies(code(FlightStatusCode.NOT_FOUND))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("42P01")
                .hasMessageContaining("line 2, column 8");
    }

    @Test
    void a_select_sent_as_an_update_is_answered_and_affects_nobody_knows_how_many_rows() {
        assertThat(client.executeUpdate("SELECT 1 AS a UNION ALL SELECT 2")).isEqualTo(-1);
        try (FlightSqlClient.PreparedStatement prepared = client.prepare("SELECT 1")) {
            assertThat(prepared.executeUpdate()).isEqualTo(-1);
        }
    }

    @Test
    void what_one_connection_writes_another_reads() throws Exception {
        String table = create("shared", "n DECIMAL(20, 4)");
        client.executeUpdate("INSERT INTO " + table + " VALUES (1234567890123456.7890)");

        try (var other = connect(allocator, Endpoint.port())) {
            assertThat(Rows.of(other, other.execute("SELECT n FROM " + table)).value())
                    .isEqualTo(new BigDecimal("1234567890123456.7890"));
        }
    }

    @Test
    void a_ticket_is_redeemed_on_another_connection_of_the_same_user() throws Exception {
        FlightInfo info = client.execute("SELECT 42");

        try (var other = connect(allocator, Endpoint.port())) {
            assertThat(Rows.of(other, info).value()).isEqualTo(42);
        }
    }

    @Test
    void all_columns_of_a_result_may_be_null() throws Exception {
        String table = create("required", "i INTEGER NOT NULL");

        assertThat(announced(client.execute("SELECT i FROM " + table)).getFields())
                .singleElement()
                .satisfies(field -> assertThat(field.isNullable()).isTrue());
    }

    private void drain(Ticket ticket) throws Exception {
        try (FlightStream stream = client.getStream(ticket)) {
            while (stream.next()) {
                assertThat(stream.getRoot()).isNotNull();
            }
        }
    }

    private static void isSyntaxError(Throwable failure) {
        assertThat(failure).satisfies(code(FlightStatusCode.INVALID_ARGUMENT)).hasMessageContaining("42601");
    }

    static org.assertj.core.api.ThrowingConsumer<Throwable> code(FlightStatusCode expected) {
        return failure -> {
            assertThat(failure).isInstanceOf(FlightRuntimeException.class);
            assertThat(((FlightRuntimeException) failure).status().code())
                    .as(failure.getMessage())
                    .isEqualTo(expected);
        };
    }
}
