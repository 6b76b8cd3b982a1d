package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IdleTransactionsTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.transaction-timeout", "1500ms");
    }

    @Test
    void a_transaction_that_nobody_uses_is_rolled_back() {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        Transaction byId = other().begin(TransactionMode.DEFAULT);
        awaitNone();
        fails("SELECT 1", ErrorCode.IDLE_TRANSACTION_TIMEOUT);
        fails("COMMIT", ErrorCode.IDLE_TRANSACTION_TIMEOUT);
        run("ROLLBACK");
        assertThat(rows("SELECT * FROM t")).isEmpty();
        assertFails(() -> other().transaction(byId.id()), ErrorCode.UNKNOWN_HANDLE);
    }

    @Test
    void a_statement_that_takes_longer_keeps_its_transaction() {
        run("BEGIN");
        run("INSERT INTO t SELECT sum(p.range * q.range) % 1000, 'x' FROM range(60000) AS p, range(60000) AS q");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
        run("COMMIT");
    }

    @Test
    void rows_that_are_read_keep_their_transaction() {
        run("BEGIN");
        try (ResultStream stream =
                session.execute("SELECT range FROM range(100000)", never).open()) {
            stream.next();
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> sessions.transactions().size() == 1);
            stream.next();
        }
        run("COMMIT");
    }

    @Test
    void a_transaction_whose_rows_were_read_for_long_is_idle_afterwards() {
        run("BEGIN");
        try (ResultStream stream =
                session.execute("SELECT range FROM range(100000)", never).open()) {
            stream.next();
            Transaction other = other().begin(TransactionMode.DEFAULT);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !other.open());
        }
        awaitNone();
    }

    private void awaitNone() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> sessions.transactions().size() == 0);
    }
}
