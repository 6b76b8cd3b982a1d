package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import io.skyport.session.StoredResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StoredResultsTest extends StoredResultsTestBase {

    private static final String ENDLESS = "SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1";
    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.stored-results.min-endpoint-size", "64KB");
    }

    @Test
    void a_closed_session_takes_its_results_with_it() {
        StoredResult result = finished("SELECT i FROM range(100000) AS t(i)");
        session.start(ENDLESS, null);
        await().until(() -> engine.activeConnections() == 1);

        sessions.close(session);

        assertThat(sessions.storedResults().size()).isZero();
        assertFails(() -> longs(result, 0), ErrorCode.UNKNOWN_HANDLE);
        await().atMost(Duration.ofSeconds(5)).until(() -> engine.activeConnections() == 0);
        assertThat(files()).isZero();
        assertFails(() -> session.start("SELECT 1", null), ErrorCode.UNKNOWN_HANDLE);
    }

    @Test
    void a_session_with_a_result_is_not_idle() {
        assertThat(session.busy()).isFalse();
        StoredResult result = finished("SELECT i FROM range(10) AS t(i)");
        assertThat(session.busy()).isTrue();
        sessions.storedResults().giveUp(result);
        assertThat(session.busy()).isFalse();
    }

    @Test
    void parts_are_read_side_by_side_and_have_every_row_once_in_order_of_one_snapshot() throws Exception {
        run("SET max_endpoints = 5");
        run("INSERT INTO t SELECT i, 'x' FROM range(10) AS t(i)");
        StoredResult result = session.start(
                "SELECT i + (SELECT count(*) FROM t) - 10 AS i FROM range(500000) AS r(i), (SELECT count(*) FROM t)"
                        + " ORDER BY 1",
                null);
        run("INSERT INTO t SELECT i, 'x' FROM range(100, 110) AS t(i)");
        Status status = result.awaitEnd(never);
        assertThat(status.parts()).isEqualTo(5);
        assertThat(status.records()).isEqualTo(500_000);

        ExecutorService readers = Executors.newFixedThreadPool(5);
        try {
            for (int again = 0; again < 2; again++) {
                List<Callable<List<Long>>> reads = new ArrayList<>();
                for (int part = 0; part < 5; part++) {
                    int number = part;
                    reads.add(() -> longs(result, number));
                }
                List<Long> all = new ArrayList<>();
                for (Future<List<Long>> read : readers.invokeAll(reads)) {
                    all.addAll(read.get());
                }
                assertThat(all).hasSize(500_000).isSorted().doesNotHaveDuplicates();
                assertThat(all.get(all.size() - 1) - all.get(0)).isEqualTo(499_999);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void parts_come_while_the_statement_runs_and_stay_as_they_are() {
        run("SET max_endpoints = 4");
        StoredResult result = session.start("SELECT i FROM range(3000000) AS t(i)", null);
        Status status = result.await(LONG, never);
        assertThat(status.finished()).isFalse();
        assertThat(status.parts()).isPositive();

        List<Long> first = longs(result, 0);
        assertThat(first).isSorted().startsWith(0L);
        assertThat(result.awaitEnd(never).parts()).isEqualTo(4);
        assertThat(longs(result, 0)).isEqualTo(first);
        assertThat(longs(result)).hasSize(3_000_000).isSorted();
    }

    @Test
    void a_part_that_is_read_while_the_statement_is_cancelled_ends() {
        run("SET max_endpoints = 4");
        StoredResult result = session.start("SELECT i FROM range(100000000) AS t(i)", null);
        Status status = result.await(LONG, never);
        assertThat(status.parts()).isPositive();

        try (ResultStream stream =
                sessions.storedResults().part(result.partHandle(0), "alice").open()) {
            assertThat(stream.next()).isTrue();
            assertThat(sessions.storedResults().cancel(result.handle(), "alice"))
                    .isEqualTo(CancelOutcome.CANCELLING);
            assertFails(stream::next, ErrorCode.QUERY_CANCELED);
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> sessions.storedResults().cancel(result.handle(), "alice") == CancelOutcome.CANCELLED);
        assertThat(files()).isZero();
        assertFails(result::status, ErrorCode.QUERY_CANCELED);
    }

    @Test
    void in_a_transaction_a_statement_has_begun_before_the_next_one() {
        Transaction transaction = session.begin();
        for (int i = 0; i < 30; i++) {
            StoredResult change = session.start("INSERT INTO t VALUES (" + i + ", 'x')", transaction);
            StoredResult query = session.start("SELECT count(*) FROM t", transaction);
            session.update("INSERT INTO t VALUES (" + (1000 + i) + ", 'y')", transaction, never);
            assertThat(change.awaitEnd(never).records()).isEqualTo(1);
            query.awaitEnd(never);
            assertThat(longs(query)).containsExactly(2L * i + 1);
        }
        session.rollback(transaction);
    }

    @Test
    void a_result_without_rows_has_one_part_without_rows() {
        run("SET max_endpoints = 4");
        StoredResult result = finished("SELECT i FROM range(10) AS t(i) WHERE i < 0");

        assertThat(result.status().parts()).isEqualTo(1);
        assertThat(longs(result)).isEmpty();
    }

    @Test
    void waiting_for_news_ends_when_it_is_cancelled_and_the_statement_goes_on() {
        StoredResult result = session.start(ENDLESS, null);
        Cancellation waiting = new Cancellation();
        new Thread(waiting::cancel).start();
        try {
            assertThat(result.await(LONG, waiting).finished()).isFalse();
        } catch (io.skyport.error.SkyportException cancelledBefore) {
            assertThat(cancelledBefore.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
        assertThat(result.ended()).isFalse();
        sessions.storedResults().giveUp(result);
        await().atMost(Duration.ofSeconds(5)).until(() -> engine.activeConnections() == 0);
    }

    @Test
    void waiting_for_the_end_stops_the_statement_when_it_is_cancelled() {
        StoredResult result = session.start(ENDLESS, null);
        Cancellation waiting = new Cancellation();
        new Thread(() -> {
                    await().until(() -> engine.activeConnections() == 1);
                    waiting.cancel();
                })
                .start();
        assertFails(() -> result.awaitEnd(waiting), ErrorCode.QUERY_CANCELED);
        await().atMost(Duration.ofSeconds(10)).until(() -> engine.activeConnections() == 0);
    }
}
