package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConflictsTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-transactions", 2);
    }

    @Test
    void a_statement_that_commits_by_itself_gives_up_after_its_retries() {
        run("INSERT INTO t VALUES (1, 'one')");
        Transaction open = session.begin(TransactionMode.DEFAULT);
        session.update("UPDATE t SET name = 'mine'", open, never);
        assertFails(() -> other().update("UPDATE t SET name = 'yours'", never), ErrorCode.SERIALIZATION_FAILURE);
        session.commit(open);
        other().update("UPDATE t SET name = name || ' and yours'", never);
        assertThat(rows("SELECT name FROM t")).containsExactly(List.of("mine and yours"));
    }

    @Test
    void a_commit_that_fails_keeps_nothing_and_the_session_goes_on() {
        for (int i = 0; i < 5; i++) {
            run("DELETE FROM t");
            run("BEGIN");
            run("CREATE TABLE made (a INTEGER)");
            run("INSERT INTO made VALUES (1)");
            run("INSERT INTO t SELECT range, 'mine' FROM range(100)");
            run("SAVEPOINT a");
            other().update("INSERT INTO t VALUES (50, 'yours')", never);
            fails("COMMIT", ErrorCode.UNIQUE_VIOLATION);
            assertThat(rows("SELECT * FROM t")).containsExactly(List.of(50, "yours"));
            fails("SELECT * FROM made", ErrorCode.UNDEFINED_TABLE);
            fails("ROLLBACK", ErrorCode.NO_ACTIVE_TRANSACTION);
            assertThat(sessions.transactions().size()).isZero();
            assertThat(engine.activeConnections()).isZero();
        }
    }

    @Test
    void a_serializable_commit_that_fails_keeps_nothing_and_the_session_goes_on() {
        run("CREATE TABLE u (a INTEGER)");
        for (int i = 0; i < 5; i++) {
            run("BEGIN ISOLATION LEVEL SERIALIZABLE");
            rows("SELECT * FROM t");
            run("INSERT INTO u VALUES (1)");
            other().update("INSERT INTO t VALUES (" + i + ", 'yours')", never);
            fails("COMMIT", ErrorCode.SERIALIZATION_FAILURE);
            fails("COMMIT", ErrorCode.NO_ACTIVE_TRANSACTION);
            assertThat(rows("SELECT * FROM u")).isEmpty();
            assertThat(sessions.transactions().size()).isZero();
            assertThat(engine.activeConnections()).isZero();
        }
    }

    @Test
    void definitions_that_two_transactions_make_collide() {
        Transaction one = session.begin(TransactionMode.DEFAULT);
        Transaction two = session.begin(TransactionMode.DEFAULT);
        session.update("CREATE TABLE made (a INTEGER)", one, never);
        assertFails(() -> session.update("CREATE TABLE made (b INTEGER)", two, never), ErrorCode.SERIALIZATION_FAILURE);
        session.rollback(two);
        session.commit(one);
        assertThat(rows("SELECT a FROM made")).isEmpty();
    }

    @Test
    void a_row_into_a_table_that_another_changes_meanwhile_is_refused() {
        for (String change : List.of("ALTER TABLE t ADD COLUMN c INTEGER", "DROP TABLE t")) {
            run("BEGIN");
            run("INSERT INTO t (id, name) VALUES (1, 'one')");
            other().update(change, never);
            fails("COMMIT", ErrorCode.SERIALIZATION_FAILURE);
            assertThat(sessions.transactions().size()).isZero();
        }
    }
}
