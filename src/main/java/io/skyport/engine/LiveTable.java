package io.skyport.engine;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are made when a statement reads it.
 *
 * @param name letters and underscores
 * @param columns of the types VARCHAR, BIGINT, DOUBLE and TIMESTAMP WITH TIME ZONE
 * @param rows all rows there are now, with a String, Long, Double, {@link java.time.Instant} or null for each column; called on
 *     the engine's threads, returns fast and throws nothing
 */
public record LiveTable(String name, List<EngineColumn> columns, Supplier<List<List<@Nullable Object>>> rows) {

    /** How names of functions begin that only the server's own SQL may call. */
    public static final String FUNCTION_PREFIX = "_skyport_";

    public LiveTable {
        columns = List.copyOf(columns);
    }

    /** The table function that reads it; it takes no arguments. */
    public String function() {
        return FUNCTION_PREFIX + name;
    }
}
