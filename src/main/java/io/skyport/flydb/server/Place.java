package io.skyport.flydb.server;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Database;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Schema;

/**
 * Where a metadata message looks. A catalog that is a database, and a schema that is one in it, are meant; all others, as the
 * guide's "public" or no name at all, stand for the client's own database with all its schemas, and are given back as they came.
 *
 * @param database to look in
 * @param schema to look in; empty for all
 * @param givenCatalog to give back as the catalog; empty for the real one
 * @param givenSchema to give back as the schema; empty for the real one
 */
record Place(CatalogSnapshot snapshot, String database, String schema, String givenCatalog, String givenSchema) {

    static Place of(CatalogSnapshot snapshot, String current, String catalog, String schema) {
        Database named = catalog.isEmpty() ? null : snapshot.database(catalog).orElse(null);
        String database = named == null ? current : named.name();
        Schema inside =
                schema.isEmpty() ? null : snapshot.schema(database, schema).orElse(null);
        return new Place(
                snapshot,
                database,
                inside == null ? "" : inside.name(),
                named == null ? catalog : "",
                inside == null ? schema : "");
    }

    boolean holds(ObjectName name) {
        return name.database().equals(database)
                && (schema.isEmpty() || name.schema().equals(schema));
    }

    String catalog(ObjectName name) {
        return givenCatalog.isEmpty() ? name.database() : givenCatalog;
    }

    String schema(ObjectName name) {
        return givenSchema.isEmpty() ? name.schema() : givenSchema;
    }
}
