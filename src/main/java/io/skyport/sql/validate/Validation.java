package io.skyport.sql.validate;

import io.skyport.catalog.SqlType;
import io.skyport.error.SkyportException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Calcite's validator found out about a statement.
 *
 * @param parameters types by context, by index from 0, as far as they are known
 * @param complaint what it thinks is wrong, or null. It stands only if the engine refuses the statement too: the engine
 *     knows its functions and types better
 */
public record Validation(
        Map<Integer, SqlType> parameters, @Nullable SkyportException complaint) {

    /** Nothing is known. */
    public static final Validation UNKNOWN = new Validation(Map.of(), null);
}
