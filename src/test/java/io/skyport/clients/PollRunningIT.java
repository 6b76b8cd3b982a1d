package io.skyport.clients;

import static io.skyport.clients.FlightSqlStatementsIT.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.PollInfo;
import org.junit.jupiter.api.Test;

/** Statements that take longer than a poll waits. */
class PollRunningIT extends Polling {

    @Override
    String pollWait() {
        return "100ms";
    }

    @Test
    void a_long_query_tells_its_progress_until_it_is_finished_to_whoever_has_any_of_its_descriptors() throws Exception {
        PollInfo poll = poll(query("SELECT i FROM large ORDER BY h LIMIT 5000000"));
        List<FlightDescriptor> descriptors = new ArrayList<>();
        double progress = 0;
        boolean between = false;
        while (poll.getFlightDescriptor().isPresent()) {
            assertThat(poll.getFlightInfo().getSchemaOptional().orElseThrow().getFields())
                    .hasSize(1);
            assertThat(poll.getFlightInfo().getEndpoints()).isEmpty();
            assertThat(poll.getProgress().orElseThrow()).isBetween(progress, 1.0);
            progress = poll.getProgress().orElseThrow();
            between |= progress > 0 && progress < 1;
            descriptors.add(poll.getFlightDescriptor().orElseThrow());
            poll = poll(descriptors.get(descriptors.size() / 2));
        }

        assertThat(descriptors).isNotEmpty();
        assertThat(between).as("some progress that is neither none nor all").isTrue();
        assertThat(poll.getProgress()).contains(1.0);
        assertThat(poll.getFlightInfo().getRecords()).isEqualTo(5_000_000);
        PollInfo again = poll(descriptors.get(0));
        assertThat(again.getFlightDescriptor()).isEmpty();
        assertThat(again.getFlightInfo().getEndpoints())
                .extracting(endpoint -> new String(endpoint.getTicket().getBytes(), StandardCharsets.ISO_8859_1))
                .containsExactly(new String(
                        poll.getFlightInfo().getEndpoints().get(0).getTicket().getBytes(),
                        StandardCharsets.ISO_8859_1));
        assertThat(longs(again.getFlightInfo())).hasSize(5_000_000).doesNotHaveDuplicates();
    }

    @Test
    void a_query_runs_on_while_its_client_is_away_and_is_read_over_another_connection() throws Exception {
        FlightDescriptor descriptor;
        try (FlightClient first = connected()) {
            descriptor = first.pollInfo(
                            query("SELECT i FROM (SELECT i, row_number() OVER (ORDER BY h) AS n"
                                    + " FROM large) WHERE n <= 1000"),
                            token)
                    .getFlightDescriptor()
                    .orElseThrow();
        }
        CallOption again =
                flight.authenticateBasicToken(Endpoint.USER, Endpoint.PASSWORD).orElseThrow();

        PollInfo poll = flight.pollInfo(descriptor, again);
        while (poll.getFlightDescriptor().isPresent()) {
            poll = flight.pollInfo(descriptor, again);
        }
        assertThat(longs(poll.getFlightInfo(), again)).hasSize(1000);
    }

    @Test
    void a_running_query_is_cancelled_without_any_endpoint_and_whoever_polls_is_told() {
        PollInfo poll = poll(query(ENDLESS));
        assertThat(takenConnections()).isEqualTo(1);

        assertThat(cancel(poll)).isIn(CancelStatus.CANCELLING, CancelStatus.CANCELLED);

        await().atMost(Duration.ofSeconds(5)).until(() -> takenConnections() == 0);
        await().atMost(Duration.ofSeconds(5)).until(() -> cancel(poll) == CancelStatus.CANCELLED);
        assertThatThrownBy(() -> poll(poll.getFlightDescriptor().orElseThrow()))
                .satisfies(code(FlightStatusCode.CANCELLED));
    }

    @Test
    void a_query_that_fails_fails_at_every_poll_with_its_place() {
        assertThatThrownBy(() -> poll(query("SELEC 1"))).satisfies(code(FlightStatusCode.INVALID_ARGUMENT));
        PollInfo poll = poll(query("SELECT CAST(s AS INTEGER) FROM (SELECT 'x' || h AS s FROM large ORDER BY h)"));
        FlightDescriptor descriptor = poll.getFlightDescriptor().orElseThrow();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> finished(poll))
                    .satisfies(code(FlightStatusCode.INVALID_ARGUMENT))
                    .hasMessageContaining("[22");
        }
        assertThat(cancel(poll)).isEqualTo(CancelStatus.NOT_CANCELLABLE);
    }

    @Test
    void so_many_run_and_so_many_are_stored_and_no_more() throws Exception {
        List<PollInfo> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(poll(query(ENDLESS)));
        }
        assertThatThrownBy(() -> poll(query("SELECT 1")))
                .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("skyport.session.stored-results.max-running");
        running.forEach(this::cancel);
        await().atMost(Duration.ofSeconds(5)).until(() -> takenConnections() == 0);
        for (int i = 3; i < 10; i++) {
            finished(poll(query("SELECT 1")));
        }
        assertThatThrownBy(() -> poll(query("SELECT 1")))
                .satisfies(code(FlightStatusCode.RESOURCE_EXHAUSTED))
                .hasMessageContaining("skyport.session.stored-results.max-results");
    }
}
