package io.skyport.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.springframework.util.unit.DataSize;

/** How much memory DuckDB may use before it spills. */
final class MemoryLimit {

    private static final double SHARE = 0.6;
    /** Below this DuckDB cannot do useful work, so a heap that takes nearly all memory does not starve it. */
    private static final long LEAST = DataSize.ofMegabytes(128).toBytes();

    private MemoryLimit() {}

    /** The configured limit, or by default 60% of what the container or the machine has beyond the heap; in bytes. */
    static long of(DataSize configured) {
        if (configured.toBytes() > 0) {
            return configured.toBytes();
        }
        // The JVM's view of total memory is that of its control group, version 1 or 2, where there is one.
        long total = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return of(total, Runtime.getRuntime().maxMemory());
    }

    static long of(long total, long heap) {
        return Math.max(LEAST, (long) ((total - heap) * SHARE));
    }
}
