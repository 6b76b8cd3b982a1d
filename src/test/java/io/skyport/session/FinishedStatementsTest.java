package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import io.skyport.session.FinishedStatement.Outcome;
import io.skyport.session.RunningStatement.Phase;
import io.skyport.sql.StatementKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;

/** What the listener hears of statements, and what is seen of them while they run. */
class FinishedStatementsTest extends SessionTestBase {

    private static final String ENDLESS = "SELECT a.i FROM range(1000000000) a(i), range(1000000000) b(j)";

    private static final Duration PAUSE = Duration.ofMillis(100);

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.statements.max-running", 1, "skyport.session.statements.queue-timeout", "1m");
    }

    private FinishedStatement last() {
        return finished.get(finished.size() - 1);
    }

    @Test
    void a_statement_is_told_with_who_ran_it_from_where_and_what_came_of_it() {
        Caller caller = new Caller(Protocol.FLYDB, new InetSocketAddress("192.0.2.7", 4711));
        Session connected = sessions.openConnected("carol", Set.of(), () -> caller);
        Instant before = Instant.now().minusMillis(1);

        rows(connected.execute("SELECT i FROM range(5000) r(i)", never));

        FinishedStatement told = last();
        assertThat(told.session()).isEqualTo(connected.tag()).isNotEqualTo(connected.id());
        assertThat(told.user()).isEqualTo("carol");
        assertThat(told.caller().protocol()).isEqualTo(Protocol.FLYDB);
        assertThat(told.caller().address()).isEqualTo("192.0.2.7:4711");
        assertThat(told.text()).isEqualTo("SELECT i FROM range(5000) r(i)");
        assertThat(told.kind()).contains(StatementKind.QUERY);
        assertThat(told.started()).isBetween(before, Instant.now());
        assertThat(told.rows()).isEqualTo(5000);
        assertThat(told.bytes()).isGreaterThanOrEqualTo(40_000);
        assertThat(told.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(finished).extracting(FinishedStatement::id).doesNotHaveDuplicates();
    }

    @Test
    void the_times_of_a_query_are_parts_of_its_total() {
        rows("SELECT i FROM range(100000) r(i) ORDER BY i DESC");

        FinishedStatement.Times times = last().times();
        assertThat(times.compile()).isPositive();
        assertThat(times.queue()).isNotNegative();
        assertThat(times.engine()).isPositive();
        assertThat(times.firstBatch()).isBetween(times.compile(), times.total());
        assertThat(times.compile() + times.queue() + times.engine()).isLessThanOrEqualTo(times.total());
    }

    @Test
    void the_time_before_its_rows_are_asked_for_is_not_the_statements() {
        long begun = System.nanoTime();
        Execution execution = session.execute("SELECT 1", never);
        LockSupport.parkNanos(PAUSE.toNanos());
        rows(execution);

        assertThat(System.nanoTime() - begun - last().times().total()).isGreaterThanOrEqualTo(PAUSE.toNanos());
    }

    @Test
    void the_time_between_two_fetches_is_not_the_statements() {
        long begun = System.nanoTime();
        Cursor cursor = session.openCursor(
                "SELECT i FROM range(10) r(i)",
                null,
                CursorOptions.of(CursorType.FORWARD_ONLY),
                List.of(),
                null,
                never);
        session.fetch(cursor, Fetch.next(3), never).close();
        LockSupport.parkNanos(PAUSE.toNanos());
        session.fetch(cursor, Fetch.next(100), never).close();

        assertThat(last().rows()).isEqualTo(10);
        assertThat(System.nanoTime() - begun - last().times().total()).isGreaterThanOrEqualTo(PAUSE.toNanos());
    }

    @Test
    void a_statement_that_waits_tells_how_long() {
        ResultStream open = session.execute(ENDLESS, never).open();
        assertThat(open.next()).isTrue();
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> run("INSERT INTO t VALUES (1, 'a')"));
        await().until(() -> phases().contains(Phase.QUEUED));
        LockSupport.parkNanos(PAUSE.toNanos());
        open.close();
        assertThat(second.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1);

        assertThat(Duration.ofNanos(last().times().queue())).isGreaterThanOrEqualTo(PAUSE);
        assertThat(last().times().firstBatch()).isEqualTo(FinishedStatement.NONE);
    }

    private List<Phase> phases() {
        return sessions.statements().stream().map(RunningStatement::phase).toList();
    }

    @Test
    void settings_and_transactions_are_statements_too() {
        finished.clear();
        run("SET fetch_size = 10");
        run("BEGIN");
        fails("BEGIN", ErrorCode.ACTIVE_TRANSACTION);
        run("ROLLBACK");

        assertThat(finished)
                .extracting(FinishedStatement::knownKind)
                .containsExactly(
                        StatementKind.SESSION, StatementKind.SESSION, StatementKind.SESSION, StatementKind.SESSION);
        assertThat(finished)
                .extracting(FinishedStatement::outcome)
                .containsExactly(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.ERROR, Outcome.SUCCESS);
    }

    @Test
    void what_is_refused_before_it_runs_is_told_as_well() {
        finished.clear();
        PreparedStatement prepared = session.prepare("SELECT ?");
        assertFails(() -> session.execute(prepared, never), ErrorCode.PARAMETER_COUNT_MISMATCH);
        assertThat(sessions.drain(Duration.ZERO)).isTrue();
        fails("INSERT INTO t VALUES (1, 'a')", ErrorCode.ADMIN_SHUTDOWN);
        assertFails(() -> rows("SELECT 1"), ErrorCode.ADMIN_SHUTDOWN);

        assertThat(finished)
                .extracting(FinishedStatement::failure)
                .containsExactly(
                        ErrorCode.PARAMETER_COUNT_MISMATCH, ErrorCode.ADMIN_SHUTDOWN, ErrorCode.ADMIN_SHUTDOWN);
    }

    @Test
    void what_is_only_prepared_or_never_fetched_is_not_told() {
        finished.clear();
        session.prepare("SELECT * FROM t");
        session.execute("SELECT * FROM t", never).discard();

        assertThat(finished).isEmpty();
    }

    @Test
    void a_bulk_ingest_is_one_statement() throws IOException {
        finished.clear();
        Ingest ingest = new Ingest(null, null, "n", false, Ingest.IfNotExists.CREATE, Ingest.IfExists.FAIL);
        try (ArrowReader rows = IngestedRows.of(allocator, List.of("id"), List.of(List.of(1L), List.of(2L)))) {
            session.ingest(ingest, rows, null, never);
        }

        assertThat(finished).singleElement().satisfies(told -> {
            assertThat(told.rows()).isEqualTo(2);
            assertThat(told.kind()).contains(StatementKind.DML);
            assertThat(told.text()).endsWith("INSERT INTO \"n\"");
            assertThat(told.times().compile()).isPositive();
            assertThat(told.times().engine()).isBetween(1L, told.times().total());
        });
    }

    @Test
    void what_runs_is_seen_and_can_be_stopped_by_its_id() {
        ResultStream open = session.execute(ENDLESS, never).open();
        assertThat(open.next()).isTrue();

        RunningStatement running = sessions.statements().get(0);
        assertThat(running.text()).isEqualTo(ENDLESS);
        assertThat(running.kind()).contains(StatementKind.QUERY);
        assertThat(running.session()).isEqualTo(session.tag());
        assertThat(running.phase()).isEqualTo(Phase.RUNNING);
        assertThat(running.rows()).isPositive();
        assertThat(running.elapsed()).isPositive();

        assertThat(sessions.cancel("q-unknown")).isFalse();
        assertThat(sessions.cancel(running.id())).isTrue();
        assertFails(
                () -> {
                    while (open.next()) {}
                },
                ErrorCode.QUERY_CANCELED);
        open.close();
        assertThat(sessions.statements()).isEmpty();
        assertThat(last().id()).isEqualTo(running.id());
        assertThat(last().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(sessions.tagged(running.session())).contains(session);
    }
}
