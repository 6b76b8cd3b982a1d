package io.skyport.catalog;

import java.util.Set;

/**
 * The model of everything that has a name. Thread-safe.
 *
 * <p>The version moves only by {@link #changed()}, which whoever ran DDL calls: nothing polls the engine.
 */
public interface Catalog {

    /** The current model; loaded from the engine when the version moved since the last call. */
    CatalogSnapshot snapshot();

    /** Moves on with every {@link #changed()}: part of the plan cache's key. Costs nothing. */
    long version();

    /** Says that DDL ran: the next {@link #snapshot()} is loaded anew. */
    void changed();

    /**
     * Says that DDL ran which made, changed or dropped these tables and views only: other tables, and the functions that
     * users made, stay known.
     *
     * @param tables under their old and their new names
     */
    default void tablesChanged(Set<ObjectName> tables) {
        changed();
    }
}
