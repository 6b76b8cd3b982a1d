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

    /** To tell whether there is one, and its name: what is in it stands in {@link #databases()}. */
    Optional<Database> database(String name);

    /** To tell whether there is one, and its name: what is in it stands in {@link #databases()}. */
    Optional<Schema> schema(String database, String schema);

    Optional<Table> table(String database, String schema, String table);

    Optional<Sequence> sequence(String database, String schema, String sequence);

    /** All sequences of all databases, ordered by database, schema, name. */
    List<Sequence> sequences();

    /** All tables and views of all databases, ordered by database, schema, name. */
    List<Table> tables();

    /** The full names of all types that users made. */
    default List<ObjectName> types() {
        return List.of();
    }

    default Optional<ObjectName> type(String database, String schema, String type) {
        return Optional.empty();
    }

    /** The index of this name, with the table it belongs to. */
    default Optional<Table> indexed(String database, String schema, String index) {
        return Optional.empty();
    }

    /** The foreign keys that reference a table and that the engine does not enforce. */
    default List<ReferencingKey> enforcedOn(ObjectName referenced) {
        return List.of();
    }

    /** The functions that only the session has that asks; loaded when first asked for. */
    default Routines temporaryRoutines() {
        return Routines.NONE;
    }

    /** The functions that users made for all; loaded when first asked for. */
    default Routines routines() {
        return Routines.NONE;
    }
}
