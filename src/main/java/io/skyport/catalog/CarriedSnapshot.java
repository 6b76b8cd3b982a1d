package io.skyport.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot after DDL of which the tables and views that it wrote are known. Other tables are as they were; those
 * written, views, which may read them, and all lists are loaded when one is first asked for. Thread-safe.
 */
final class CarriedSnapshot implements CatalogSnapshot {

    private final long version;
    private final CatalogSnapshot older;
    private final Set<ObjectName> written;
    private final Supplier<CatalogSnapshot> load;
    private volatile @Nullable CatalogSnapshot loaded;

    /** @param written since {@code older}, by folded name */
    CarriedSnapshot(long version, CatalogSnapshot older, Set<ObjectName> written, Supplier<CatalogSnapshot> load) {
        this.version = version;
        this.older = older;
        this.written = written;
        this.load = load;
    }

    private CatalogSnapshot loaded() {
        @Nullable CatalogSnapshot known = loaded;
        if (known == null) {
            known = load.get();
            loaded = known;
        }
        return known;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Optional<Table> table(String database, String schema, String table) {
        if (written.contains(new ObjectName(database, schema, table).folded())) {
            return loaded().table(database, schema, table);
        }
        Optional<Table> known = older.table(database, schema, table);
        return known.isEmpty() || known.get().kind() == TableKind.TABLE
                ? known
                : loaded().table(database, schema, table);
    }

    @Override
    public List<Database> databases() {
        return loaded().databases();
    }

    @Override
    public Optional<Database> database(String name) {
        return older.database(name);
    }

    @Override
    public Optional<Schema> schema(String database, String schema) {
        return older.schema(database, schema);
    }

    @Override
    public Optional<Sequence> sequence(String database, String schema, String sequence) {
        return loaded().sequence(database, schema, sequence);
    }

    @Override
    public List<Sequence> sequences() {
        return loaded().sequences();
    }

    @Override
    public List<Table> tables() {
        return loaded().tables();
    }

    @Override
    public List<ObjectName> types() {
        return older.types();
    }

    @Override
    public Optional<ObjectName> type(String database, String schema, String type) {
        return older.type(database, schema, type);
    }

    @Override
    public Optional<Table> indexed(String database, String schema, String index) {
        return loaded().indexed(database, schema, index);
    }

    /** DDL that changes keys writes the referenced tables, too. */
    @Override
    public List<ReferencingKey> enforcedOn(ObjectName referenced) {
        return (written.contains(referenced.folded()) ? loaded() : older).enforcedOn(referenced);
    }

    @Override
    public Routines routines() {
        return older.routines();
    }
}
