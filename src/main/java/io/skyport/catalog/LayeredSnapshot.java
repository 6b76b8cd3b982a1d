package io.skyport.catalog;

import io.skyport.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A snapshot of the databases that all see, and of the one that only one session sees. */
final class LayeredSnapshot implements CatalogSnapshot {

    private final long version;
    private final CatalogSnapshot shared;
    private final CatalogSnapshot own;

    LayeredSnapshot(long version, CatalogSnapshot shared, CatalogSnapshot own) {
        this.version = version;
        this.shared = shared;
        this.own = own;
    }

    private CatalogSnapshot of(String database) {
        return NameCase.same(database, Engine.TEMPORARY_DATABASE) ? own : shared;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public List<Database> databases() {
        return both(shared.databases(), own.databases());
    }

    @Override
    public Optional<Database> database(String name) {
        return of(name).database(name);
    }

    @Override
    public Optional<Schema> schema(String database, String schema) {
        return of(database).schema(database, schema);
    }

    @Override
    public Optional<Table> table(String database, String schema, String table) {
        return of(database).table(database, schema, table);
    }

    @Override
    public Optional<Sequence> sequence(String database, String schema, String sequence) {
        return of(database).sequence(database, schema, sequence);
    }

    @Override
    public List<Sequence> sequences() {
        return both(shared.sequences(), own.sequences());
    }

    @Override
    public List<Table> tables() {
        return both(shared.tables(), own.tables());
    }

    @Override
    public List<ObjectName> types() {
        return both(shared.types(), own.types());
    }

    @Override
    public Optional<ObjectName> type(String database, String schema, String type) {
        return of(database).type(database, schema, type);
    }

    @Override
    public Optional<Table> indexed(String database, String schema, String index) {
        return of(database).indexed(database, schema, index);
    }

    @Override
    public Routines temporaryRoutines() {
        return own.routines();
    }

    @Override
    public List<ReferencingKey> enforcedOn(ObjectName referenced) {
        return of(referenced.database()).enforcedOn(referenced);
    }

    @Override
    public Routines routines() {
        return shared.routines();
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
