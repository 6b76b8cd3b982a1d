package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Isolation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each level of isolation allows and prevents: those below SERIALIZABLE are one, and it is the engine's snapshot. */
@Timeout(120)
class IsolationTest extends SessionTestBase {

    @ParameterizedTest
    @EnumSource
    void what_is_not_committed_is_never_read(Isolation isolation) {
        run("INSERT INTO t VALUES (1, 'one')");
        Transaction writer = begin(isolation);
        Transaction reader = begin(isolation);
        run(writer, "UPDATE t SET name = 'dirty'");
        assertThat(rows(reader, "SELECT name FROM t")).containsExactly(List.of("one"));
        session.rollback(writer);
        assertThat(rows(reader, "SELECT name FROM t")).containsExactly(List.of("one"));
        session.commit(reader);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_read_is_read_again(Isolation isolation) {
        run("INSERT INTO t VALUES (1, 'one')");
        Transaction reader = begin(isolation);
        assertThat(rows(reader, "SELECT name FROM t WHERE id = 1")).containsExactly(List.of("one"));
        run("UPDATE t SET name = 'changed' WHERE id = 1");
        assertThat(rows(reader, "SELECT name FROM t WHERE id = 1")).containsExactly(List.of("one"));
        session.commit(reader);
    }

    @ParameterizedTest
    @EnumSource
    void no_rows_appear_that_were_not_there(Isolation isolation) {
        run("INSERT INTO t VALUES (1, 'one')");
        Transaction reader = begin(isolation);
        assertThat(rows(reader, "SELECT id FROM t WHERE id < 10")).containsExactly(List.of(1));
        run("INSERT INTO t VALUES (2, 'phantom')");
        run("DELETE FROM t WHERE id = 1");
        assertThat(rows(reader, "SELECT id FROM t WHERE id < 10")).containsExactly(List.of(1));
        session.commit(reader);
    }

    @ParameterizedTest
    @EnumSource
    void no_update_is_lost(Isolation isolation) {
        run("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER)");
        run("INSERT INTO account VALUES (1, 100)");
        Transaction one = begin(isolation);
        Transaction two = begin(isolation);
        rows(one, "SELECT balance FROM account WHERE id = 1");
        rows(two, "SELECT balance FROM account WHERE id = 1");
        run(one, "UPDATE account SET balance = 110 WHERE id = 1");
        session.commit(one);
        assertFails(() -> run(two, "UPDATE account SET balance = 120 WHERE id = 1"), ErrorCode.SERIALIZATION_FAILURE);
        session.rollback(two);
        assertThat(rows("SELECT balance FROM account")).containsExactly(List.of(110));
    }

    /** The engine lets a DELETE go before an UPDATE of the same row. */
    @ParameterizedTest
    @EnumSource
    void an_update_of_a_row_that_another_deletes_is_lost_below_serializable(Isolation isolation) {
        run("INSERT INTO t VALUES (1, 'one')");
        Transaction deletes = begin(isolation);
        Transaction updates = begin(isolation);
        run(deletes, "DELETE FROM t WHERE id = 1");
        run(updates, "UPDATE t SET name = 'kept' WHERE id = 1");
        session.commit(deletes);
        commits(updates, isolation != Isolation.SERIALIZABLE);
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM t",
                "SELECT * FROM t WHERE id = 5",
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM t)",
                "WITH c AS (SELECT * FROM t) SELECT * FROM c",
                "SELECT * FROM v",
                "SELECT * FROM above",
                "SELECT * FROM passing",
                "SELECT many()",
                "SELECT more(1)",
                "SELECT * FROM listed()",
                "SELECT * FROM relisted()",
                "SELECT count(*) FROM second.main.across",
                "DESCRIBE t",
                "SELECT count(*) FROM information_schema.tables"
            })
    void a_serializable_transaction_that_writes_has_seen_the_newest_of_what_it_read(String query) {
        run("CREATE TABLE u (a INTEGER)");
        run("CREATE VIEW v AS SELECT count(*) AS n FROM t");
        run("CREATE VIEW above AS SELECT n FROM v");
        run("CREATE TEMP VIEW passing AS SELECT count(*) AS n FROM t");
        run("CREATE MACRO many() AS (SELECT count(*) FROM t)");
        run("CREATE MACRO more(x) AS many() + x");
        run("CREATE MACRO listed() AS TABLE SELECT * FROM t");
        run("CREATE MACRO relisted() AS TABLE SELECT * FROM listed()");
        run("CREATE DATABASE second");
        run("CREATE VIEW second.main.across AS SELECT * FROM \"default\".main.t");
        for (String change : List.of("INSERT INTO t VALUES (1, 'x')", "ALTER TABLE t ADD COLUMN extra INTEGER")) {
            run("BEGIN ISOLATION LEVEL SERIALIZABLE");
            rows(query);
            run("INSERT INTO u VALUES (1)");
            other().update(change, never);
            fails("COMMIT", ErrorCode.SERIALIZATION_FAILURE);

            run("BEGIN ISOLATION LEVEL SERIALIZABLE");
            rows(query);
            run("INSERT INTO u VALUES (1)");
            run("COMMIT");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO u SELECT id FROM t",
                "INSERT INTO u SELECT many()",
                "INSERT INTO u VALUES ((SELECT max(id) FROM t))",
                "UPDATE u SET a = (SELECT count(*) FROM t)",
                "DELETE FROM u WHERE a IN (SELECT id FROM t)",
                "UPDATE t SET name = 'x'",
                "DELETE FROM t",
                "DELETE FROM t WHERE id = 77",
                "TRUNCATE TABLE t",
                "INSERT INTO t VALUES (50, 'x') ON CONFLICT DO NOTHING",
                "INSERT OR REPLACE INTO t VALUES (50, 'x')",
                "MERGE INTO t USING (SELECT 60 AS id) AS s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "CREATE TABLE w AS SELECT * FROM t"
            })
    void what_a_statement_reads_to_write_counts_as_read(String statement) {
        run("CREATE TABLE u (a INTEGER)");
        run("INSERT INTO u VALUES (1)");
        run("INSERT INTO t VALUES (5, 'five')");
        run("CREATE MACRO many() AS (SELECT count(*) FROM t)");
        run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        run(statement);
        other().update("INSERT INTO t VALUES (6, 'six')", never);
        assertThat(codeOf(() -> run("COMMIT"))).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(List.of(5), List.of(6));
        run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        run(statement);
        run("COMMIT");
    }

    @Test
    void other_tables_and_plain_functions_do_not_matter() {
        run("CREATE TABLE u (a INTEGER)");
        run("CREATE TABLE w (a INTEGER)");
        run("CREATE MACRO plus(x) AS x + 1");
        run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        rows("SELECT plus(id) FROM t");
        run("INSERT INTO u VALUES (1)");
        other().update("INSERT INTO w VALUES (1)", never);
        other().update("INSERT INTO u VALUES (2)", never);
        run("COMMIT");
    }

    @Test
    void a_function_that_was_replaced_counts_as_changed() {
        run("CREATE TABLE u (a INTEGER)");
        run("CREATE MACRO many() AS (SELECT count(*) FROM t)");
        run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        run("INSERT INTO u SELECT many()");
        other().update("CREATE OR REPLACE MACRO many() AS (SELECT 7 FROM t)", never);
        fails("COMMIT", ErrorCode.SERIALIZATION_FAILURE);
    }

    /**
     * Fekete, O'Neil, O'Neil: "A Read-Only Transaction Anomaly Under Snapshot Isolation". The report shows a deposit and no
     * fee, and the fee is what it was without the deposit.
     */
    @ParameterizedTest
    @EnumSource
    void a_report_may_fit_to_no_order_below_serializable(Isolation isolation) {
        run("CREATE TABLE savings AS SELECT 0 AS balance");
        run("CREATE TABLE checking AS SELECT 0 AS balance");
        Transaction withdraws = begin(isolation);
        rows(withdraws, "SELECT s.balance + c.balance FROM savings s, checking c");
        Transaction deposits = begin(isolation);
        run(deposits, "UPDATE savings SET balance = balance + 20");
        session.commit(deposits);
        Transaction reports = session.begin(new TransactionMode(isolation, true));
        assertThat(rows(reports, "SELECT s.balance, c.balance FROM savings s, checking c"))
                .containsExactly(List.of(20, 0));
        session.commit(reports);
        run(withdraws, "UPDATE checking SET balance = -11");
        commits(withdraws, isolation != Isolation.SERIALIZABLE);
    }

    @ParameterizedTest
    @EnumSource
    void a_serializable_report_never_fails_and_never_waits(Isolation writers) {
        Transaction report = session.begin(new TransactionMode(Isolation.SERIALIZABLE, true));
        rows(report, "SELECT * FROM t");
        Transaction writer = begin(writers);
        run(writer, "INSERT INTO t VALUES (1, 'one')");
        session.commit(writer);
        assertThat(rows(report, "SELECT * FROM t")).isEmpty();
        session.commit(report);
    }

    @Test
    void a_serializable_report_over_several_databases_is_checked_because_each_is_seen_as_of_its_first_look() {
        run("CREATE DATABASE second");
        run("CREATE TABLE second.main.u (a INTEGER)");
        Transaction report = session.begin(new TransactionMode(Isolation.SERIALIZABLE, true));
        rows(report, "SELECT * FROM t");
        run("INSERT INTO t VALUES (1, 'one')");
        run("INSERT INTO second.main.u VALUES (1)");
        rows(report, "SELECT * FROM second.main.u");
        assertFails(() -> session.commit(report), ErrorCode.SERIALIZATION_FAILURE);
    }

    @ParameterizedTest
    @EnumSource
    void a_plain_foreign_key_holds_at_every_level(Isolation isolation) {
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        run("CREATE TABLE child (parent INTEGER REFERENCES parent)");
        for (boolean deleterFirst : List.of(true, false)) {
            run("INSERT OR IGNORE INTO parent VALUES (1)");
            Transaction deletes = begin(isolation);
            Transaction inserts = begin(isolation);
            run(deletes, "DELETE FROM parent WHERE id = 1");
            run(inserts, "INSERT INTO child VALUES (1)");
            session.commit(deleterFirst ? deletes : inserts);
            commits(deleterFirst ? inserts : deletes, false);
            assertThat(rows("SELECT * FROM child WHERE parent NOT IN (SELECT id FROM parent)"))
                    .isEmpty();
            run("DELETE FROM child");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_foreign_key_with_actions_holds_at_every_level(Isolation isolation) {
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        run("CREATE TABLE child (parent INTEGER REFERENCES parent ON DELETE CASCADE)");
        run("INSERT INTO parent VALUES (1), (2)");
        Transaction deletes = begin(isolation);
        Transaction inserts = begin(isolation);
        run(deletes, "DELETE FROM parent WHERE id = 1");
        assertThat(codeOf(() -> {
                    run(inserts, "INSERT INTO child VALUES (1)");
                    session.commit(inserts);
                }))
                .isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
        session.rollback(inserts);
        session.commit(deletes);
        assertThat(rows("SELECT * FROM child")).isEmpty();
    }

    @Test
    void what_a_cascade_changes_counts_as_changed() {
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        run("CREATE TABLE child (parent INTEGER REFERENCES parent ON DELETE CASCADE)");
        run("INSERT INTO parent VALUES (1)");
        run("INSERT INTO child VALUES (1)");
        run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        rows("SELECT * FROM child");
        run("INSERT INTO t VALUES (1, 'one')");
        other().update("DELETE FROM parent", never);
        fails("COMMIT", ErrorCode.SERIALIZATION_FAILURE);
    }

    @Test
    void what_was_acknowledged_before_a_serializable_commit_began_was_seen_by_it() {
        run("CREATE TABLE log (seen BIGINT)");
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        Session writer = sessions.session("alice", Set.of(), "writer");
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= 1000 && !stopped.get(); i++) {
                writer.update("INSERT INTO t SELECT count(*) + 1, 'x' FROM t", never);
                acknowledged.set(i);
            }
        });
        int committed = 0;
        for (int i = 0; i < 300 || committed == 0 && !writing.isDone(); i++) {
            run("BEGIN ISOLATION LEVEL SERIALIZABLE");
            long seen = (Long) rows("SELECT count(*) FROM t").get(0).get(0);
            run("INSERT INTO log SELECT count(*) FROM t");
            int before = acknowledged.get();
            if (codeOf(() -> run("COMMIT")) == null) {
                committed++;
                assertThat(seen).isGreaterThanOrEqualTo(before);
            }
        }
        stopped.set(true);
        writing.join();
        assertThat(rows("SELECT count(*) FROM log")).containsExactly(List.of((long) committed));
    }

    private void commits(Transaction transaction, boolean succeeds) {
        if (succeeds) {
            session.commit(transaction);
        } else {
            assertFails(() -> session.commit(transaction), ErrorCode.SERIALIZATION_FAILURE);
        }
    }

    private Transaction begin(Isolation isolation) {
        return session.begin(new TransactionMode(isolation, false));
    }

    private void run(Transaction transaction, String sql) {
        session.update(sql, transaction, never);
    }

    private List<List<Object>> rows(Transaction transaction, String sql) {
        return rows(session.execute(sql, transaction, never));
    }

    private static @org.jspecify.annotations.Nullable ErrorCode codeOf(Runnable work) {
        try {
            work.run();
            return null;
        } catch (SkyportException e) {
            return e.code();
        }
    }
}
