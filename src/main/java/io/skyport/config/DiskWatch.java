package io.skyport.config;

import io.skyport.config.Readiness.Obstacle;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees that next to no disk space is left, and that there is some again. Used by one thread. */
final class DiskWatch implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);

    private final Readiness readiness;
    private final LongSupplier free;
    private final long least;
    private boolean low;

    /**
     * @param free bytes that are free
     * @param least bytes that should be
     */
    DiskWatch(Readiness readiness, LongSupplier free, long least) {
        this.readiness = readiness;
        this.free = free;
        this.least = least;
    }

    /** Looks once. */
    @Override
    public void run() {
        long bytes = free.getAsLong();
        boolean lowNow = bytes < least;
        if (lowNow && !low) {
            log.warn(
                    "Not ready: the data directory's disk has {} bytes free, less than {} (skyport.readiness.min-free-disk)",
                    bytes,
                    least);
            readiness.add(Obstacle.DISK);
        } else if (low && !lowNow) {
            log.info("The data directory's disk has {} bytes free again", bytes);
            readiness.remove(Obstacle.DISK);
        }
        low = lowNow;
    }
}
