package io.skyport.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An immutable picture of all databases at one version. Lookups ignore the case of ASCII letters, as the engine does;
 * names are as stored.
 */
public interface CatalogSnapshot {

    long version();

    /** User databases, ordered by name. */
    List<Database> databases();

    Optional<Database> database(String name);

    Optional<Schema> schema(String database, String schema);

    Optional<Table> table(String database, String schema, String table);

    Optional<Sequence> sequence(String database, String schema, String sequence);

    /** All sequences of all databases, ordered by database, schema, name. */
    List<Sequence> sequences();

    /** All tables and views of all databases, ordered by database, schema, name. */
    List<Table> tables();
}
