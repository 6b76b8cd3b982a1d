package io.skyport.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A snapshot with its lookups: the engine lets no two names of one place differ by case alone. */
final class LoadedSnapshot implements CatalogSnapshot {

    private final long version;
    private final List<Database> databases;
    private final List<Table> tables;
    private final List<Sequence> sequences;
    private final Map<String, Database> databaseByName = new HashMap<>();
    private final Map<List<String>, Schema> schemaByName = new HashMap<>();
    private final Map<List<String>, Table> tableByName = new HashMap<>();
    private final Map<List<String>, Sequence> sequenceByName = new HashMap<>();

    private final Map<ObjectName, Table> tableByIndex = new HashMap<>();
    private final Map<ObjectName, ObjectName> types;
    private final Map<ObjectName, List<ReferencingKey>> enforced = new HashMap<>();
    private final Supplier<Routines> routines;

    LoadedSnapshot(
            long version,
            List<Database> databases,
            List<Sequence> sequences,
            List<ObjectName> types,
            Supplier<Routines> routines) {
        this.routines = routines;
        this.types = byFoldedName(types);
        this.version = version;
        this.sequences = List.copyOf(sequences);
        this.databases = List.copyOf(databases);
        this.tables = this.databases.stream()
                .flatMap(database -> database.schemas().stream())
                .flatMap(schema -> schema.tables().stream())
                .toList();
        for (Database database : this.databases) {
            databaseByName.put(NameCase.fold(database.name()), database);
            database.schemas().forEach(schema -> schemaByName.put(key(schema.database(), schema.name()), schema));
        }
        for (Table table : tables) {
            ObjectName name = table.name();
            tableByName.put(key(name.database(), name.schema(), name.name()), table);
            table.foreignKeys().stream()
                    .filter(key -> key.number() != null)
                    .forEach(key -> enforced.computeIfAbsent(
                                    key.referencedTable().folded(), parent -> new ArrayList<>())
                            .add(new ReferencingKey(name, key)));
            table.indexes()
                    .forEach(index -> tableByIndex.put(
                            new ObjectName(name.database(), name.schema(), index.name()).folded(), table));
        }
        for (Sequence sequence : this.sequences) {
            ObjectName name = sequence.name();
            sequenceByName.put(key(name.database(), name.schema(), name.name()), sequence);
        }
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public List<Database> databases() {
        return databases;
    }

    @Override
    public Optional<Database> database(String name) {
        return found(databaseByName.get(NameCase.fold(name)));
    }

    @Override
    public Optional<Schema> schema(String database, String schema) {
        return found(schemaByName.get(key(database, schema)));
    }

    @Override
    public Optional<Table> table(String database, String schema, String table) {
        return found(tableByName.get(key(database, schema, table)));
    }

    @Override
    public Optional<Sequence> sequence(String database, String schema, String sequence) {
        return found(sequenceByName.get(key(database, schema, sequence)));
    }

    @Override
    public List<Sequence> sequences() {
        return sequences;
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public List<ObjectName> types() {
        return List.copyOf(types.values());
    }

    @Override
    public Optional<ObjectName> type(String database, String schema, String type) {
        return found(types.get(new ObjectName(database, schema, type).folded()));
    }

    @Override
    public Optional<Table> indexed(String database, String schema, String index) {
        return found(tableByIndex.get(new ObjectName(database, schema, index).folded()));
    }

    @Override
    public List<ReferencingKey> enforcedOn(ObjectName referenced) {
        return enforced.isEmpty() ? List.of() : enforced.getOrDefault(referenced.folded(), List.of());
    }

    @Override
    public Routines routines() {
        return routines.get();
    }

    private static Map<ObjectName, ObjectName> byFoldedName(List<ObjectName> names) {
        Map<ObjectName, ObjectName> byName = new LinkedHashMap<>();
        names.forEach(name -> byName.put(name.folded(), name));
        return byName;
    }

    private static <T> Optional<T> found(@Nullable T object) {
        return Optional.ofNullable(object);
    }

    private static List<String> key(String database, String schema) {
        return List.of(NameCase.fold(database), NameCase.fold(schema));
    }

    private static List<String> key(String database, String schema, String table) {
        return List.of(NameCase.fold(database), NameCase.fold(schema), NameCase.fold(table));
    }
}
