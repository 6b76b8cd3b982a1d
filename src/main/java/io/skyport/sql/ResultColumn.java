package io.skyport.sql;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SqlType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a statement's result. All result columns are nullable on the wire.
 *
 * @param name the label; may repeat
 * @param type the type the engine computes; {@link SqlType#wireType()} is what travels
 * @param origin the table that the column comes from unchanged, or null
 */
public record ResultColumn(
        String name, SqlType type, @Nullable ObjectName origin) {

    public Optional<ObjectName> table() {
        return Optional.ofNullable(origin);
    }
}
