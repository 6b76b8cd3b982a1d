package io.skyport.sql.statement;

import io.skyport.catalog.Database;
import io.skyport.catalog.Schema;
import io.skyport.catalog.Table;
import io.skyport.catalog.Table.ExternalLocation;
import io.skyport.sql.Preparation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that the server made for tables over Arrow files: they go with their tables. */
final class Copies {

    private Copies() {}

    static List<String> of(Stream<Table> tables) {
        return tables.map(Table::external)
                .filter(Objects::nonNull)
                .map(ExternalLocation::copy)
                .filter(Objects::nonNull)
                .toList();
    }

    static List<String> of(Schema schema) {
        return of(schema.tables().stream());
    }

    static List<String> of(Database database) {
        return of(database.schemas().stream().flatMap(schema -> schema.tables().stream()));
    }

    /** Deletes them when the statement is done. */
    static @Nullable Preparation deleted(List<String> copies) {
        return copies.isEmpty() ? null : new Preparation.DeleteCopies(copies);
    }
}
