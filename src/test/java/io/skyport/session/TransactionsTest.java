package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.sql.Isolation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TransactionsTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-transactions", 3, "skyport.session.conflict-retries", 1000);
    }

    @Test
    void others_see_what_a_transaction_did_when_it_is_committed() {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        run("INSERT INTO t VALUES (2, 'two')");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(List.of(1), List.of(2));
        assertThat(ofOther("SELECT id FROM t")).isEmpty();
        run("COMMIT");
        assertThat(ofOther("SELECT id FROM t ORDER BY id")).containsExactly(List.of(1), List.of(2));
        assertThat(sessions.transactions().size()).isZero();
    }

    @Test
    void the_time_goes_on_in_what_is_created_in_a_transaction() {
        run("BEGIN");
        run("CREATE VIEW times AS SELECT now() AS n");
        run("CREATE TABLE stamped (id INTEGER, at TIMESTAMPTZ DEFAULT current_timestamp)");
        run("CREATE MACRO moment() AS now()");
        run("INSERT INTO stamped SELECT 0, now()");
        run("COMMIT");
        run("INSERT INTO stamped (id) VALUES (1)");
        assertThat(rows("SELECT (SELECT n FROM times) > at, moment() > at FROM stamped WHERE id = 0"))
                .containsExactly(List.of(true, true));
        assertThat(rows("SELECT max(at) > min(at) FROM stamped")).containsExactly(List.of(true));
    }

    @Test
    void what_prepare_named_has_the_time_of_its_transaction() {
        run("PREPARE p AS SELECT now()");
        run("BEGIN");
        List<List<Object>> before = rows("EXECUTE p");
        run("SAVEPOINT s");
        run("INSERT INTO t VALUES (1, 'one')");
        run("ROLLBACK TO s");
        assertThat(rows("EXECUTE p")).isEqualTo(before).isEqualTo(rows("SELECT now()"));
        run("COMMIT");
    }

    @Test
    void rollback_undoes_all() {
        run("INSERT INTO t VALUES (1, 'one')");
        run("START TRANSACTION");
        run("UPDATE t SET name = 'eins'");
        run("CREATE TABLE u (a INTEGER)");
        run("DELETE FROM t");
        run("ROLLBACK");
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("one"));
        fails("SELECT * FROM u", ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void a_transaction_cannot_begin_in_another_nor_end_without_one() {
        fails("COMMIT", ErrorCode.NO_ACTIVE_TRANSACTION);
        fails("ROLLBACK", ErrorCode.NO_ACTIVE_TRANSACTION);
        run("BEGIN");
        fails("BEGIN", ErrorCode.ACTIVE_TRANSACTION);
        run("INSERT INTO t VALUES (1, 'one')");
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
    }

    @Test
    void after_a_failed_statement_only_rollback_is_left() {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        fails("INSERT INTO t VALUES (1, 'again')", ErrorCode.UNIQUE_VIOLATION);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        fails("INSERT INTO t VALUES (2, 'two')", ErrorCode.IN_FAILED_TRANSACTION);
        fails("SELECT FROM WHERE", ErrorCode.IN_FAILED_TRANSACTION);
        fails("BEGIN", ErrorCode.IN_FAILED_TRANSACTION);
        fails("COMMIT", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
    }

    @Test
    void a_statement_that_does_not_compile_fails_the_transaction_as_well() {
        for (String mistake : List.of("SELEC 1", "SELECT nope FROM t", "SELECT * FROM nowhere")) {
            run("BEGIN");
            run("INSERT INTO t VALUES (1, 'one')");
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> run(mistake)))
                    .isNotNull();
            fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
            run("ROLLBACK");
        }
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
    }

    @Test
    void a_query_that_fails_while_it_is_read_fails_the_transaction() {
        run("BEGIN");
        Execution execution = session.execute(
                "SELECT CASE WHEN range < 100000 THEN 1 ELSE error('late') END, repeat('x', 200) FROM (SELECT unnest(range(200000)) AS range)",
                never);
        assertFails(() -> rows(execution), ErrorCode.DATA_EXCEPTION);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
    }

    @Test
    void a_read_only_transaction_reads() {
        run("BEGIN READ ONLY");
        fails("INSERT INTO t VALUES (1, 'one')", ErrorCode.READ_ONLY_TRANSACTION);
        fails("CREATE TABLE u (a INTEGER)", ErrorCode.READ_ONLY_TRANSACTION);
        fails("CREATE SCHEMA s", ErrorCode.READ_ONLY_TRANSACTION);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        run("CREATE TEMP TABLE x AS SELECT 1 AS a");
        run("COMMIT");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(1));
    }

    @Test
    void a_mode_is_set_before_the_first_statement() {
        fails("SET TRANSACTION READ ONLY", ErrorCode.NO_ACTIVE_TRANSACTION);
        run("BEGIN");
        run("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY");
        fails("INSERT INTO t VALUES (1, 'one')", ErrorCode.READ_ONLY_TRANSACTION);
        rows("SELECT 1");
        fails("SET TRANSACTION READ WRITE", ErrorCode.ACTIVE_TRANSACTION);
        run("COMMIT");
    }

    @Test
    void two_databases_are_not_written_in_one_transaction_and_nothing_is_lost() {
        run("CREATE DATABASE second");
        run("CREATE TABLE second.main.u (a INTEGER)");
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        fails("INSERT INTO second.main.u VALUES (1)", ErrorCode.INVALID_TRANSACTION_STATE);
        fails("CREATE TABLE second.main.v (a INTEGER)", ErrorCode.INVALID_TRANSACTION_STATE);
        assertThat(rows("SELECT * FROM second.main.u")).isEmpty();
        run("INSERT INTO t VALUES (2, 'two')");
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(2L));
    }

    @Test
    void databases_are_not_made_or_dropped_in_a_transaction() {
        run("BEGIN");
        fails("CREATE DATABASE second", ErrorCode.ACTIVE_TRANSACTION);
        run("COMMIT");
    }

    @Test
    void ddl_is_seen_in_its_transaction_and_by_others_after_it() {
        run("BEGIN");
        run("CREATE TABLE u (a INTEGER PRIMARY KEY)");
        run("INSERT INTO u VALUES (1)");
        run("ALTER TABLE u ADD COLUMN b VARCHAR DEFAULT 'x'");
        run("CREATE VIEW w AS SELECT a, b FROM u");
        run("CREATE MACRO plus(p) AS p + 1");
        run("CREATE SEQUENCE s START 5");
        run("ALTER TABLE t RENAME COLUMN name TO label");
        assertThat(rows("SELECT plus(a), b, nextval('s') FROM w")).containsExactly(List.of(2, "x", 5L));
        assertThat(rows("SELECT label FROM t")).isEmpty();
        assertFails(() -> ofOther("SELECT * FROM u"), ErrorCode.UNDEFINED_TABLE);
        assertFails(() -> ofOther("SELECT label FROM t"), ErrorCode.UNDEFINED_COLUMN);
        assertThat(ofOther("SELECT name FROM t")).isEmpty();
        run("COMMIT");
        assertThat(ofOther("SELECT plus(a), b FROM w")).containsExactly(List.of(2, "x"));
        assertThat(ofOther("SELECT label FROM t")).isEmpty();
        assertThat(rows("SELECT plus(a), b FROM w")).containsExactly(List.of(2, "x"));
    }

    @Test
    void what_others_change_meanwhile_is_not_seen() {
        run("INSERT INTO t VALUES (1, 'one')");
        run("BEGIN");
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("one"));
        other().update("INSERT INTO t VALUES (2, 'two')", never);
        other().update("CREATE TABLE u (a INTEGER)", never);
        other().update("ALTER TABLE t ADD COLUMN c INTEGER", never);
        assertThat(rows("SELECT * FROM t")).containsExactly(List.of(1, "one"));
        fails("SELECT * FROM u", ErrorCode.UNDEFINED_TABLE);
        run("ROLLBACK");
        assertThat(rows("SELECT count(c), count(*) FROM t")).containsExactly(List.of(0L, 2L));
    }

    @Test
    void a_query_has_the_data_of_when_it_was_executed() {
        run("INSERT INTO t SELECT range, 'x' FROM range(50000)");
        run("BEGIN");
        Execution execution = session.execute("SELECT id FROM t", never);
        run("DELETE FROM t");
        Execution discarded = session.execute("SELECT id FROM t", never);
        discarded.discard();
        assertThat(rows(execution)).hasSize(50_000);
        run("ROLLBACK");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(50_000L));
    }

    @Test
    void the_rows_of_a_query_outlive_its_transaction() {
        run("BEGIN");
        Execution execution = session.execute("SELECT range FROM range(50000)", never);
        run("COMMIT");
        assertThat(rows(execution)).hasSize(50_000);
    }

    @Test
    void writers_of_one_row_collide() {
        run("INSERT INTO t VALUES (1, 'one')");
        run("BEGIN");
        run("UPDATE t SET name = 'mine' WHERE id = 1");
        Transaction others = other().begin(TransactionMode.DEFAULT);
        assertFails(
                () -> other().update("UPDATE t SET name = 'yours' WHERE id = 1", others, never),
                ErrorCode.SERIALIZATION_FAILURE);
        assertFails(() -> other().update("SELECT 1", others, never), ErrorCode.IN_FAILED_TRANSACTION);
        other().rollback(others);
        run("COMMIT");
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("mine"));
    }

    @Test
    void a_key_that_two_transactions_insert_is_refused_at_commit() {
        run("BEGIN");
        run("INSERT INTO t VALUES (7, 'mine')");
        other().update("INSERT INTO t VALUES (7, 'yours')", never);
        fails("COMMIT", ErrorCode.UNIQUE_VIOLATION);
        fails("COMMIT", ErrorCode.NO_ACTIVE_TRANSACTION);
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("yours"));
    }

    @Test
    void statements_that_commit_by_themselves_do_not_see_conflicts() {
        run("INSERT INTO t VALUES (1, '0')");
        List<CompletableFuture<Void>> writers = new java.util.ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Session writer = sessions.session("alice", Set.of(), "writer-" + i);
            writers.add(CompletableFuture.runAsync(() -> {
                for (int j = 0; j < 50; j++) {
                    writer.update("UPDATE t SET name = CAST(CAST(name AS INTEGER) + 1 AS VARCHAR)", never);
                }
            }));
        }
        writers.forEach(CompletableFuture::join);
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("200"));
    }

    @Test
    void one_client_has_several_transactions_at_once() {
        Transaction one = session.begin(TransactionMode.DEFAULT);
        Transaction two = session.begin(TransactionMode.DEFAULT);
        session.update("INSERT INTO t VALUES (1, 'one')", one, never);
        session.update("INSERT INTO t VALUES (2, 'two')", two, never);
        assertThat(rows(session.execute("SELECT id FROM t", one, never))).containsExactly(List.of(1));
        assertThat(rows(session.execute("SELECT id FROM t", two, never))).containsExactly(List.of(2));
        assertThat(rows("SELECT id FROM t")).isEmpty();
        session.commit(session.transaction(one.id()));
        session.rollback(two);
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
        assertFails(() -> session.transaction(one.id()), ErrorCode.UNKNOWN_HANDLE);
    }

    @Test
    void a_transaction_is_its_users_alone() {
        Transaction transaction = session.begin(TransactionMode.DEFAULT);
        assertFails(() -> other().transaction(transaction.id()), ErrorCode.UNKNOWN_HANDLE);
        assertThat(sessions.session("alice", Set.of(), "another token").transaction(transaction.id()))
                .isSameAs(transaction);
        session.rollback(transaction);
    }

    @Test
    void transactions_are_not_more_than_the_limit() {
        for (int i = 0; i < 3; i++) {
            session.begin(TransactionMode.DEFAULT);
        }
        fails("BEGIN", ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        session.close();
        assertThat(sessions.transactions().size()).isZero();
    }

    @Test
    void text_ends_the_transaction_it_is_sent_in() {
        Transaction transaction = session.begin(TransactionMode.DEFAULT);
        session.update("INSERT INTO t VALUES (1, 'one')", transaction, never);
        assertFails(() -> session.update("BEGIN", transaction, never), ErrorCode.ACTIVE_TRANSACTION);
        session.update("COMMIT", transaction, never);
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
        assertThat(transaction.open()).isFalse();
    }

    @Test
    void a_prepared_statement_goes_on_in_the_only_open_transaction_after_its_own_has_ended() {
        Transaction first = session.begin(TransactionMode.DEFAULT);
        PreparedStatement insert = session.prepare("INSERT INTO t SELECT count(*), 'x' FROM t", first);
        session.update(insert, never);
        session.commit(first);
        assertFails(() -> session.update(insert, never), ErrorCode.NO_ACTIVE_TRANSACTION);
        Transaction second = session.begin(TransactionMode.DEFAULT);
        session.update(insert, never);
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(0));
        session.commit(second);
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void temporary_tables_follow_the_transaction_they_are_made_in() {
        run("BEGIN");
        run("CREATE TEMP TABLE x AS SELECT 1 AS a");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(1));
        run("COMMIT");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(1));
        run("BEGIN");
        run("INSERT INTO x VALUES (2)");
        run("CREATE TEMP TABLE y AS SELECT 2 AS a");
        run("ROLLBACK");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(1));
        fails("SELECT a FROM y", ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void statements_beside_a_transaction_leave_its_temporary_tables_alone() {
        run("CREATE TEMP TABLE x AS SELECT 1 AS a");
        Transaction transaction = session.begin(TransactionMode.DEFAULT);
        assertThat(rows(session.execute("SELECT a FROM x", transaction, never))).containsExactly(List.of(1));
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        fails("INSERT INTO x VALUES (2)", ErrorCode.INVALID_TRANSACTION_STATE);
        session.rollback(transaction);
        run("INSERT INTO x VALUES (2)");
    }

    @Test
    void closing_the_session_rolls_back() {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        session.close();
        assertThat(ofOther("SELECT id FROM t")).isEmpty();
    }

    @Test
    void a_statement_that_runs_holds_up_neither_other_transactions_nor_the_end_of_the_session() {
        Transaction busy = session.begin(TransactionMode.DEFAULT);
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> session.update(
                "INSERT INTO t SELECT p.range + q.range, 'x' FROM range(1000000) AS p, range(1000000) AS q"
                        + " WHERE p.range + q.range = -1",
                busy,
                never));
        org.awaitility.Awaitility.await().until(busy::inUse);
        Transaction other = session.begin(TransactionMode.DEFAULT);
        session.update("INSERT INTO t VALUES (1, 'one')", other, never);
        session.commit(other);
        session.close();
        assertThat(running).failsWithin(java.time.Duration.ofSeconds(30));
        assertThat(ofOther("SELECT id FROM t")).containsExactly(List.of(1));
    }

    @Test
    void the_session_that_callers_share_has_transactions_by_id_only() {
        Session shared = sessions.session("alice", Set.of(), null);
        assertFails(() -> shared.update("BEGIN", never), ErrorCode.INVALID_TRANSACTION_STATE);
        Transaction transaction = shared.begin(TransactionMode.DEFAULT);
        shared.update("INSERT INTO t VALUES (1, 'one')", transaction, never);
        shared.commit(transaction);
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
    }

    @Test
    void write_skew_is_allowed_below_serializable_and_prevented_there() {
        for (Isolation isolation : Isolation.values()) {
            run("DELETE FROM t");
            run("INSERT INTO t VALUES (1, 'on call'), (2, 'on call')");
            run("CREATE OR REPLACE TABLE log (who INTEGER)");
            TransactionMode mode = new TransactionMode(isolation, false);
            Transaction one = session.begin(mode);
            Transaction two = session.begin(mode);
            for (Transaction transaction : List.of(one, two)) {
                assertThat(rows(session.execute("SELECT count(*) FROM t WHERE name = 'on call'", transaction, never)))
                        .containsExactly(List.of(2L));
            }
            session.update("UPDATE t SET name = 'off' WHERE id = 1", one, never);
            session.update("UPDATE t SET name = 'off' WHERE id = 2", two, never);
            session.commit(one);
            if (isolation == Isolation.SERIALIZABLE) {
                assertFails(() -> session.commit(two), ErrorCode.SERIALIZATION_FAILURE);
            } else {
                session.commit(two);
            }
            assertThat(rows("SELECT count(*) FROM t WHERE name = 'on call'"))
                    .containsExactly(List.of(isolation == Isolation.SERIALIZABLE ? 1L : 0L));
        }
    }

    @Test
    void a_serializable_transaction_sees_through_views_and_does_not_mind_other_tables() {
        run("CREATE TABLE u (a INTEGER)");
        run("CREATE VIEW v AS SELECT count(*) AS n FROM t");
        TransactionMode mode = new TransactionMode(Isolation.SERIALIZABLE, false);
        Transaction reader = session.begin(mode);
        rows(session.execute("SELECT * FROM v", reader, never));
        session.update("INSERT INTO u VALUES (1)", reader, never);
        run("INSERT INTO t VALUES (1, 'one')");
        assertFails(() -> session.commit(reader), ErrorCode.SERIALIZATION_FAILURE);

        Transaction unconcerned = session.begin(mode);
        rows(session.execute("SELECT * FROM t", unconcerned, never));
        session.update("INSERT INTO u VALUES (1)", unconcerned, never);
        run("CREATE TABLE w (a INTEGER)");
        run("INSERT INTO w VALUES (1)");
        session.commit(unconcerned);
        assertThat(rows("SELECT count(*) FROM u")).containsExactly(List.of(1L));
    }

    private List<List<Object>> ofOther(String sql) {
        return rows(other().execute(sql, never));
    }
}
