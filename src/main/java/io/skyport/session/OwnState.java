package io.skyport.session;

import io.skyport.catalog.OwnCatalog;
import io.skyport.catalog.TemporaryObjects;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.SessionChange;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one session's client set in it, and what temporary objects it sees there. Thread-safe. */
final class OwnState {

    private final boolean shared;
    private final OwnConnection own;
    private final Runnable keepsState;
    private final AtomicBoolean kept = new AtomicBoolean();
    private volatile SessionState state;

    /**
     * @param shared whether the session is not one client's alone
     * @param keepsState called once, when something is in the session that its client counts on
     */
    OwnState(boolean shared, SessionState initial, OwnConnection own, Runnable keepsState) {
        this.shared = shared;
        this.state = initial;
        this.own = own;
        this.keepsState = keepsState;
    }

    boolean shared() {
        return shared;
    }

    /** As it is for statements that begin now. */
    SessionState now() {
        return state;
    }

    SessionOptions options() {
        return state.options();
    }

    /** Something is in the session that its client counts on. */
    void keep() {
        if (!shared && kept.compareAndSet(false, true)) {
            keepsState.run();
        }
    }

    /** @throws SkyportException 25000 if the session is not one client's alone */
    void requireOwnSession(String what) {
        if (shared) {
            throw new SkyportException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    what
                            + " need a session of this connection alone: authenticate by Handshake and send the token it"
                            + " returns, or set a session option and keep the cookie that comes with it");
        }
    }

    /** USE. */
    void use(SessionChange.Use place) {
        requireOwnSession("Options");
        keep();
        synchronized (this) {
            state = state.with(place);
        }
    }

    /** @param commit ends the open transaction if there is one: nothing changes if it fails */
    synchronized void change(SessionChange change, Runnable commit) {
        keep();
        SessionState next = state.with(change);
        if (next.options().autoCommit() && !state.options().autoCommit()) {
            commit.run(); // as JDBC has it
        }
        state = state.with(change);
    }

    /** Sees what temporary objects there are now. */
    synchronized void refreshTemporary() {
        OwnCatalog objects =
                own.objects().<OwnCatalog>map(TemporaryObjects.class::cast).orElse(null);
        state = state.with(state.context().withOwn(objects));
    }

    /** Temporary objects may have gone with the engine. */
    void forgetLost() {
        if (own.forgetLost()) {
            refreshTemporary();
        }
    }
}
