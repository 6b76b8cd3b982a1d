package io.skyport.catalog;

import io.skyport.engine.Connections;

/**
 * What one session, or one open transaction, sees otherwise than all others. Equal only to itself, so that no plan made with
 * it serves anybody else. Thread-safe.
 */
public sealed interface OwnCatalog permits TemporaryObjects, TransactionCatalog {

    /** Where it can be seen, and statements that need it described. */
    Connections connections();

    /** The catalog as it is seen here. */
    CatalogSnapshot with(CatalogSnapshot shared);
}
