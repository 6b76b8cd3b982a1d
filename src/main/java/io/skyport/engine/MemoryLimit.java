package io.skyport.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory DuckDB may use before it spills. */
final class MemoryLimit {

    private static final double SHARE = 0.6;
    /** Below this DuckDB cannot do useful work, so a heap that takes nearly all memory does not starve it. */
    private static final long LEAST = 128L << 20;

    private MemoryLimit() {}

    /** The configured limit, or for 0 60% of what the container or the machine has beyond the heap; in bytes. */
    static long of(long configured) {
        if (configured > 0) {
            return configured;
        }
        // The JVM's view of total memory is that of its control group, version 1 or 2, where there is one.
        long total = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return of(total, Runtime.getRuntime().maxMemory());
    }

    static long of(long total, long heap) {
        return Math.max(LEAST, (long) ((total - heap) * SHARE));
    }
}
