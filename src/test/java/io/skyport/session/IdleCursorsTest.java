package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class IdleCursorsTest extends CursorTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of(
                "skyport.session.transaction-timeout",
                Duration.ofMillis(500),
                "skyport.session.idle-timeout",
                Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void an_open_cursor_does_not_keep_a_transaction_from_being_idle(CursorType type) {
        fill(300_000);
        Transaction transaction = session.begin();
        Cursor cursor = session.openCursor(ALL, null, CursorOptions.of(type), List.of(), transaction, never);
        fetch(cursor, Fetch.next(1));
        while (transaction.open()) {
            Thread.onSpinWait();
        }
        while (!session.cursors().isEmpty()) {
            Thread.onSpinWait();
        }
        assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
    }

    @Test
    void cursors_expire_with_their_session() {
        fill(300_000);
        open(CursorType.FORWARD_ONLY, ALL);
        open(CursorType.STATIC, ALL);
        while (!session.cursors().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(sessions.size()).isZero();
    }
}
