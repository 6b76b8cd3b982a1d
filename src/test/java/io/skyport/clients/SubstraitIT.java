package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static io.skyport.sql.TextPlans.call;
import static io.skyport.sql.TextPlans.field;
import static io.skyport.sql.TextPlans.number;
import static io.skyport.sql.TextPlans.plan;
import static io.skyport.sql.TextPlans.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.List;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.FlightSqlClient.SubstraitPlan;
import org.apache.arrow.flight.sql.FlightSqlClient.Transaction;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Substrait plans: conformance section 11, by Arrow's Java client. */
class SubstraitIT extends Connected {

    private static final String ROW =
            "table_schema { names: 'i' names: 's' struct { types { i32 {} } types { string {} } } }";

    @BeforeEach
    void fill() {
        create("t", "i INTEGER, s VARCHAR");
        client.executeUpdate("INSERT INTO " + table("t") + " VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    }

    private SubstraitPlan of(String relation, String... names) {
        String here = relation.replace("names: 't'", "names: '" + schema + "' names: 't'");
        return new SubstraitPlan(plan(here, names), "0.85.0");
    }

    private SubstraitPlan above(int least) {
        return of(scan("t", "filter { " + call(2, field(0), number(least)) + " }"), "number", "word");
    }

    private SubstraitPlan insert(int i) {
        return of("write { named_table { names: 't' } " + ROW + " op: WRITE_OP_INSERT input { read { "
                + ROW.replace("table_schema", "base_schema") + " virtual_table { values { fields { i32: " + i
                + " } fields { string: 'new' } } } } } }");
    }

    private long rows() throws Exception {
        return (long) query("SELECT count(*) FROM " + table("t")).value();
    }

    @Test
    void a_plan_s_result_comes_at_endpoints_that_expire_if_the_session_reads_at_several() throws Exception {
        client.executeUpdate("SET max_endpoints = 3");
        FlightInfo info = client.executeSubstrait(above(1));

        assertThat(info.getEndpoints()).hasSize(1);
        assertThat(info.getEndpoints().get(0).getExpirationTime()).isPresent();
        assertThat(read(info).rows()).isEqualTo(read(info).rows()).isNotEmpty();
    }

    @Test
    void a_plan_is_polled_and_its_rows_are_read_again_and_a_plan_that_writes_does_so_once() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator)) {
            PollInfo poll = finished(commands, commands.poll(command(above(1))));
            FlightInfo info = poll.getFlightInfo();

            assertThat(poll.getProgress()).contains(1.0);
            assertThat(info.getRecords()).isEqualTo(2);
            assertThat(info.getEndpoints()).hasSize(1);
            for (int time = 0; time < 2; time++) {
                try (FlightStream stream =
                        commands.stream(info.getEndpoints().get(0).getTicket())) {
                    assertThat(stream.getSchema()).isEqualTo(announced(info));
                    assertThat(stream.next()).isTrue();
                    assertThat(stream.getRoot().getRowCount()).isEqualTo(2);
                }
            }
            assertThat(finished(commands, commands.poll(command(insert(6))))
                            .getFlightInfo()
                            .getRecords())
                    .isEqualTo(1);
            assertThat(rows()).isEqualTo(4);
        }
    }

    private static PollInfo finished(FlightCommands commands, PollInfo poll) {
        PollInfo last = poll;
        while (last.getFlightDescriptor().isPresent()) {
            last = commands.poll(last.getFlightDescriptor().orElseThrow());
        }
        return last;
    }

    private static FlightDescriptor command(SubstraitPlan plan) {
        return FlightCommands.descriptor(CommandStatementSubstraitPlan.newBuilder()
                .setPlan(FlightSql.SubstraitPlan.newBuilder()
                        .setPlan(ByteString.copyFrom(plan.getPlan()))
                        .setVersion(plan.getVersion()))
                .build());
    }

    @Test
    void a_plan_gives_the_rows_and_the_schema_it_announces() throws Exception {
        FlightInfo info = client.executeSubstrait(above(1));
        Rows rows = read(info);

        assertThat(rows.rows()).containsExactlyInAnyOrder(List.of(2, "two"), List.of(3, "three"));
        assertThat(rows.schema()).isEqualTo(announced(info));
        assertThat(client.getExecuteSubstraitSchema(above(1)).getSchema()).isEqualTo(rows.schema());
        assertThat(rows.schema().getFields()).extracting(Field::getName).containsExactly("number", "word");
    }

    @Test
    void a_plan_that_writes_runs_once_and_counts() throws Exception {
        assertThat(client.executeSubstraitUpdate(insert(4))).isEqualTo(1);
        assertThat(rows()).isEqualTo(4);
        assertThat(client.getExecuteSubstraitSchema(insert(5)).getSchema().getFields())
                .isEmpty();
        assertThat(rows()).isEqualTo(4);

        FlightInfo info = client.executeSubstrait(insert(5));

        assertThat(info.getRecords()).isEqualTo(1);
        assertThat(rows()).isEqualTo(5);
        read(info);
        assertThat(rows()).isEqualTo(5);
    }

    @Test
    void a_plan_runs_in_the_transaction_it_is_given() throws Exception {
        Transaction transaction = client.beginTransaction();
        client.executeSubstraitUpdate(insert(4), transaction);

        assertThat(read(client.executeSubstrait(above(3), transaction)).rows()).containsExactly(List.of(4, "new"));
        assertThat(read(client.executeSubstrait(above(3))).rows()).isEmpty();
        client.rollback(transaction);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void a_plan_is_prepared_and_takes_parameters() throws Exception {
        String parameter = "dynamic_parameter { type { i32 { nullability: NULLABILITY_NULLABLE } } }";
        SubstraitPlan asked = of(
                "filter { input { " + scan("t", "") + " } condition { " + call(1, field(0), parameter) + " } }",
                "i",
                "s");

        try (PreparedStatement statement = client.prepare(asked);
                IntVector value = new IntVector("p", allocator)) {
            assertThat(statement.getParameterSchema().getFields()).hasSize(1);
            value.allocateNew(1);
            value.set(0, 3);
            value.setValueCount(1);
            statement.setParameters(VectorSchemaRoot.of(value));
            assertThat(read(statement.execute()).rows()).containsExactly(List.of(3, "three"));
            statement.clearParameters();
        }
        try (PreparedStatement statement = client.prepare(insert(9))) {
            assertThat(statement.getResultSetSchema().getFields()).isEmpty();
            assertThat(statement.executeUpdate()).isEqualTo(1);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        assertThat(rows()).isEqualTo(5);
    }

    @Test
    void what_is_not_supported_is_unimplemented_and_named() {
        SubstraitPlan plan =
                of("hash_join { left { " + scan("t", "") + " } right { " + scan("t", "") + " } }", "i", "s");

        assertThatThrownBy(() -> client.executeSubstrait(plan))
                .satisfies(code(FlightStatusCode.UNIMPLEMENTED))
                .hasMessageContaining("HashJoinRel");
        assertThatThrownBy(() -> client.executeSubstraitUpdate(plan))
                .satisfies(code(FlightStatusCode.UNIMPLEMENTED))
                .hasMessageContaining("HashJoinRel");
    }

    @Test
    void bytes_that_are_no_plan_are_an_invalid_argument() {
        SubstraitPlan garbage = new SubstraitPlan(new byte[] {26, 127, 1}, "");

        assertThatThrownBy(() -> client.executeSubstrait(garbage)).satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
        assertThatThrownBy(() -> client.prepare(garbage)).satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
    }
}
