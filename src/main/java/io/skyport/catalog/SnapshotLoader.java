package io.skyport.catalog;

import io.skyport.catalog.Table.ExternalLocation;
import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads one snapshot: one query for each of the engine's metadata functions, whatever the number of tables.
 *
 * <p>The queries see the catalog one after the other. What DDL changes between them is missing or left out here, and the
 * version that such DDL moves makes the next snapshot load anew.
 */
final class SnapshotLoader {

    /** The engine's own database in memory, and databases that are nobody's business, are not told. */
    private static final String DATABASES = """
            SELECT database_name, comment FROM duckdb_databases()
            WHERE NOT internal AND database_name <> 'memory' AND NOT starts_with(database_name, '_')""";

    private static final String TEMPORARY_DATABASE = "SELECT 'temp', NULL::VARCHAR";

    private static final String SCHEMAS = """
            SELECT database_name, schema_name, comment FROM duckdb_schemas()
            WHERE schema_name NOT IN ('information_schema', 'pg_catalog')""";

    private static final String TABLES = """
            SELECT database_name, schema_name, table_name, comment,
                CASE WHEN contains(sql, 'GENERATED ALWAYS AS') THEN sql END
            FROM duckdb_tables() WHERE NOT internal AND database_name <> 'temp'""";

    private static final String VIEWS = """
            SELECT database_name, schema_name, view_name, comment,
                CASE WHEN contains(sql, '"%s"') THEN sql END
            FROM duckdb_views() WHERE NOT internal AND database_name <> 'temp'""".formatted(ExternalMarker.NAME);

    /** A view that the engine cannot bind has one row here, without a column name: it stays without columns. */
    private static final String COLUMNS = """
            SELECT database_name, schema_name, table_name, column_name, data_type, is_nullable, column_default, comment
            FROM duckdb_columns() WHERE NOT internal AND column_name IS NOT NULL
            ORDER BY database_name, schema_name, table_name, column_index""";

    private static final String CONSTRAINTS = """
            SELECT database_name, schema_name, table_name,
                constraint_type, constraint_column_names, referenced_table, referenced_column_names, expression
            FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY', 'CHECK')
            ORDER BY constraint_index""";

    /** The expressions come as the text of a list. */
    private static final String INDEXES = """
            SELECT database_name, schema_name, table_name, index_name, is_unique,
                coalesce(TRY_CAST(expressions AS VARCHAR[]), [expressions])
            FROM duckdb_indexes() ORDER BY index_name""";

    private static final String SEQUENCES = """
            SELECT database_name, schema_name, sequence_name, comment FROM duckdb_sequences() WHERE database_name <> 'temp'
            AND schema_name <> '_skyport'
            ORDER BY database_name, schema_name, sequence_name""";

    private static final String TYPES = """
            SELECT database_name, schema_name, type_name FROM duckdb_types() WHERE NOT internal AND database_name <> 'temp'""";

    private final Connections engine;
    private final boolean temporary;
    private final TreeMap<String, Database> databases = new TreeMap<>();
    private final Map<String, TreeMap<String, Schema>> schemas = new HashMap<>();
    /** By folded name: a foreign key's table is told as its statement wrote it. */
    private final Map<ObjectName, TableDraft> tables = new HashMap<>();

    private final List<Sequence> sequences = new ArrayList<>();
    /** By folded name. */
    private final Map<ObjectName, Identity> identities = new HashMap<>();

    private final Map<TableDraft, String> generatedColumns = new HashMap<>();
    private final Map<String, SqlType> types = new HashMap<>();
    private final List<String> withEnforcedKeys = new ArrayList<>();
    private final List<ObjectName> userTypes = new ArrayList<>();

    SnapshotLoader(Connections engine) {
        this(engine, false);
    }

    private SnapshotLoader(Connections engine, boolean temporary) {
        this.engine = engine;
        this.temporary = temporary;
    }

    /** What the connection of one session has besides the databases. */
    static CatalogSnapshot temporary(Connections session) {
        return new SnapshotLoader(session, true).load(0, new LazyRoutines(session));
    }

    /** The engine forgets that a sequence is temporary when it gets a comment; where it is stays true. */
    private String where(String query) {
        return temporary ? query.replace("database_name <> 'temp'", "database_name = 'temp'") : query;
    }

    /** @param routines asked when a statement needs to know the functions that users made */
    CatalogSnapshot load(long version, Supplier<Routines> routines) {
        MetadataRow.forEach(engine, temporary ? TEMPORARY_DATABASE : DATABASES, row -> {
            databases.put(row.text(0), new Database(row.text(0), List.of(), row.textOrNull(1)));
            schemas.put(row.text(0), new TreeMap<>());
        });
        MetadataRow.forEach(engine, SCHEMAS, this::schema);
        MetadataRow.forEach(engine, where(SEQUENCES), this::sequence);
        MetadataRow.forEach(engine, where(TABLES), this::table);
        MetadataRow.forEach(engine, where(VIEWS), this::view);
        forEachPartOfATable(COLUMNS, this::column);
        generatedColumns.forEach(TableDraft::markGenerated);
        constraints();
        forEachPartOfATable(INDEXES, (table, row) -> table.index(row.text(3), row.texts(5), row.flag(4)));
        MetadataRow.forEach(engine, where(TYPES), row -> userTypes.add(name(row)));
        return new LoadedSnapshot(version, assemble(), sequences, userTypes, routines);
    }

    private void schema(MetadataRow row) {
        @Nullable TreeMap<String, Schema> ofDatabase = schemas.get(row.text(0));
        if (ofDatabase != null && !row.text(1).equals(EnforcedKeys.SCHEMA)) {
            ofDatabase.put(row.text(1), new Schema(row.text(0), row.text(1), List.of(), row.textOrNull(2)));
        }
    }

    private void sequence(MetadataRow row) {
        ObjectName name = name(row);
        if (schemas.containsKey(name.database())) {
            @Nullable
            Identity identity =
                    row.isNull(3) ? null : Identity.read(name, row.text(3)).orElse(null);
            sequences.add(new Sequence(
                    name, identity, identity == null ? row.textOrNull(3) : Identity.behindMark(row.text(3))));
            if (identity != null) {
                identities.put(folded(name), identity);
            }
        }
    }

    private void table(MetadataRow row) {
        if (row.text(1).equals(EnforcedKeys.SCHEMA)) {
            if (row.text(2).equals(EnforcedKeys.KEYS) && schemas.containsKey(row.text(0))) {
                withEnforcedKeys.add(row.text(0));
            }
            return;
        }
        TableDraft draft = MaterializedMarker.read(row.textOrNull(3))
                .map(view -> new TableDraft(name(row), view))
                .orElseGet(() -> new TableDraft(
                        name(row), temporary ? TableKind.LOCAL_TEMPORARY : TableKind.TABLE, row.textOrNull(3), null));
        add(draft);
        if (!row.isNull(4)) {
            generatedColumns.put(draft, row.text(4));
        }
    }

    private void view(MetadataRow row) {
        @Nullable
        ExternalLocation external =
                row.isNull(4) ? null : ExternalMarker.withCopy(row.text(4)).orElse(null);
        TableKind kind = external == null ? TableKind.VIEW : TableKind.TABLE;
        add(new TableDraft(name(row), kind, row.textOrNull(3), external));
    }

    private void add(TableDraft draft) {
        @Nullable TreeMap<String, Schema> ofDatabase = schemas.get(draft.name().database());
        if (ofDatabase != null && ofDatabase.containsKey(draft.name().schema())) {
            tables.put(folded(draft.name()), draft);
        }
    }

    private void column(TableDraft table, MetadataRow row) {
        @Nullable String defaultExpression = row.textOrNull(6);
        table.add(new Column(
                row.text(3),
                types.computeIfAbsent(row.text(4), SnapshotLoader::type),
                row.flag(5),
                table.nextOrdinal(),
                defaultExpression,
                defaultExpression != null && NextValue.is(defaultExpression),
                false,
                row.textOrNull(7),
                defaultExpression == null ? null : identity(defaultExpression)));
    }

    private @Nullable Identity identity(String defaultExpression) {
        return NextValue.sequence(defaultExpression)
                .map(sequence -> identities.get(folded(sequence)))
                .orElse(null);
    }

    /** Foreign keys come last: they name keys of other tables. */
    private void constraints() {
        List<Runnable> foreignKeys = new ArrayList<>();
        forEachPartOfATable(CONSTRAINTS, (table, row) -> {
            List<String> columns = row.texts(4);
            switch (row.text(3)) {
                case "PRIMARY KEY" -> table.primaryKey(columns);
                case "UNIQUE" -> table.uniqueKey(columns);
                case "CHECK" -> table.check(columns, row.text(7));
                default -> foreignKeys.add(foreignKey(table, columns, row.text(5), row.texts(6)));
            }
        });
        foreignKeys.forEach(Runnable::run);
        withEnforcedKeys.forEach(database -> EnforcedKeys.forEach(engine, database, this::enforced));
    }

    private void enforced(EnforcedKeys.Row key) {
        @Nullable TableDraft table = tables.get(folded(key.table()));
        @Nullable TableDraft parent = tables.get(folded(key.referencedTable()));
        if (table != null && parent != null) {
            table.foreignKey(key, parent);
        }
    }

    /** The engine's foreign keys never leave the schema. */
    private Runnable foreignKey(
            TableDraft table, List<String> columns, String referencedTable, List<String> referencedColumns) {
        ObjectName referenced =
                new ObjectName(table.name().database(), table.name().schema(), referencedTable);
        return () -> {
            @Nullable TableDraft parent = tables.get(folded(referenced));
            if (parent != null) {
                table.foreignKey(columns, parent, referencedColumns);
            }
        };
    }

    private void forEachPartOfATable(String query, BiConsumer<TableDraft, MetadataRow> part) {
        MetadataRow.forEach(engine, query, row -> {
            @Nullable TableDraft table = tables.get(folded(name(row)));
            if (table != null) {
                part.accept(table, row);
            }
        });
    }

    private List<Database> assemble() {
        Map<ObjectName, List<Table>> bySchema = tables.values().stream()
                .map(TableDraft::table)
                .sorted(Comparator.comparing(table -> table.name().name()))
                .collect(Collectors.groupingBy(
                        table -> schemaKey(table.name().database(), table.name().schema())));
        return databases.values().stream()
                .map(database -> new Database(
                        database.name(),
                        schemas.getOrDefault(database.name(), new TreeMap<>()).values().stream()
                                .map(schema -> new Schema(
                                        schema.database(),
                                        schema.name(),
                                        bySchema.getOrDefault(schemaKey(schema.database(), schema.name()), List.of()),
                                        schema.comment()))
                                .toList(),
                        database.comment()))
                .toList();
    }

    /** A type that cannot be read must not hide its table. */
    private static SqlType type(String name) {
        try {
            return SqlType.parse(name);
        } catch (IllegalArgumentException | SkyportException e) {
            return SqlTypes.opaque(name);
        }
    }

    private static ObjectName name(MetadataRow row) {
        return new ObjectName(row.text(0), row.text(1), row.text(2));
    }

    private static ObjectName folded(ObjectName name) {
        return name.folded();
    }

    private static ObjectName schemaKey(String database, String schema) {
        return new ObjectName(database, schema, "");
    }
}
