package io.skyport.session;

import io.skyport.catalog.TemporaryObjects;
import io.skyport.engine.Connections;
import io.skyport.engine.EngineHold;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine connection of one session: from its first temporary object on until it closes, and while a transaction is open
 * on it. All that has to do with either runs there, one statement at a time. Thread-safe.
 */
final class OwnConnection {

    private final Connections any;
    private final OwnConnections all;
    private @Nullable EngineHold hold;
    private boolean temporary;
    private boolean inTransaction;
    private boolean closed;

    OwnConnection(Connections any, OwnConnections all) {
        this.any = any;
        this.all = all;
    }

    /** Where statements run that neither are in a transaction nor have to do with temporary objects. */
    Connections any() {
        return any;
    }

    /** Where the session's statements run that are in no transaction. */
    synchronized Connections connections() {
        return hold == null ? any : hold;
    }

    /** Takes a connection for temporary objects, unless the session has one. */
    synchronized void keep() {
        if (temporary || closed) {
            return;
        }
        all.takeOne();
        boolean taken = false;
        try {
            if (hold == null) {
                hold = all.hold();
            }
            temporary = true;
            taken = true;
        } finally {
            if (!taken) {
                all.giveOneBack();
            }
        }
    }

    /** Opens a transaction on it. There is none yet. */
    synchronized EngineHold begin() {
        EngineHold own = hold == null ? all.hold() : hold;
        boolean begun = false;
        try {
            own.begin();
            hold = own;
            inTransaction = true;
            begun = true;
            return own;
        } finally {
            if (!begun && hold == null) {
                own.close();
            }
        }
    }

    /** The transaction on it is over. */
    synchronized void end() {
        inTransaction = false;
        if (hold != null && !temporary) {
            hold.close();
            hold = null;
        }
    }

    synchronized boolean inTransaction() {
        return inTransaction;
    }

    /** Whether it has, or had, temporary objects. */
    synchronized boolean temporary() {
        return temporary;
    }

    /** What the session has there now; empty if it has no temporary objects. */
    Optional<TemporaryObjects> objects() {
        EngineHold own;
        synchronized (this) {
            own = temporary && hold != null && !hold.lost() ? hold : null;
        }
        return Optional.ofNullable(own).map(TemporaryObjects::load);
    }

    /** Whether everything temporary went when the engine was reopened; the session goes on without. */
    synchronized boolean forgetLost() {
        if (inTransaction || hold == null || !hold.lost()) {
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
            hold.close();
            hold = null;
        }
        if (temporary) {
            temporary = false;
            all.giveOneBack();
        }
    }
}
