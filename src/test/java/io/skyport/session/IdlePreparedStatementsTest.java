package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdlePreparedStatementsTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.prepared-timeout", "1500ms");
    }

    @Test
    void a_prepared_statement_that_nobody_names_is_closed() {
        PreparedStatement statement = session.prepare("SELECT 1");
        String handle = statement.handle();
        awaitNone();
        assertFails(() -> session.execute(statement, never), ErrorCode.INVALID_STATEMENT_NAME);
        assertFails(() -> session.preparedStatement(handle), ErrorCode.INVALID_STATEMENT_NAME);
        session.closePreparedStatement(handle);
    }

    @Test
    void what_it_runs_goes_on_when_it_is_closed_meanwhile() {
        PreparedStatement statement = session.prepare("SELECT range FROM range(1000000)");
        Execution promised = session.execute(statement, never);
        try (ResultStream stream = session.execute(statement, never).open()) {
            assertThat(stream.next()).isTrue();
            awaitNone();
            assertThat(stream.next()).isTrue();
        }
        assertThat(rows(promised)).hasSize(1_000_000);
    }

    @Test
    void what_prepare_named_stays() {
        run("PREPARE named AS SELECT 1");
        String handle = session.prepare("SELECT 2").handle();
        awaitNone();
        assertFails(() -> session.preparedStatement(handle), ErrorCode.INVALID_STATEMENT_NAME);
        assertThat(rows("EXECUTE named")).containsExactly(List.of(1));
    }

    private void awaitNone() {
        await().atMost(Duration.ofSeconds(30)).until(() -> session.preparedStatementCount() == 0);
    }
}
