package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.engine.EngineHold;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.concurrent.Semaphore;

/** The connections that sessions keep for temporary objects and for cursors: not more than a fixed number. Thread-safe. */
final class OwnConnections {

    private final Engine engine;
    private final int limit;
    private final Semaphore left;

    OwnConnections(Engine engine, int limit) {
        this.engine = engine;
        this.limit = limit;
        this.left = new Semaphore(limit);
    }

    /** @throws SkyportException 53400 if as many are kept as may be */
    void takeOne() {
        if (!left.tryAcquire()) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    limit + " sessions with temporary objects and forward-only cursors keep a connection already"
                            + " (skyport.session.max-own-connections)");
        }
    }

    void giveOneBack() {
        left.release();
    }

    /** A connection to keep. */
    EngineHold hold() {
        return engine.hold();
    }

    /** How many more sessions may have one. */
    int left() {
        return left.availablePermits();
    }
}
