package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.engine.EngineFailures;
import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine becomes invalid and opens itself again under open transactions and temporary tables. */
@Timeout(60)
class LostEngineTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-transactions", 2, "skyport.session.max-own-connections", 1);
    }

    @BeforeEach
    void committed() {
        run("INSERT INTO t VALUES (1, 'one')");
    }

    private void reopen() {
        EngineFailures.invalidate(engine);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> engine.available());
    }

    private void goesOn() {
        assertThat(rows("SELECT id FROM t")).containsExactly(List.of(1));
        run("BEGIN");
        run("INSERT INTO t VALUES (2, 'two')");
        run("SAVEPOINT a");
        run("DELETE FROM t");
        run("ROLLBACK TO a");
        run("COMMIT");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(List.of(1), List.of(2));
        assertThat(sessions.transactions().size()).isZero();
    }

    @Test
    void an_open_transaction_is_lost_until_it_is_rolled_back() {
        run("BEGIN");
        run("INSERT INTO t VALUES (7, 'lost')");
        reopen();
        fails("SELECT 1", ErrorCode.SERIALIZATION_FAILURE);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        fails("INSERT INTO t VALUES (8, 'lost')", ErrorCode.IN_FAILED_TRANSACTION);
        fails("COMMIT", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        goesOn();
    }

    @Test
    void a_commit_of_a_lost_transaction_fails_and_ends_it() {
        run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        run("INSERT INTO t VALUES (7, 'lost')");
        reopen();
        fails("COMMIT", ErrorCode.SERIALIZATION_FAILURE);
        goesOn();
    }

    @Test
    void no_savepoint_leads_back_into_a_lost_transaction() {
        run("BEGIN");
        run("SAVEPOINT a");
        run("INSERT INTO t VALUES (7, 'lost')");
        reopen();
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        goesOn();
    }

    @Test
    void transactions_by_id_are_lost_as_well() {
        Transaction one = session.begin(TransactionMode.DEFAULT);
        Transaction two = session.begin(TransactionMode.DEFAULT);
        session.update("INSERT INTO t VALUES (7, 'lost')", one, never);
        reopen();
        assertFails(() -> session.commit(one), ErrorCode.SERIALIZATION_FAILURE);
        assertFails(() -> session.update("SELECT 1", two, never), ErrorCode.SERIALIZATION_FAILURE);
        session.rollback(two);
        goesOn();
    }

    @Test
    void temporary_tables_are_gone_and_can_be_made_again() {
        run("CREATE TEMP TABLE x AS SELECT 1 AS a");
        run("BEGIN");
        run("INSERT INTO x VALUES (2)");
        reopen();
        fails("SELECT * FROM x", ErrorCode.SERIALIZATION_FAILURE);
        run("ROLLBACK");
        fails("SELECT * FROM x", ErrorCode.UNDEFINED_TABLE);
        goesOn();
        run("CREATE TEMP TABLE x AS SELECT 3 AS a");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(3));
    }

    @Test
    void unread_rows_of_a_lost_transaction_end_with_an_error_and_hold_nothing() {
        run("BEGIN");
        Execution execution = session.execute("SELECT range, repeat('x', 100) FROM range(1000000)", never);
        EngineFailures.invalidate(engine);
        assertFails(() -> rows(execution), ErrorCode.ENGINE_INVALIDATED);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> engine.available());
        run("ROLLBACK");
        goesOn();
    }

    @Test
    void a_lost_transaction_that_nobody_ends_goes_with_its_session() {
        run("BEGIN");
        run("INSERT INTO t VALUES (7, 'lost')");
        reopen();
        session.close();
        assertThat(sessions.transactions().size()).isZero();
        assertThat(rows(other().execute("SELECT id FROM t", never))).containsExactly(List.of(1));
    }
}
