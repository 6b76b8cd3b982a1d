package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two statements run at a time, one of a user, and one waits. */
class StatementLimitsTest extends SessionTestBase {

    private static final String ENDLESS = "SELECT a.i FROM range(1000000000) a(i), range(1000000) b(j)";

    @Override
    Map<String, Object> configured() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("skyport.session.statements.max-running", 2);
        settings.put("skyport.session.statements.max-running-per-user", 1);
        settings.put("skyport.session.statements.max-queued", 1);
        settings.put("skyport.session.statements.queue-timeout", "1m");
        settings.put("skyport.session.statements.max-result-rows", 10_000_000);
        settings.put("skyport.session.statements.max-result-bytes", "90MB");
        return settings;
    }

    @Test
    void an_open_result_keeps_its_place_until_it_is_closed() {
        ResultStream open = open(ENDLESS);
        assertThat(open.next()).isTrue();

        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> run("INSERT INTO t VALUES (1, 'a')"));
        await().until(() -> sessions.waitingStatements() == 1);
        assertThatThrownBy(() -> run("INSERT INTO t VALUES (2, 'b')"))
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_LIMIT_EXCEEDED))
                .hasMessageContaining("skyport.session.statements.max-queued");
        assertThat(sessions.refusedStatements(Refusal.QUEUE_FULL)).isEqualTo(1);
        assertThat(sessions.refusedStatements(Refusal.QUEUE_TIMEOUT)).isZero();
        assertThat(other().update("INSERT INTO t VALUES (3, 'c')", never)).isEqualTo(1);
        open.close();

        assertThat(second.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1);
        assertThat(sessions.runningStatements()).isZero();
    }

    @Test
    void what_changes_and_describes_and_ends_transactions_needs_no_place() {
        Session mine = sessions.session("alice", Set.of(), "token-3");
        mine.update("BEGIN", never);
        mine.update("INSERT INTO t VALUES (1, 'a')", never);
        try (ResultStream open = open(ENDLESS)) {
            assertThat(open.next()).isTrue();

            mine.update("SET fetch_size = 10", never);
            assertThat(mine.prepare("SELECT * FROM t").compiled().returnsRows()).isTrue();
            assertThat(mine.catalog().tables()).isNotEmpty();
            mine.update("COMMIT", never);
        }
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
    }

    @Test
    void a_client_reads_a_result_in_its_transaction_while_it_runs_the_next_statements() {
        Transaction transaction = session.begin();
        Execution result = session.execute("SELECT i FROM range(100000) r(i)", transaction, never);
        try (ResultStream open = result.open()) {
            assertThat(open.next()).isTrue();
            assertThat(session.update("INSERT INTO t VALUES (1, 'a')", transaction, never))
                    .isEqualTo(1);
            Execution inner = session.execute("SELECT count(*) FROM t", transaction, never);
            assertThat(rows(inner)).containsExactly(List.of(1L));
            assertThat(open.next()).isTrue();
            assertThat(sessions.runningStatements()).isEqualTo(1);
        }
        session.commit(transaction);
        assertThat(sessions.runningStatements()).isZero();
    }

    @Test
    void a_result_that_waits_to_be_fetched_and_a_cursor_between_fetches_hold_nobody_up() {
        Transaction transaction = session.begin();
        Execution waiting = session.execute("SELECT i FROM range(100000) r(i)", transaction, never);
        Cursor cursor = session.openCursor(
                "SELECT i FROM range(100000) r(i)",
                null,
                CursorOptions.of(CursorType.FORWARD_ONLY),
                List.of(),
                null,
                never);
        assertThat(sessions.runningStatements()).isZero();

        assertThat(run("INSERT INTO t VALUES (1, 'a')")).isEqualTo(1);

        session.closeCursor(cursor.id());
        assertThat(rows(waiting)).hasSize(100_000);
        session.rollback(transaction);
    }

    @Test
    void a_refused_statement_does_not_fail_its_transaction() {
        Session bob = other();
        Transaction transaction = bob.begin();
        try (ResultStream one = open(ENDLESS);
                ResultStream two = sessions.session("carol", Set.of(), "token-4")
                        .execute(ENDLESS, never)
                        .open()) {
            assertThat(one.next() && two.next()).isTrue();
            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(
                    () -> sessions.session("dora", Set.of(), "token-5").update("INSERT INTO t VALUES (1, 'a')", never));
            await().until(() -> sessions.waitingStatements() == 1);

            assertFails(() -> bob.execute("SELECT 1", transaction, never), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
            assertFails(() -> bob.update("DELETE FROM t", transaction, never), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
            assertThat(transaction.isFailed()).isFalse();
            one.close();
            waiting.orTimeout(10, TimeUnit.SECONDS).join();
        }
        assertThat(bob.update("INSERT INTO t VALUES (2, 'b')", transaction, never))
                .isEqualTo(1);
        bob.commit(transaction);
    }

    @Test
    void who_waits_is_stopped_by_his_client_by_the_server_and_by_query_timeout() {
        session.update("SET query_timeout = 0", never);
        try (ResultStream open = open(ENDLESS)) {
            assertThat(open.next()).isTrue();
            Cancellation client = new Cancellation();
            CompletableFuture<Void> cancelled = CompletableFuture.runAsync(
                    () -> assertFails(() -> session.update("DELETE FROM t", client), ErrorCode.QUERY_CANCELED));
            await().until(() -> sessions.waitingStatements() == 1);
            client.cancel();
            cancelled.orTimeout(10, TimeUnit.SECONDS).join();

            Session mine = sessions.session("alice", Set.of(), "token-6");
            ResultStream second = mine.execute("SELECT 1", never).open();
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> assertFails(second::next, ErrorCode.QUERY_CANCELED));
            await().until(() -> sessions.waitingStatements() == 1);
            assertThat(mine.cancel()).isTrue();
            stopped.orTimeout(10, TimeUnit.SECONDS).join();
            second.close();

            mine.update("SET query_timeout = 0.1", never);
            assertFails(() -> mine.update("DELETE FROM t", never), ErrorCode.STATEMENT_TIMEOUT);
            assertThat(sessions.waitingStatements()).isZero();
        }
    }

    @Test
    void a_result_of_too_many_rows_or_bytes_fails_with_the_limits_name() {
        assertTooLarge("SELECT true FROM range(10000001) r(i)", "max-result-rows");
        assertTooLarge("SELECT repeat('x', 1000) || i FROM range(200000) r(i)", "max-result-bytes");
        assertThat(run("SELECT true FROM range(9999999) r(i)")).isEqualTo(Execution.UNKNOWN_COUNT);
        assertThat(sessions.runningStatements()).isZero();
    }

    private void assertTooLarge(String sql, String limit) {
        assertThatThrownBy(() -> run(sql))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED))
                .hasMessageContaining("skyport.session.statements." + limit);
    }

    private ResultStream open(String sql) {
        return session.execute(sql, never).open();
    }
}
