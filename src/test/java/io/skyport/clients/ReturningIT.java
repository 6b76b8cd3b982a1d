package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;

/** DML with RETURNING: rows and counts, each statement exactly once, by Arrow's Java client and its JDBC driver. */
class ReturningIT extends Connected {

    @Test
    void get_flight_info_runs_it_once_and_do_get_delivers_what_it_gave() throws Exception {
        String table = create("once", "i INTEGER, s VARCHAR");
        String insert = "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b') RETURNING s, i * 10 AS ten";

        assertThat(client.getExecuteSchema(insert).getSchema().getFields())
                .extracting(Field::getName)
                .containsExactly("s", "ten");
        assertThat(count(table)).isZero();

        FlightInfo info = client.execute(insert);
        assertThat(info.getRecords()).isEqualTo(2);
        assertThat(announced(info).getFields()).extracting(Field::getName).containsExactly("s", "ten");
        assertThat(count(table)).isEqualTo(2L);

        client.executeUpdate("DELETE FROM " + table);
        assertThat(read(info).rows()).containsExactly(List.of("a", 10), List.of("b", 20));
        assertThatThrownBy(() -> read(info)).hasMessageContaining("ticket");
        assertThat(count(table)).isZero();
    }

    @Test
    void do_put_gives_the_count() throws Exception {
        String table = create("put", "i INTEGER");

        assertThat(client.executeUpdate("INSERT INTO " + table + " SELECT * FROM range(5000) RETURNING i"))
                .isEqualTo(5000);
        assertThat(client.executeUpdate("DELETE FROM " + table + " WHERE i < 10 RETURNING *"))
                .isEqualTo(10);
        assertThat(count(table)).isEqualTo(4990L);
    }

    @Test
    void a_large_answer_arrives_whole() throws Exception {
        String table = create("large", "i BIGINT, s VARCHAR");

        Rows rows = query("INSERT INTO " + table + " SELECT i, repeat('x', 50) FROM range(200000) AS r(i) RETURNING *");

        assertThat(rows.rows()).hasSize(200_000);
        assertThat(count(table)).isEqualTo(200_000L);
    }

    @Test
    void prepared_it_announces_its_columns_and_runs_once_for_each_bound_row() throws Exception {
        String table = create("prepared", "i BIGINT");

        try (FlightSqlClient.PreparedStatement insert =
                client.prepare("INSERT INTO " + table + " VALUES (?) RETURNING i + 1 AS next")) {
            assertThat(insert.getResultSetSchema().getFields())
                    .extracting(Field::getName)
                    .containsExactly("next");
            assertThat(insert.getParameterSchema().getFields()).hasSize(1);
            insert.setParameters(bigints(1L, 2L, 3L));

            FlightInfo info = insert.execute();
            assertThat(count(table)).isEqualTo(3L);
            assertThat(read(info).column(0)).containsExactly(2L, 3L, 4L);

            insert.setParameters(bigints(7L));
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(count(table)).isEqualTo(4L);
        }
    }

    @Test
    void types_that_travel_as_others_do_so_here_too() throws Exception {
        String table = create("types", "h HUGEINT, u UUID");

        Rows rows = query("INSERT INTO " + table
                + " VALUES (170141183460469231731687303715884105, '00000000-0000-0000-0000-00000000000a') RETURNING *");

        assertThat(rows.rows())
                .containsExactly(List.of(
                        new java.math.BigDecimal("170141183460469231731687303715884105"),
                        "00000000-0000-0000-0000-00000000000a"));
    }

    @Test
    void jdbc_gets_rows_by_execute_query_and_by_execute() throws Exception {
        String table = create("jdbc", "i INTEGER, s VARCHAR");
        try (Connection connection = Jdbc.connect();
                Statement statement = connection.createStatement()) {
            assertThat(Jdbc.rows(statement.executeQuery("INSERT INTO " + table + " VALUES (1, 'a') RETURNING s, i")))
                    .containsExactly(List.of("a", 1));

            assertThat(statement.execute("UPDATE " + table + " SET i = 2 RETURNING i"))
                    .isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
                assertThat(rows.next()).isFalse();
            }
            assertThat(count(table)).isEqualTo(1L);

            assertThat(statement.executeUpdate("DELETE FROM " + table)).isEqualTo(1);
        }
    }

    @Test
    void jdbc_prepared_with_parameters_gets_rows() throws Exception {
        String table = create("jdbcprepared", "i INTEGER, s VARCHAR");
        try (Connection connection = Jdbc.connect();
                java.sql.PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO " + table + " VALUES (?, ?) RETURNING s || i AS joined")) {
            insert.setInt(1, 4);
            insert.setString(2, "x");
            assertThat(Jdbc.rows(insert.executeQuery())).containsExactly(List.of("x4"));
            assertThat(count(table)).isEqualTo(1L);
        }
    }

    private long count(String table) throws Exception {
        return (Long) query("SELECT count(*) FROM " + table).value();
    }

    private VectorSchemaRoot bigints(long... values) {
        BigIntVector vector = new BigIntVector("i", allocator);
        for (int row = 0; row < values.length; row++) {
            vector.setSafe(row, values[row]);
        }
        vector.setValueCount(values.length);
        return VectorSchemaRoot.of(vector);
    }
}
