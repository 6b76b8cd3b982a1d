package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.concurrent.atomic.AtomicLong;

/** The disk space that batches put aside may take, all together. Thread-safe. */
final class SpoolLimit {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in bytes */
    SpoolLimit(long limit) {
        this.limit = limit;
    }

    /** @throws SkyportException 53100 if that is too much */
    void take(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            throw new SkyportException(
                    ErrorCode.DISK_FULL,
                    "rows put aside take more than " + limit + " bytes on disk (skyport.engine.max-spooled-size)");
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
