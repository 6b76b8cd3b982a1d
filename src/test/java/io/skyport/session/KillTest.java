package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KillTest extends SessionTestBase {

    private static final String MANY_ROWS = "SELECT i, repeat('x', 100) FROM range(10000000) AS r(i)";
    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b";

    private Session admin;

    @BeforeEach
    void enterAdmin() {
        admin = sessions.session("root", Set.of("admin"), "token-3");
    }

    @Override
    Map<String, Object> configured() {
        return Map.of(
                "skyport.session.statements.max-running", 1, "skyport.session.statements.max-running-per-user", 1);
    }

    /** A result of which the first rows were read. */
    private static ResultStream read(Session session) {
        ResultStream rows = session.execute(MANY_ROWS, new Cancellation()).open();
        assertThat(rows.next()).isTrue();
        return rows;
    }

    private String onlyQuery() {
        return sessions.statements().get(0).id();
    }

    private void assertRowsEndWith(ResultStream rows, ErrorCode code) {
        assertThatThrownBy(() -> {
                    while (rows.next()) {}
                })
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void an_admin_kills_the_query_of_another_whose_place_is_free_then() {
        try (ResultStream rows = read(session)) {
            admin.update("KILL QUERY '" + onlyQuery() + "'", never);
            assertRowsEndWith(rows, ErrorCode.QUERY_CANCELED);
        }
        assertThat(sessions.statements()).isEmpty();
        assertThat(engine.activeConnections()).isZero();
        assertThat(rows("SELECT 1")).containsExactly(List.of(1));
        assertThat(failures).containsExactly(ErrorCode.QUERY_CANCELED);
    }

    @Test
    void a_user_kills_his_own_from_another_session_of_his() {
        Session second = sessions.session("alice", Set.of(), null);
        try (ResultStream rows = read(session)) {
            second.execute("kill query '" + onlyQuery() + "';", never);
            assertThatThrownBy(() -> {
                        while (rows.next()) {}
                    })
                    .hasMessageContaining("killed");
        }
    }

    @Test
    void what_runs_in_the_engine_and_what_waits_for_its_turn_end_at_once() throws Exception {
        CompletableFuture<Long> runs = CompletableFuture.supplyAsync(() -> session.update(ENDLESS, never));
        String first = awaitOne(RunningStatement.Phase.RUNNING);
        CompletableFuture<Long> waits =
                CompletableFuture.supplyAsync(() -> other().update("CREATE TABLE never_made AS SELECT 1", never));
        String second = awaitOne(RunningStatement.Phase.QUEUED);

        admin.update("KILL QUERY '" + second + "'", never);
        assertKilled(waits);
        admin.update("KILL QUERY '" + first + "'", never);
        assertKilled(runs);

        assertThat(sessions.statements()).isEmpty();
        fails("SELECT * FROM never_made", ErrorCode.UNDEFINED_TABLE);
    }

    private String awaitOne(RunningStatement.Phase phase) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                System.nanoTime() < end;
                Thread.onSpinWait()) {
            for (RunningStatement statement : sessions.statements()) {
                if (statement.phase() == phase) {
                    return statement.id();
                }
            }
        }
        throw new AssertionError("nothing is " + phase);
    }

    private static void assertKilled(CompletableFuture<Long> statement) {
        assertThatThrownBy(() -> statement.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_CANCELED))
                .hasMessageContaining("killed");
    }

    @Test
    void what_another_user_runs_is_not_for_others_to_kill() {
        try (ResultStream rows = read(session)) {
            String kill = "KILL QUERY '" + onlyQuery() + "'";
            assertFails(() -> other().update(kill, never), ErrorCode.INSUFFICIENT_PRIVILEGE);
            assertFails(
                    () -> other().update("KILL SESSION '" + session.tag() + "'", never),
                    ErrorCode.INSUFFICIENT_PRIVILEGE);
            assertThat(rows.next()).isTrue();
        }
        assertThat(session.closed()).isFalse();
    }

    @Test
    void an_id_of_nothing_is_a_mistake() {
        assertThatThrownBy(() -> run("KILL QUERY 'q1'")).hasMessageContaining("no running statement \"q1\"");
        fails("KILL QUERY 'q1'", ErrorCode.UNDEFINED_OBJECT);
        fails("KILL SESSION 's1'", ErrorCode.UNDEFINED_OBJECT);
        assertFails(() -> admin.update("KILL QUERY ''", never), ErrorCode.UNDEFINED_OBJECT);
    }

    @Test
    void only_the_two_forms_with_a_literal_are_read() {
        fails("KILL CONNECTION '1'", ErrorCode.SYNTAX_ERROR, 1, 6);
        fails("KILL QUERY 1", ErrorCode.SYNTAX_ERROR);
        fails("KILL QUERY ?", ErrorCode.SYNTAX_ERROR);
        fails("KILL QUERY", ErrorCode.SYNTAX_ERROR);
        fails("KILL 'q1'", ErrorCode.SYNTAX_ERROR);
        run("CREATE TABLE kill (kill INTEGER, query INTEGER)");
        assertThat(rows("SELECT kill.kill, query FROM kill")).isEmpty();
    }

    @Test
    void a_killed_session_ends_with_all_it_held() {
        session.update("CREATE TEMP TABLE x (a INTEGER)", never);
        Transaction transaction = session.begin();
        session.update("INSERT INTO t VALUES (1, 'one')", transaction, never);
        session.prepare("SELECT 1");
        try (ResultStream rows = read(other())) {
            admin.update("KILL SESSION '" + session.tag() + "'", never);
            assertThat(rows.next()).isTrue();
        }

        assertThat(session.closed()).isTrue();
        assertThat(engine.activeConnections()).isZero();
        assertThat(sessions.transactions().size()).isZero();
        assertFails(() -> run("SELECT 1"), ErrorCode.UNKNOWN_HANDLE);
        assertFails(() -> sessions.session("alice", Set.of(), "token-1"), ErrorCode.UNKNOWN_HANDLE);
        try (ResultStream rows = admin.execute("SELECT count(*) FROM t", never).open()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.root().getVector(0).getObject(0)).isEqualTo(0L);
        }
    }

    @Test
    void what_a_killed_session_runs_ends_as_cancelled() {
        try (ResultStream rows = read(session)) {
            admin.update("KILL SESSION '" + session.tag() + "'", never);
            assertRowsEndWith(rows, ErrorCode.QUERY_CANCELED);
        }
        assertThat(sessions.statements()).isEmpty();
    }

    @Test
    void a_session_may_kill_itself_and_tells_who_asked() {
        StringBuilder told = new StringBuilder();
        session.whenClosed(() -> told.append("closed"));
        run("KILL SESSION '" + session.tag() + "'");

        assertThat(told).hasToString("closed");
        assertFails(() -> run("SELECT 1"), ErrorCode.UNKNOWN_HANDLE);
    }
}
