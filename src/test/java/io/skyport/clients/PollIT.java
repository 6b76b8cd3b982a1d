package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static io.skyport.clients.RawFlight.action;
import static io.skyport.clients.RawFlight.alice;
import static io.skyport.clients.RawFlight.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import io.skyport.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.junit.jupiter.api.Test;

/** Statements that run on by themselves, asked after by PollFlightInfo, and their results, which are stored. */
class PollIT extends Polling {

    @Override
    String pollWait() {
        // Whoever does not want to wait so long says so by a deadline.
        return "60s";
    }

    @Test
    void a_query_that_is_quick_is_finished_at_the_first_poll_and_its_rows_can_be_read_again() throws Exception {
        PollInfo poll = poll(query("SELECT i FROM range(20000) AS t(i) ORDER BY i"));

        assertThat(poll.getFlightDescriptor()).isEmpty();
        assertThat(poll.getExpirationTime()).isEmpty();
        assertThat(poll.getProgress()).contains(1.0);
        FlightInfo info = poll.getFlightInfo();
        assertThat(info.getRecords()).isEqualTo(20_000);
        assertThat(info.getBytes()).isPositive();
        assertThat(info.getEndpoints()).hasSize(1);
        for (int i = 0; i < 3; i++) {
            List<Long> rows = longs(info);
            assertThat(rows).hasSize(20_000).isSorted();
        }
    }

    @Test
    void a_large_result_comes_at_as_many_endpoints_as_the_session_asks_for() throws Exception {
        assertThat(client.execute("SELECT i FROM large", token)
                        .getEndpoints()
                        .get(0)
                        .getExpirationTime())
                .isEmpty();
        maxEndpoints(4);
        FlightInfo info = client.execute("SELECT i FROM range(5000000) AS t(i)", token);

        assertThat(info.getOrdered()).isTrue();
        assertThat(info.getEndpoints())
                .hasSize(4)
                .allMatch(endpoint -> endpoint.getExpirationTime().isPresent());
        assertThat(info.getRecords()).isEqualTo(5_000_000);
        for (int again = 0; again < 2; again++) {
            assertThat(longs(info)).hasSize(5_000_000).isSorted().doesNotHaveDuplicates();
        }
        assertThat(client.execute("SELECT i FROM range(1000) AS t(i)", token).getEndpoints())
                .hasSize(1);
        assertThatThrownBy(() -> client.execute("SELECT * FROM missing", token))
                .satisfies(code(FlightStatusCode.NOT_FOUND));
        maxEndpoints(1);
        assertThat(client.execute("SELECT i FROM large", token).getEndpoints()).hasSize(1);
    }

    @Test
    void a_deadline_ends_a_query_whose_endpoints_its_client_waits_for() {
        maxEndpoints(4);
        assertThatThrownBy(() -> client.execute(ENDLESS, token, CallOptions.timeout(2, TimeUnit.SECONDS)))
                .satisfies(code(FlightStatusCode.TIMED_OUT));

        await().atMost(Duration.ofSeconds(10)).until(() -> takenConnections() == 0);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.bean(Sessions.class).storedResults().size() == 0);
    }

    private void maxEndpoints(int endpoints) {
        var set = flight.setSessionOptions(
                new SetSessionOptionsRequest(
                        Map.of("max_endpoints", SessionOptionValueFactory.makeSessionOptionValue((long) endpoints))),
                token);
        assertThat(set.hasErrors()).isFalse();
    }

    @Test
    void the_times_on_the_wire_are_those_that_are_meant() throws Exception {
        try (RawFlight raw = new RawFlight(server.flightPort())) {
            Instant before = Instant.now();
            var call = raw.call(
                    FlightServiceGrpc.getPollFlightInfoMethod(),
                    alice(),
                    command(CommandStatementQuery.newBuilder()
                            .setQuery("SELECT 1")
                            .build()));
            Flight.PollInfo poll = call.messages().get(0);
            assertThat(poll.hasFlightDescriptor()).isFalse();
            assertThat(poll.hasExpirationTime()).isFalse();
            assertThat(poll.getProgress()).isEqualTo(1);
            assertThat(poll.getInfo().getOrdered()).isTrue();
            assertThat(time(poll.getInfo().getEndpoint(0)))
                    .isBetween(before.plusSeconds(599), Instant.now().plusSeconds(601));

            var renewed = raw.call(
                    FlightServiceGrpc.getDoActionMethod(),
                    alice(),
                    action(
                            "RenewFlightEndpoint",
                            Flight.RenewFlightEndpointRequest.newBuilder()
                                    .setEndpoint(poll.getInfo().getEndpoint(0))
                                    .build()
                                    .toByteString()));
            Flight.FlightEndpoint endpoint =
                    Flight.FlightEndpoint.parseFrom(renewed.messages().get(0).getBody());
            assertThat(endpoint.getTicket())
                    .isEqualTo(poll.getInfo().getEndpoint(0).getTicket());
            assertThat(time(endpoint)).isAfter(time(poll.getInfo().getEndpoint(0)));

            assertThat(raw.call(
                                    FlightServiceGrpc.getDoActionMethod(),
                                    alice(),
                                    action(
                                            "CancelFlightInfo",
                                            Flight.CancelFlightInfoRequest.newBuilder()
                                                    .setInfo(poll.getInfo())
                                                    .build()
                                                    .toByteString()))
                            .code())
                    .isEqualTo(Code.OK);
        }
    }

    private static Instant time(Flight.FlightEndpoint endpoint) {
        return Instant.ofEpochMilli(Timestamps.toMillis(endpoint.getExpirationTime()));
    }

    @Test
    void a_finished_query_that_is_cancelled_gives_its_rows_up() {
        PollInfo poll = poll(query("SELECT i FROM range(1000000) AS t(i)"));

        assertThat(cancel(poll)).isEqualTo(CancelStatus.CANCELLED);
        assertThat(cancel(poll)).isEqualTo(CancelStatus.CANCELLED);
        assertThatThrownBy(() -> longs(poll.getFlightInfo())).satisfies(code(FlightStatusCode.CANCELLED));
    }

    @Test
    void a_reader_of_rows_that_are_cancelled_is_told() throws Exception {
        PollInfo poll = poll(query("SELECT i FROM range(6000000) AS t(i)"));
        try (FlightStream stream =
                flight.getStream(poll.getFlightInfo().getEndpoints().get(0).getTicket(), token)) {
            assertThat(stream.next()).isTrue();
            assertThat(cancel(poll)).isEqualTo(CancelStatus.CANCELLED);
            assertThatThrownBy(() -> {
                        while (stream.next()) {}
                    })
                    .satisfies(code(FlightStatusCode.CANCELLED));
        }
    }

    @Test
    void a_change_is_made_once_however_often_it_is_polled() throws Exception {
        client.executeUpdate("CREATE OR REPLACE TABLE changed (i BIGINT)", token);
        PollInfo poll = poll(query("INSERT INTO changed SELECT i FROM range(1000) AS t(i)"));

        assertThat(poll.getFlightDescriptor()).isEmpty();
        assertThat(poll.getFlightInfo().getRecords()).isEqualTo(1000);
        assertThat(cancel(poll)).isEqualTo(CancelStatus.NOT_CANCELLABLE);
        try (FlightStream stream =
                flight.getStream(poll.getFlightInfo().getEndpoints().get(0).getTicket(), token)) {
            assertThat(stream.getSchema().getFields()).isEmpty();
            assertThat(stream.next()).isFalse();
        }
        assertThat(longs(poll(query("SELECT count(*) FROM changed")).getFlightInfo()))
                .containsExactly(1000L);
        assertThat(longs(poll(query("INSERT INTO changed VALUES (7) RETURNING i"))
                        .getFlightInfo()))
                .containsExactly(7L);
    }

    @Test
    void in_a_transaction_a_query_sees_what_was_before_it_and_nothing_else() throws Exception {
        client.executeUpdate("CREATE OR REPLACE TABLE seen (i BIGINT)", token);
        FlightSqlClient.Transaction transaction = client.beginTransaction(token);
        client.executeUpdate("INSERT INTO seen SELECT i FROM range(100000) AS t(i)", transaction, token);
        PollInfo poll = poll(FlightCommands.descriptor(CommandStatementQuery.newBuilder()
                .setQuery("SELECT i FROM seen")
                .setTransactionId(ByteString.copyFrom(transaction.getTransactionId()))
                .build()));
        client.executeUpdate("DELETE FROM seen", transaction, token);
        client.rollback(transaction, token);

        assertThat(longs(poll.getFlightInfo())).hasSize(100_000);
    }

    @Test
    void a_prepared_statement_is_polled_with_the_values_bound_to_it() throws Exception {
        try (FlightCommands commands = new FlightCommands(allocator, server.flightPort())) {
            ByteString handle = commands.prepare("SELECT i FROM range(10) AS t(i)");
            PollInfo poll = commands.poll(FlightCommands.descriptor(CommandPreparedStatementQuery.newBuilder()
                    .setPreparedStatementHandle(handle)
                    .build()));
            assertThat(longs(poll.getFlightInfo())).hasSize(10);
        }
    }

    @Test
    void metadata_is_there_at_once() throws Exception {
        PollInfo poll = poll(FlightCommands.descriptor(CommandGetTableTypes.getDefaultInstance()));

        assertThat(poll.getFlightDescriptor()).isEmpty();
        assertThat(poll.getProgress()).contains(1.0);
        try (FlightStream stream =
                flight.getStream(poll.getFlightInfo().getEndpoints().get(0).getTicket(), token)) {
            assertThat(stream.next()).isTrue();
        }
    }

    @Test
    void a_table_is_polled_by_its_path() throws Exception {
        client.executeUpdate("CREATE OR REPLACE TABLE small AS SELECT i FROM range(1000) AS t(i)", token);
        PollInfo poll = poll(FlightDescriptor.path("main", "small"));

        assertThat(longs(poll.getFlightInfo())).hasSize(1000);
        assertThat(cancel(poll)).isEqualTo(CancelStatus.CANCELLED);
    }

    @Test
    void descriptors_that_no_poll_gave_are_refused() throws Exception {
        FlightInfo plain = client.execute("SELECT 1", token);
        byte[] ticket = plain.getEndpoints().get(0).getTicket().getBytes();
        PollInfo poll = poll(query("SELECT 1"));
        byte[] part = poll.getFlightInfo().getEndpoints().get(0).getTicket().getBytes();
        String handle = Any.parseFrom(part)
                .unpack(TicketStatementQuery.class)
                .getStatementHandle()
                .toStringUtf8();

        assertThatThrownBy(() -> poll(FlightDescriptor.command(ticket)))
                .satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
        assertThatThrownBy(() -> poll(FlightDescriptor.command("garbage".getBytes(StandardCharsets.UTF_8))))
                .satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
        assertThatThrownBy(() -> poll(FlightDescriptor.path("a"))).satisfies(code(FlightStatusCode.NOT_FOUND));
        assertThatThrownBy(() -> poll(named("unknown."))).satisfies(code(FlightStatusCode.NOT_FOUND));
        String noPart = handle.substring(0, handle.indexOf('.') + 1);
        for (String wrong : List.of(noPart + "1", noPart, noPart + "x", noPart + "-1", noPart + "0.0")) {
            try (FlightStream stream = flight.getStream(ticket(wrong), token)) {
                assertThatThrownBy(stream::next).satisfies(code(FlightStatusCode.NOT_FOUND));
            }
        }
        try (RawFlight raw = new RawFlight(server.flightPort())) {
            var foreign = raw.call(
                    FlightServiceGrpc.getPollFlightInfoMethod(),
                    RawFlight.authorization("Bearer " + Endpoint.TOKEN),
                    command(ByteString.copyFrom(part)));
            assertThat(foreign.code()).isEqualTo(Code.NOT_FOUND);
        }
        assertThat(poll(FlightDescriptor.command(part)).getProgress()).contains(1.0);
    }

    @Test
    void a_poll_answers_before_its_deadline() {
        PollInfo first = poll(query(ENDLESS), CallOptions.timeout(4, TimeUnit.SECONDS));
        PollInfo second = poll(first.getFlightDescriptor().orElseThrow(), CallOptions.timeout(3, TimeUnit.SECONDS));

        assertThat(second.getFlightDescriptor()).isPresent();
        assertThat(cancel(second)).isIn(CancelStatus.CANCELLING, CancelStatus.CANCELLED);
    }

    private static FlightDescriptor named(String handle) {
        return FlightCommands.descriptor(ticketMessage(handle));
    }

    private static Message ticketMessage(String handle) {
        return TicketStatementQuery.newBuilder()
                .setStatementHandle(ByteString.copyFromUtf8(handle))
                .build();
    }

    private static org.apache.arrow.flight.Ticket ticket(String handle) {
        return new org.apache.arrow.flight.Ticket(
                Any.pack(ticketMessage(handle)).toByteArray());
    }

    @Test
    void only_what_expires_can_be_renewed() throws Exception {
        try (RawFlight raw = new RawFlight(server.flightPort())) {
            FlightInfo plain = client.execute("SELECT i FROM range(3) AS t(i)", token);
            Flight.FlightEndpoint endpoint =
                    Flight.FlightInfo.parseFrom(plain.serialize()).getEndpoint(0);
            assertThat(renew(raw, endpoint)).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(longs(plain)).hasSize(3);
            assertThat(renew(raw, endpoint)).isEqualTo(Code.NOT_FOUND);
            assertThat(renew(raw, endpoint(ticketMessage("x")))).isEqualTo(Code.NOT_FOUND);
            assertThat(renew(raw, endpoint(ticketMessage("x.0")))).isEqualTo(Code.NOT_FOUND);
            assertThat(renew(raw, endpoint(CommandGetTableTypes.getDefaultInstance())))
                    .isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(renew(raw, Flight.FlightEndpoint.getDefaultInstance())).isEqualTo(Code.INVALID_ARGUMENT);
        }
    }

    private static Flight.FlightEndpoint endpoint(Message ticket) {
        return Flight.FlightEndpoint.newBuilder()
                .setTicket(Flight.Ticket.newBuilder().setTicket(Any.pack(ticket).toByteString()))
                .build();
    }

    private static Code renew(RawFlight raw, Flight.FlightEndpoint endpoint) throws Exception {
        return raw.call(
                        FlightServiceGrpc.getDoActionMethod(),
                        alice(),
                        action(
                                "RenewFlightEndpoint",
                                Flight.RenewFlightEndpointRequest.newBuilder()
                                        .setEndpoint(endpoint)
                                        .build()
                                        .toByteString()))
                .code();
    }

    @Test
    void a_result_beyond_its_limit_names_the_limit() {
        assertThatThrownBy(() -> poll(query("SELECT i, i AS j FROM range(10000000) AS t(i)")))
                .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("skyport.session.stored-results.max-size");
    }
}
