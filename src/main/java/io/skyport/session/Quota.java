package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.concurrent.atomic.AtomicInteger;

/** How many of a kind all sessions may have together. Thread-safe. */
final class Quota {

    private final int limit;
    private final String kind;
    private final String property;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param kind in the plural */
    Quota(int limit, String kind, String property) {
        this.limit = limit;
        this.kind = kind;
        this.property = property;
    }

    /** @throws SkyportException 53400 if there are as many as may be */
    void take() {
        if (taken.incrementAndGet() > limit) {
            taken.decrementAndGet();
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "All sessions have " + limit + " " + kind + " already (" + property + ")");
        }
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
