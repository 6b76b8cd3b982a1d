package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What all sessions may have together, and one of them. */
class QuotaTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of(
                "skyport.session.max-all-prepared-statements", 3,
                "skyport.session.max-all-cursors", 2,
                "skyport.session.max-transactions-per-session", 2);
    }

    @Test
    void all_sessions_together_have_so_many_prepared_statements() {
        PreparedStatement first = session.prepare("SELECT 1");
        other().prepare("SELECT 2");
        session.prepare("SELECT 3");
        refused(() -> other().prepare("SELECT 4"), "max-all-prepared-statements");
        session.closePreparedStatement(first.handle());
        session.closePreparedStatement(first.handle());
        other().prepare("SELECT 4");
        refused(() -> session.prepare("SELECT 5"), "max-all-prepared-statements");
        sessions.close(other());
        session.prepare("SELECT 5");
        session.prepare("SELECT 6");
        refused(() -> session.prepare("SELECT 7"), "skyport.session.max-");
    }

    @Test
    void all_sessions_together_have_so_many_cursors() {
        Cursor first = open(session);
        open(other());
        refused(() -> open(session), "max-all-cursors");
        session.closeCursor(first.id());
        open(session);
        refused(() -> open(other()), "max-all-cursors");
        sessions.close(other());
        open(session);
    }

    @Test
    void one_session_has_so_many_transactions() {
        Transaction first = session.begin();
        run("BEGIN");
        refused(() -> session.begin(), "max-transactions-per-session");
        Transaction others = other().begin();
        session.commit(first);
        Transaction second = session.begin();
        session.rollback(second);
        run("COMMIT");
        other().rollback(others);
    }

    private Cursor open(Session any) {
        return any.openCursor("SELECT 1", null, CursorOptions.of(CursorType.DYNAMIC), List.of(), null, never);
    }

    private static void refused(ThrowingCallable call, String property) {
        assertFails(call, ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertThatThrownBy(call).hasMessageContaining(property);
    }
}
