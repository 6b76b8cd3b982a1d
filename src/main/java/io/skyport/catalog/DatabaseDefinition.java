package io.skyport.catalog;

import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine keeps of one database besides rows: the snapshot, and the texts and numbers that are in none. Loaded
 * within a transaction, it is what that transaction sees; sequences alone stand where they stand now.
 *
 * @param tables CREATE TABLE of each table, as the engine prints it
 * @param views CREATE VIEW of each view and external table, likewise
 * @param sequences all but those of the server's own
 * @param types that users made
 * @param macros each overload of each
 * @param indexComments of those that have any
 */
public record DatabaseDefinition(
        Database database,
        CatalogSnapshot catalog,
        Map<ObjectName, String> tables,
        Map<ObjectName, String> views,
        List<SequenceState> sequences,
        List<UserType> types,
        List<Macro> macros,
        Map<ObjectName, String> indexComments) {

    private static final String OF_DATABASE =
            " WHERE database_name = $1 AND NOT internal AND schema_name <> '" + EnforcedKeys.SCHEMA + "'";

    private static final String TABLES =
            "SELECT database_name, schema_name, table_name, sql FROM duckdb_tables()" + OF_DATABASE;

    private static final String VIEWS =
            "SELECT database_name, schema_name, view_name, sql FROM duckdb_views()" + OF_DATABASE;

    private static final String SEQUENCES = """
            SELECT database_name, schema_name, sequence_name, CAST(start_value AS VARCHAR), CAST(min_value AS VARCHAR),
                CAST(max_value AS VARCHAR), CAST(increment_by AS VARCHAR), cycle, CAST(last_value AS VARCHAR)
            FROM duckdb_sequences() WHERE database_name = $1 AND schema_name <> '%s'
            ORDER BY ALL""".formatted(EnforcedKeys.SCHEMA);

    private static final String TYPES = """
            SELECT database_name, schema_name, type_name, logical_type = 'ENUM', labels, comment
            FROM duckdb_types()""" + OF_DATABASE + " ORDER BY type_oid";

    private static final String MACROS = """
            SELECT database_name, schema_name, function_name, function_type = 'table_macro', parameters,
                list_transform(coalesce(parameter_types, []), type -> coalesce(type, '')), macro_definition, comment
            FROM duckdb_functions()""" + OF_DATABASE
            + " AND function_type IN ('macro', 'table_macro') ORDER BY function_oid, schema_name, function_name";

    private static final String INDEX_COMMENTS = """
            SELECT database_name, schema_name, index_name, comment FROM duckdb_indexes()
            WHERE database_name = $1 AND comment IS NOT NULL""";

    /**
     * A sequence and where it stands.
     *
     * @param last the value that it gave last, or null if it gave none
     */
    public record SequenceState(
            ObjectName name,
            long start,
            long minimum,
            long maximum,
            long increment,
            boolean cycle,
            @Nullable Long last) {}

    /**
     * A type that a user made.
     *
     * @param labels of an enumeration, or null
     * @param meaning the type that it is another name of; empty for an enumeration
     */
    public record UserType(
            ObjectName name,
            @Nullable List<String> labels,
            String meaning,
            @Nullable String comment) {}

    /**
     * One overload of a macro.
     *
     * @param types of its parameters, each empty if it takes any
     * @param defaults of its parameters, as SQL, each empty if there is none
     */
    public record Macro(
            ObjectName name,
            boolean inFrom,
            List<String> parameters,
            List<String> types,
            List<String> defaults,
            String body,
            @Nullable String comment) {

        private Macro with(List<String> others) {
            return new Macro(name, inFrom, parameters, types, others, body, comment);
        }
    }

    public DatabaseDefinition {
        tables = Map.copyOf(tables);
        views = Map.copyOf(views);
        sequences = List.copyOf(sequences);
        types = List.copyOf(types);
        macros = List.copyOf(macros);
        indexComments = Map.copyOf(indexComments);
    }

    /** @param database its name as stored */
    public static DatabaseDefinition load(Connections connections, String database) {
        CatalogSnapshot catalog =
                new SnapshotLoader(connections).load(TemporaryObjects.nextVersion(), () -> Routines.NONE);
        Database found = catalog.databases().stream()
                .filter(each -> each.name().equals(database))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No database " + database));
        return new DatabaseDefinition(
                found,
                catalog,
                texts(connections, TABLES, database),
                texts(connections, VIEWS, database),
                sequences(connections, database),
                types(connections, database),
                macros(connections, database),
                texts(connections, INDEX_COMMENTS, database));
    }

    private static Map<ObjectName, String> texts(Connections connections, String query, String database) {
        Map<ObjectName, String> texts = new HashMap<>();
        MetadataRow.forEach(connections, query, List.of(database), row -> texts.put(name(row), row.text(3)));
        return texts;
    }

    private static List<SequenceState> sequences(Connections connections, String database) {
        List<SequenceState> sequences = new ArrayList<>();
        MetadataRow.forEach(
                connections,
                SEQUENCES,
                List.of(database),
                row -> sequences.add(new SequenceState(
                        name(row),
                        Long.parseLong(row.text(3)),
                        Long.parseLong(row.text(4)),
                        Long.parseLong(row.text(5)),
                        Long.parseLong(row.text(6)),
                        row.flag(7),
                        row.isNull(8) ? null : Long.valueOf(row.text(8)))));
        return sequences;
    }

    private static List<UserType> types(Connections connections, String database) {
        List<UserType> types = new ArrayList<>();
        MetadataRow.forEach(
                connections,
                TYPES,
                List.of(database),
                row -> types.add(new UserType(name(row), row.flag(3) ? row.texts(4) : null, "", row.textOrNull(5))));
        types.replaceAll(type -> type.labels() == null ? meant(connections, type) : type);
        return types;
    }

    /** The engine tells what a type is another name of only where it is used. */
    private static UserType meant(Connections connections, UserType type) {
        ObjectName name = type.name();
        String[] meaning = {""};
        MetadataRow.forEach(
                connections, "SELECT typeof(CAST(NULL AS " + quoted(name) + "))", row -> meaning[0] = row.text(0));
        return new UserType(name, null, meaning[0], type.comment());
    }

    private static List<Macro> macros(Connections connections, String database) {
        Map<ObjectName, List<Macro>> byName = new LinkedHashMap<>();
        MetadataRow.forEach(
                connections,
                MACROS,
                List.of(database),
                row -> byName.computeIfAbsent(name(row), name -> new ArrayList<>())
                        .add(new Macro(
                                name(row),
                                row.flag(3),
                                row.texts(4),
                                row.texts(5),
                                List.of(),
                                row.text(6),
                                row.textOrNull(7))));
        List<Macro> macros = new ArrayList<>();
        byName.values().forEach(overloads -> {
            List<List<String>> defaults = MacroDefaults.of(connections, overloads);
            for (int i = 0; i < overloads.size(); i++) {
                macros.add(overloads.get(i).with(defaults.get(i)));
            }
        });
        return macros;
    }

    private static ObjectName name(MetadataRow row) {
        return new ObjectName(row.text(0), row.text(1), row.text(2));
    }

    static String quoted(ObjectName name) {
        return quoted(name.database()) + "." + quoted(name.schema()) + "." + quoted(name.name());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
