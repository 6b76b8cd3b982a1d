package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of all rows that RETURNING and fetches from cursors keep for clients, and bounds them. Thread-safe. */
final class ReturnedBytes {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    ReturnedBytes(long limit) {
        this.limit = limit;
    }

    /** @throws SkyportException 53400 if it would be too many */
    void take(long bytes) {
        if (taken.addAndGet(bytes) > limit) {
            taken.addAndGet(-bytes);
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "Rows of RETURNING and of cursors that wait for their clients take more than " + limit
                            + " bytes (skyport.session.max-returned-bytes)");
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
