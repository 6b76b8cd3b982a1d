package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Isolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What options do to the statements that follow. */
class SessionOptionsTest extends SessionTestBase {

    // --- auto_commit

    @Test
    void without_auto_commit_a_statement_opens_a_transaction_until_commit_or_rollback() {
        run("SET auto_commit = off");
        assertThat(sessions.transactions().size()).isZero();
        run("INSERT INTO t VALUES (1, 'one')");
        assertThat(sessions.transactions().size()).isOne();
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
        assertThat(rows(other().execute("SELECT id FROM t", never))).isEmpty();
        run("ROLLBACK");
        assertThat(rows("SELECT id FROM t")).isEmpty();
        run("INSERT INTO t VALUES (2, 'two')");
        run("COMMIT");
        assertThat(sessions.transactions().size()).isZero();
        assertThat(rows(other().execute("SELECT id FROM t", never))).containsExactly(List.of(2));
    }

    @Test
    void statements_of_the_session_open_no_transaction_and_its_end_without_one_is_no_mistake() {
        run("SET auto_commit = false");
        run("SET application_name = 'x'");
        run("USE main");
        run("COMMIT");
        run("ROLLBACK");
        assertThat(sessions.transactions().size()).isZero();
        run("SET TRANSACTION READ ONLY");
        fails("INSERT INTO t VALUES (1, 'one')", ErrorCode.READ_ONLY_TRANSACTION);
        run("ROLLBACK");
        run("BEGIN");
        fails("BEGIN", ErrorCode.ACTIVE_TRANSACTION);
        run("ROLLBACK");
    }

    @Test
    void a_failed_statement_waits_for_its_rollback_also_in_a_transaction_that_opened_by_itself() {
        run("SET autocommit = 0");
        run("INSERT INTO t VALUES (1, 'one')");
        fails("INSERT INTO t VALUES (1, 'again')", ErrorCode.UNIQUE_VIOLATION);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void switching_auto_commit_on_commits() {
        run("SET auto_commit = off");
        run("INSERT INTO t VALUES (1, 'one')");
        run("SET auto_commit = on");
        assertThat(sessions.transactions().size()).isZero();
        assertThat(rows(other().execute("SELECT id FROM t", never))).containsExactly(List.of(1));
        run("BEGIN");
        run("SET auto_commit = on");
        assertThat(sessions.transactions().size()).isOne();
        run("ROLLBACK");
    }

    @Test
    void what_runs_in_no_transaction_opens_none() {
        run("SET auto_commit = off");
        run("CREATE DATABASE another");
        assertThat(sessions.transactions().size()).isZero();
        run("DROP DATABASE another");
    }

    @Test
    void prepared_statements_open_transactions_too() {
        run("SET auto_commit = off");
        PreparedStatement insert = session.prepare("INSERT INTO t VALUES (1, 'one')");
        assertThat(sessions.transactions().size()).isZero();
        session.update(insert, never);
        run("ROLLBACK");
        session.update(insert, never);
        run("COMMIT");
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
        run("COMMIT");
    }

    @Test
    void a_session_that_is_closed_rolls_back_what_opened_by_itself() {
        run("SET auto_commit = off");
        run("INSERT INTO t VALUES (1, 'one')");
        sessions.close(session);
        assertThat(rows(other().execute("SELECT id FROM t", never))).isEmpty();
        assertFails(() -> sessions.session("alice", Set.of(), "token-1"), ErrorCode.UNKNOWN_HANDLE);
        fails("SELECT 1", ErrorCode.UNKNOWN_HANDLE);
    }

    // --- read_only, isolation_level

    @Test
    void read_only_holds_for_single_statements_and_as_default_of_transactions() {
        run("SET read_only = on");
        fails("INSERT INTO t VALUES (1, 'one')", ErrorCode.READ_ONLY_TRANSACTION);
        fails("CREATE TABLE u (id INTEGER)", ErrorCode.READ_ONLY_TRANSACTION);
        fails("CREATE DATABASE u", ErrorCode.READ_ONLY_TRANSACTION);
        run("CREATE TEMP TABLE mine (id INTEGER)");
        run("INSERT INTO mine VALUES (1)");
        assertThat(rows("SELECT * FROM t")).isEmpty();
        run("BEGIN");
        fails("INSERT INTO t VALUES (1, 'one')", ErrorCode.READ_ONLY_TRANSACTION);
        run("ROLLBACK");
        run("BEGIN READ WRITE");
        run("INSERT INTO t VALUES (1, 'one')");
        run("COMMIT");
        assertThat(session.begin().mode().readOnly()).isTrue();
    }

    @Test
    void the_isolation_level_is_the_default_of_transactions() {
        run("SET isolation_level = 3");
        Transaction transaction = session.begin();
        assertThat(transaction.mode()).isEqualTo(new TransactionMode(Isolation.SERIALIZABLE, false));
        session.rollback(transaction);
        run("RESET isolation_level");
        assertThat(session.begin().mode()).isEqualTo(TransactionMode.DEFAULT);
    }

    /** Each adds the number of all rows there are: in whatever order they run, no two add the same. */
    @Test
    void single_statements_that_read_what_others_write_are_serializable() throws Exception {
        run("CREATE TABLE counts (n BIGINT)");
        int clients = 4;
        int statements = 25;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Void>> done = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Session mine = sessions.session("user", Set.of(), "client-" + client);
                mine.update("SET isolation_level = 'SERIALIZABLE'", never);
                Callable<Void> work = () -> {
                    for (int i = 0; i < statements; i++) {
                        addCount(mine);
                    }
                    return null;
                };
                done.add(threads.submit(work));
            }
            for (Future<Void> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(rows("SELECT count(*), count(DISTINCT n) FROM counts"))
                .containsExactly(List.of((long) clients * statements, (long) clients * statements));
        assertThat(sessions.transactions().size()).isZero();
    }

    private void addCount(Session mine) {
        while (true) {
            try {
                long unused = mine.update("INSERT INTO counts SELECT count(*) FROM counts", never);
                return;
            } catch (SkyportException e) {
                // The retries are bounded.
                assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
            }
        }
    }

    // --- query_timeout

    private static final String LONG = "SELECT sum(p.range * q.range) FROM range(10000000) AS p, range(1000000) AS q";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LONG,
                "INSERT INTO t (id) " + LONG,
                "INSERT INTO t (id) " + LONG + " RETURNING id",
                "CREATE TABLE u AS " + LONG
            })
    void a_statement_that_takes_longer_than_query_timeout_fails(String sql) {
        run("SET query_timeout = 0.2");
        assertThatThrownBy(() -> rows(sql))
                .hasMessageContaining("Timeout")
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_TIMEOUT));
        assertThat(session.running()).isZero();
        run("INSERT INTO t VALUES (1, 'in time')");
        run("RESET query_timeout");
        assertThat(rows("SELECT count(*) FROM range(1000000)")).containsExactly(List.of(1_000_000L));
    }

    @Test
    void listeners_are_told_of_a_timeout_as_the_client_is() {
        run("SET query_timeout = 0.2");
        for (String sql : List.of("SELECT 1 WHERE (" + LONG + ") = 0", "INSERT INTO t (id) " + LONG)) {
            assertFails(() -> rows(sql), ErrorCode.STATEMENT_TIMEOUT);
            assertThat(failures).last().isEqualTo(ErrorCode.STATEMENT_TIMEOUT);
        }
    }

    @Test
    void a_result_that_is_read_for_longer_than_query_timeout_fails() {
        run("SET query_timeout = 0.2");
        try (ResultStream stream =
                session.execute("SELECT range FROM range(100000000)", never).open()) {
            assertThat(stream.next()).isTrue();
            assertThat(session.running()).isOne();
            await().until(stream::interrupted);
            assertFails(
                    () -> {
                        while (stream.next()) {}
                    },
                    ErrorCode.STATEMENT_TIMEOUT);
        }
        assertThat(session.running()).isZero();
    }

    @Test
    void a_timeout_makes_a_transaction_fail() {
        run("SET query_timeout = 0.2");
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        assertFails(() -> session.execute(LONG, never), ErrorCode.STATEMENT_TIMEOUT);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    // --- as SQL writes them

    @ParameterizedTest
    @CsvSource({
        "autocommit, 0, auto_commit, false",
        "auto_commit, on, auto_commit, true",
        "default_transaction_isolation, '''repeatable read''', isolation_level, REPEATABLE READ",
        "transaction_isolation, '''read-uncommitted''', transaction_isolation, READ UNCOMMITTED",
        "default_transaction_read_only, '''on''', read_only, true",
        "query_timeout, 1.50, query_timeout, 1.5",
        "query_timeout, 30, statement_timeout, 30s",
        "statement_timeout, 1500, query_timeout, 1.5",
        "statement_timeout, '''2min''', query_timeout, 120",
        "fetch_size, 007, fetch_size, 7",
    })
    void options_have_the_names_and_values_that_other_databases_give_them(
            String name, String value, String shown, String text) {
        run("SET " + name + " = " + value);
        Object found = rows("SHOW " + shown).get(0).get(0);
        assertThat(found).isEqualTo(text);
        assertThat(rows("SHOW ALL").stream().map(row -> row.get(0))).contains("auto_commit", "statement_timeout");
        run("RESET ALL");
        assertThat(session.options()).isEqualTo(SessionOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto_commit = 'maybe'",
                "auto_commit = ''",
                "isolation_level = 4",
                "isolation_level = 'snapshot'",
                "query_timeout = 'soon'",
                "query_timeout = 1.2345",
                "statement_timeout = '5 years'",
                "fetch_size = -1",
            })
    void values_that_an_option_cannot_have_are_refused(String setting) {
        fails("SET " + setting, ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(session.options()).isEqualTo(SessionOptions.DEFAULT);
    }

    @Test
    void options_do_not_make_plans_of_their_own() {
        run("SET query_timeout = 5");
        assertThat(session.context().settings()).isEmpty();
    }
}
