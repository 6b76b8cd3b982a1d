package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The registry of sessions: limits, idle ones, and what an operator does with them. */
class SessionsTest extends SessionTestBase {

    private static final String LONG = "SELECT sum(p.range * q.range) FROM range(10000000) AS p, range(1000000) AS q";
    private static final int MAX_SESSIONS = 3;

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-sessions", MAX_SESSIONS, "skyport.session.idle-timeout", "2s");
    }

    @Test
    void sessions_are_listed_found_and_no_more_than_allowed() {
        Session opened = sessions.open("carol", Set.of(), () -> Caller.INTERNAL);
        assertThat(sessions.list()).containsExactlyInAnyOrder(session, opened);
        assertThat(sessions.find(opened.id())).contains(opened);
        assertThat(sessions.find("nobody")).isEmpty();
        assertThat(sessions.find(opened.id(), "carol")).isSameAs(opened);
        assertFails(() -> sessions.find(opened.id(), "alice"), ErrorCode.UNKNOWN_HANDLE);
        other();
        assertFails(() -> sessions.open("carol", Set.of(), () -> Caller.INTERNAL), ErrorCode.TOO_MANY_CONNECTIONS);
        assertFails(() -> sessions.session("dave", Set.of(), "token-3"), ErrorCode.TOO_MANY_CONNECTIONS);
        sessions.close(opened);
        assertThat(opened.closed()).isTrue();
        assertFails(() -> sessions.find(opened.id(), "carol"), ErrorCode.UNKNOWN_HANDLE);
        sessions.open("carol", Set.of(), () -> Caller.INTERNAL);
    }

    @Test
    void what_was_prepared_in_the_shared_session_is_there_in_the_one_that_follows_it() {
        Session shared = sessions.session("carol", Set.of(), null);
        String handle = shared.prepare("SELECT 7").handle();
        Session own = sessions.open("carol", Set.of(), () -> Caller.INTERNAL);
        assertThat(rows(own.execute(own.preparedStatement(handle), never))).containsExactly(List.of(7));
        own.closePreparedStatement(handle);
        assertFails(() -> own.preparedStatement(handle), ErrorCode.INVALID_STATEMENT_NAME);
        assertFails(() -> shared.preparedStatement(handle), ErrorCode.INVALID_STATEMENT_NAME);
        String second = shared.prepare("SELECT 8").handle();
        sessions.close(own);
        assertThat(shared.preparedStatement(second).text()).isEqualTo("SELECT 8");
        assertFails(() -> session.preparedStatement(second), ErrorCode.INVALID_STATEMENT_NAME);
    }

    @Test
    void what_a_session_runs_is_cancelled_from_elsewhere() throws Exception {
        assertThat(session.cancel()).isFalse();
        CompletableFuture<Long> running = CompletableFuture.supplyAsync(() -> session.update(LONG, never));
        await().until(() -> session.running() > 0);
        assertThat(session.cancel()).isTrue();
        assertCancelled(running);
        assertThat(rows("SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void closing_a_session_stops_what_it_runs() throws Exception {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        CompletableFuture<Long> running = CompletableFuture.supplyAsync(() -> session.update(LONG, never));
        await().until(() -> session.running() > 0);
        sessions.close(session);
        assertCancelled(running);
        assertThat(sessions.transactions().size()).isZero();
        assertThat(rows(other().execute("SELECT * FROM t", never))).isEmpty();
    }

    @Test
    void a_drained_server_ends_what_runs_and_begins_nothing() {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        ResultStream stream =
                other().execute("SELECT range FROM range(100000000)", never).open();
        assertThat(sessions.drain(Duration.ofMillis(50))).isFalse();
        fails("SELECT 1", ErrorCode.ADMIN_SHUTDOWN);
        fails("INSERT INTO t VALUES (2, 'two')", ErrorCode.ADMIN_SHUTDOWN);
        run("ROLLBACK");
        assertThat(stream.next()).isTrue();
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> sessions.drain(Duration.ofMinutes(1)));
        stream.close();
        assertThat(drained.join()).isTrue();
    }

    @Test
    void a_session_whose_rows_are_read_is_not_idle() {
        try (ResultStream stream =
                session.execute("SELECT range FROM range(100000000)", never).open()) {
            stream.next();
            other();
            await().atMost(Duration.ofSeconds(30)).until(() -> sessions.list().size() == 1);
            assertThat(session.closed()).isFalse();
            assertThat(stream.next()).isTrue();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> sessions.list().isEmpty());
        // It held nothing, so that a new one is the same to its client.
        assertThat(sessions.session("bob", Set.of(), "token-2").closed()).isFalse();
    }

    private static void assertCancelled(CompletableFuture<Long> running) throws Exception {
        try {
            running.get(1, TimeUnit.MINUTES);
            throw new AssertionError("It was not cancelled");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).hasMessageContaining("cancel");
        }
    }
}
