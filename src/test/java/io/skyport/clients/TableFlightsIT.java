package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.clients.RawFlight.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables as flights, for clients that know Flight and no Flight SQL. */
class TableFlightsIT extends Connected {

    private FlightClient flight;
    private CredentialCallOption alice;

    @BeforeEach
    void connectPlainFlight() {
        flight = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", Endpoint.port()))
                .build();
        alice = flight.authenticateBasicToken(Endpoint.USER, Endpoint.PASSWORD).orElseThrow();
        create("a_table", "i INTEGER NOT NULL, s VARCHAR, d DECIMAL(10,2)[]");
        client.executeUpdate("INSERT INTO " + table("a_table") + " VALUES (1, 'x', [1.5]), (2, NULL, NULL)");
        client.executeUpdate(
                "CREATE OR REPLACE VIEW " + table("a_view") + " AS SELECT s, i + 1 AS j FROM " + table("a_table"));
    }

    @AfterEach
    void disconnectPlainFlight() throws InterruptedException {
        flight.close();
    }

    @Test
    void tables_and_views_are_listed_with_their_schema_and_read_by_their_tickets() throws Exception {
        List<FlightInfo> flights = listed("a%".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(flights)
                .extracting(info -> info.getDescriptor().getPath())
                .contains(List.of("default", schema, "a_table"), List.of("default", schema, "a_view"));
        for (FlightInfo info : flights) {
            if (info.getDescriptor().getPath().get(1).equals(schema)) {
                assertThat(info.getRecords()).isEqualTo(-1);
                for (int again = 0; again < 2; again++) {
                    try (FlightStream stream =
                            flight.getStream(info.getEndpoints().get(0).getTicket(), alice)) {
                        assertThat(withoutMetadata(stream.getSchema())).isEqualTo(withoutMetadata(announced(info)));
                        assertThat(stream.next()).isTrue();
                        assertThat(stream.getRoot().getRowCount()).isEqualTo(2);
                    }
                }
            }
        }
    }

    @Test
    void a_path_has_a_flight_a_schema_and_rows_with_the_names_that_the_session_does_not_know() throws Exception {
        for (List<String> path : List.of(List.of("default", schema, "a_table"), List.of(schema, "a_table"))) {
            FlightDescriptor descriptor = FlightDescriptor.path(path);
            FlightInfo info = flight.getInfo(descriptor, alice);

            assertThat(info.getDescriptor()).isEqualTo(descriptor);
            assertThat(flight.getSchema(descriptor, alice).getSchema()).isEqualTo(announced(info));
            Ticket ticket = info.getEndpoints().get(0).getTicket();
            for (int again = 0; again < 2; again++) {
                try (FlightStream stream = flight.getStream(ticket, alice)) {
                    assertThat(stream.getSchema()).isEqualTo(announced(info));
                    assertThat(stream.next()).isTrue();
                    assertThat(stream.getRoot().getVector("i").getObject(1)).isEqualTo(2);
                }
            }
        }
        client.executeUpdate("CREATE TABLE IF NOT EXISTS path_alone AS SELECT 42 AS i");
        assertThat(flight.getInfo(FlightDescriptor.path("path_alone"), alice)
                        .getSchemaOptional()
                        .orElseThrow()
                        .getFields())
                .hasSize(1);
    }

    @Test
    void a_ticket_gives_the_rows_of_when_it_is_redeemed() throws Exception {
        Ticket ticket = flight.getInfo(FlightDescriptor.path(schema, "a_table"), alice)
                .getEndpoints()
                .get(0)
                .getTicket();
        client.executeUpdate("INSERT INTO " + table("a_table") + " VALUES (3, 'later', NULL)");

        try (FlightStream stream = flight.getStream(ticket, alice)) {
            assertThat(stream.next()).isTrue();
            assertThat(stream.getRoot().getRowCount()).isEqualTo(3);
        }
    }

    @Test
    void a_path_that_names_no_table_is_not_found_and_one_that_names_nothing_is_invalid() {
        assertStatus(FlightStatusCode.NOT_FOUND, FlightDescriptor.path(schema, "no_such_table"));
        assertStatus(FlightStatusCode.NOT_FOUND, FlightDescriptor.path("no_such_database", schema, "a_table"));
        assertStatus(FlightStatusCode.NOT_FOUND, FlightDescriptor.path(schema, "a_table\"; DROP TABLE a_table; --"));
        assertStatus(FlightStatusCode.INVALID_ARGUMENT, FlightDescriptor.path("a", "b", "c", "d"));
        assertStatus(FlightStatusCode.INVALID_ARGUMENT, FlightDescriptor.path(schema, ""));
    }

    @Test
    void criteria_are_those_of_get_tables_or_the_pattern_of_a_name() {
        byte[] tables = Any.pack(CommandGetTables.newBuilder()
                        .setCatalog("default")
                        .setDbSchemaFilterPattern(schema)
                        .addTableTypes("VIEW")
                        .build())
                .toByteArray();

        assertThat(listed(tables))
                .extracting(info -> info.getDescriptor().getPath().get(2))
                .containsExactly("a_view");
        assertThat(listed("a\\_tabl_".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .extracting(info -> info.getDescriptor().getPath().get(2))
                .containsOnly("a_table");
        assertThat(listed("nothing of this name".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
        assertThatThrownBy(() -> listed(new byte[] {(byte) 0xff, (byte) 0xfe}))
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT));
    }

    @Test
    void all_are_listed_in_the_order_of_their_names() {
        List<List<String>> paths = new ArrayList<>();
        listed(new byte[0]).forEach(info -> paths.add(info.getDescriptor().getPath()));

        assertThat(paths)
                .isSortedAccordingTo((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)))
                .contains(List.of("default", schema, "a_table"));
    }

    @Test
    void a_client_that_takes_one_flight_at_a_time_gets_all_and_one_that_leaves_is_forgotten() throws Exception {
        String many = schema + "_many";
        client.executeUpdate("CREATE SCHEMA IF NOT EXISTS " + many);
        StringBuilder wide = new StringBuilder("i0 INTEGER");
        for (int i = 1; i < 400; i++) {
            wide.append(", a_column_with_a_long_name_").append(i).append(" INTEGER");
        }
        for (int i = 0; i < 60; i++) {
            client.executeUpdate("CREATE TABLE IF NOT EXISTS " + many + ".t" + i + " (" + wide + ")");
        }
        Flight.Criteria criteria = Flight.Criteria.newBuilder()
                .setExpression(Any.pack(CommandGetTables.newBuilder()
                                .setDbSchemaFilterPattern(many)
                                .build())
                        .toByteString())
                .build();
        try (RawFlight raw = new RawFlight(Endpoint.port())) {
            Answer<Flight.FlightInfo> answer =
                    raw.call(FlightServiceGrpc.getListFlightsMethod(), RawFlight.alice(), criteria);
            assertThat(answer.code()).isEqualTo(Code.OK);
            assertThat(answer.messages()).hasSize(60);
            assertThat(answer.messages().stream()
                            .mapToLong(Flight.FlightInfo::getSerializedSize)
                            .sum())
                    .as("more than is kept for a slow client")
                    .isGreaterThan(4 << 20);

            Call<Flight.Criteria, Flight.FlightInfo> leaving =
                    raw.start(FlightServiceGrpc.getListFlightsMethod(), RawFlight.alice());
            leaving.send(criteria);
            leaving.halfClose();
            leaving.firstMessage();
            leaving.cancel();
            assertThat(raw.call(FlightServiceGrpc.getListFlightsMethod(), RawFlight.alice(), List.of())
                            .code())
                    .isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(raw.call(
                                    FlightServiceGrpc.getListFlightsMethod(),
                                    new io.grpc.Metadata(),
                                    Flight.Criteria.getDefaultInstance())
                            .code())
                    .isEqualTo(Code.UNAUTHENTICATED);
        }
        client.executeUpdate("DROP SCHEMA " + many + " CASCADE");
    }

    private List<FlightInfo> listed(byte[] criteria) {
        return StreamSupport.stream(
                        flight.listFlights(new Criteria(criteria), alice).spliterator(), false)
                .toList();
    }

    private void assertStatus(FlightStatusCode code, FlightDescriptor descriptor) {
        assertThatThrownBy(() -> flight.getInfo(descriptor, alice))
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        e -> assertThat(e.status().code()).as(e.getMessage()).isEqualTo(code));
        assertThatThrownBy(() -> flight.getSchema(descriptor, alice)).isInstanceOf(FlightRuntimeException.class);
    }

    private static List<Object> withoutMetadata(Schema schema) {
        List<Object> fields = new ArrayList<>();
        for (Field field : schema.getFields()) {
            fields.add(List.of(field.getName(), field.getType(), field.isNullable(), field.getChildren()));
        }
        return fields;
    }
}
