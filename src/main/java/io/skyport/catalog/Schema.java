package io.skyport.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema of a database, with its tables and views ordered by name. */
public record Schema(
        String database,
        String name,
        List<Table> tables,
        @Nullable String comment) {

    public Schema {
        tables = List.copyOf(tables);
    }
}
