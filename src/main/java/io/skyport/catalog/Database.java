package io.skyport.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database (SQL: catalog): one file. Schemas are ordered by name. */
public record Database(
        String name, List<Schema> schemas, @Nullable String comment) {

    public Database {
        schemas = List.copyOf(schemas);
    }
}
