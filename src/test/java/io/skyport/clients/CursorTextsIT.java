package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;

/** DECLARE, FETCH, MOVE and CLOSE over Flight SQL: a FETCH goes on once, whoever reads its rows or not. */
class CursorTextsIT extends Connected {

    private static final String DECLARE =
            "DECLARE c SCROLL CURSOR FOR SELECT i, 'n' || i AS name FROM range(1, 11) AS r(i) ORDER BY i";

    @Test
    void a_fetch_announces_what_it_delivers_and_goes_on_once() throws Exception {
        assertThat(client.executeUpdate(DECLARE)).isZero();
        assertThat(client.getExecuteSchema("FETCH 2 FROM c").getSchema().getFields())
                .extracting(Field::getName)
                .containsExactly("i", "name");

        FlightInfo first = client.execute("FETCH 2 FROM c");
        FlightInfo second = client.execute("FETCH 2 FROM c");
        Rows later = read(second);
        assertThat(later.rows()).containsExactly(List.of(3L, "n3"), List.of(4L, "n4"));
        assertThat(later.schema()).isEqualTo(announced(second)).isEqualTo(announced(first));
        assertThat(read(first).rows()).containsExactly(List.of(1L, "n1"), List.of(2L, "n2"));

        assertThat(client.executeUpdate("MOVE 2 IN c")).isEqualTo(2);
        assertThat(client.executeUpdate("FETCH c")).isEqualTo(-1);
        assertThat(query("FETCH PRIOR FROM c").rows()).containsExactly(List.of(6L, "n6"));
        assertThat(query("FETCH ABSOLUTE 20 FROM c").rows()).isEmpty();
        assertThat(client.executeUpdate("CLOSE c")).isZero();
        assertThatThrownBy(() -> client.execute("FETCH c"))
                .satisfies(code(FlightStatusCode.NOT_FOUND))
                .hasMessageContaining("34000");
    }

    @Test
    void a_prepared_fetch_is_a_query_and_goes_on_with_each_execution() throws Exception {
        client.executeUpdate(DECLARE);
        try (PreparedStatement fetch = client.prepare("FETCH 3 FROM c")) {
            assertThat(fetch.getResultSetSchema().getFields()).hasSize(2);
            assertThat(read(fetch.execute()).column(0)).containsExactly(1L, 2L, 3L);
            assertThat(read(fetch.execute()).column(0)).containsExactly(4L, 5L, 6L);
        }
        client.executeUpdate("CLOSE ALL");
    }

    @Test
    void a_polled_fetch_goes_on_once_and_is_read_again() throws Exception {
        // The session that its token names is another than this test's.
        try (FlightCommands commands = new FlightCommands(allocator)) {
            run(commands, DECLARE);
            PollInfo poll = commands.poll(FlightCommands.descriptor(CommandStatementQuery.newBuilder()
                    .setQuery("FETCH 4 FROM c")
                    .build()));
            while (poll.getFlightDescriptor().isPresent()) {
                poll = commands.poll(poll.getFlightDescriptor().orElseThrow());
            }
            for (int time = 0; time < 2; time++) {
                try (FlightStream stream = commands.stream(
                        poll.getFlightInfo().getEndpoints().get(0).getTicket())) {
                    assertThat(stream.next()).isTrue();
                    assertThat(stream.getRoot().getRowCount()).isEqualTo(4);
                }
            }
            run(commands, "CLOSE c");
        }
    }

    private static void run(FlightCommands commands, String sql) {
        FlightInfo unused = commands.info(FlightCommands.descriptor(
                CommandStatementQuery.newBuilder().setQuery(sql).build()));
    }

    @Test
    void jdbc_reads_a_cursor_in_pages() throws Exception {
        try (Connection connection = Jdbc.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute(DECLARE)).isFalse();
            assertThat(Jdbc.rows(statement.executeQuery("FETCH 2 FROM c")))
                    .containsExactly(List.of(1L, "n1"), List.of(2L, "n2"));
            assertThat(statement.executeUpdate("MOVE 5 IN c")).isEqualTo(5);
            assertThat(Jdbc.rows(statement.executeQuery("FETCH c"))).containsExactly(List.of(8L, "n8"));
            statement.execute("CLOSE c");
        }
    }
}
