package io.skyport.observability;

import io.skyport.sql.SqlCompiler;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/plancache}: what compiling costs, and how to forget what is compiled. */
@Endpoint(id = "plancache")
final class PlanCacheEndpoint {

    private final SqlCompiler compiler;

    PlanCacheEndpoint(SqlCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * How it does, since the start.
     *
     * @param size statements that are kept compiled
     * @param hitRatio 0 to 1; 0 before the first statement
     */
    record State(long size, long hits, long misses, double hitRatio) {}

    @ReadOperation
    State state() {
        long hits = compiler.cacheHits();
        long misses = compiler.cacheMisses();
        return new State(compiler.cacheSize(), hits, misses, hits == 0 ? 0 : (double) hits / (hits + misses));
    }

    /** Statements are compiled anew when they come again. Counts go on. */
    @DeleteOperation
    void clear() {
        compiler.clearCache();
    }
}
