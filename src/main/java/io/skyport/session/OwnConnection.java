package io.skyport.session;

import io.skyport.catalog.TemporaryObjects;
import io.skyport.engine.Connections;
import io.skyport.engine.EngineHold;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine connection of one session, from its first temporary object on until it closes: all its statements run on it
 * then, one at a time. Thread-safe.
 */
final class OwnConnection {

    private final Connections any;
    private final OwnConnections all;
    private @Nullable EngineHold hold;
    private boolean closed;

    OwnConnection(Connections any, OwnConnections all) {
        this.any = any;
        this.all = all;
    }

    /** Where the session's statements run now. */
    synchronized Connections connections() {
        return hold == null ? any : hold;
    }

    /** Takes a connection to keep, unless the session has one. */
    synchronized void keep() {
        if (hold == null && !closed) {
            hold = all.take();
        }
    }

    /** What the session has there now; empty if it has no connection of its own. */
    Optional<TemporaryObjects> objects() {
        EngineHold own;
        synchronized (this) {
            own = hold;
        }
        return Optional.ofNullable(own).map(TemporaryObjects::load);
    }

    /** Whether everything temporary went when the engine was reopened; the session goes on without. */
    synchronized boolean forgetLost() {
        if (hold == null || !hold.lost()) {
            return false;
        }
        giveUp();
        return true;
    }

    synchronized void close() {
        closed = true;
        giveUp();
    }

    private void giveUp() {
        if (hold != null) {
            all.giveBack(hold);
            hold = null;
        }
    }
}
