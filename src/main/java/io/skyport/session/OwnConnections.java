package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.engine.EngineHold;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.concurrent.Semaphore;

/** The connections that sessions keep for themselves: not more than a fixed number. Thread-safe. */
final class OwnConnections {

    private final Engine engine;
    private final int limit;
    private final Semaphore left;

    OwnConnections(Engine engine, int limit) {
        this.engine = engine;
        this.limit = limit;
        this.left = new Semaphore(limit);
    }

    /** @throws SkyportException 53400 if as many sessions have one as may */
    EngineHold take() {
        if (!left.tryAcquire()) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    limit + " sessions have temporary objects already (skyport.session.max-own-connections)");
        }
        boolean taken = false;
        try {
            EngineHold hold = engine.hold();
            taken = true;
            return hold;
        } finally {
            if (!taken) {
                left.release();
            }
        }
    }

    void giveBack(EngineHold hold) {
        hold.close();
        left.release();
    }

    /** How many more sessions may have one. */
    int left() {
        return left.availablePermits();
    }
}
