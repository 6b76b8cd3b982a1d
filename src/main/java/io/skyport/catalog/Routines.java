package io.skyport.catalog;

import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that users made. Immutable. */
public final class Routines {

    /** Of no use where nobody made any. */
    public static final Routines NONE = new Routines(List.of());

    /** Takes the engine some 40 ms: it lists every function it has. */
    private static final String OF_ANY = """
            SELECT database_name, schema_name, function_name, function_type = 'table_macro',
                coalesce(parameters, []), coalesce(macro_definition, '')
            FROM duckdb_functions() WHERE NOT internal AND function_type IN ('macro', 'table_macro') AND\s""";

    private static final String LASTING = OF_ANY + "database_name NOT IN ('temp', 'system')";
    private static final String TEMPORARY = OF_ANY + "database_name = 'temp'";

    private final Map<ObjectName, List<Routine>> byName = new HashMap<>();
    private final Map<String, List<Routine>> byLastName = new HashMap<>();

    private Routines(List<Routine> all) {
        for (Routine routine : all) {
            byName.computeIfAbsent(routine.name().folded(), name -> new ArrayList<>())
                    .add(routine);
            byLastName
                    .computeIfAbsent(NameCase.fold(routine.name().name()), name -> new ArrayList<>())
                    .add(routine);
        }
    }

    static Routines load(Connections connections) {
        return load(connections, LASTING);
    }

    /** Those that only the connection of one session has. */
    static Routines temporary(Connections session) {
        return load(session, TEMPORARY);
    }

    private static Routines load(Connections connections, String list) {
        List<Routine> all = new ArrayList<>();
        MetadataRow.forEach(
                connections,
                list,
                row -> all.add(new Routine(
                        new ObjectName(row.text(0), row.text(1), row.text(2)),
                        row.flag(3),
                        row.texts(4),
                        row.text(5))));
        return new Routines(all);
    }

    /** The overloads of one function, empty if there is none. */
    public List<Routine> named(String database, String schema, String name) {
        return byName.getOrDefault(new ObjectName(database, schema, name).folded(), List.of());
    }

    /** The overloads of every function that is called so in any schema. */
    public List<Routine> named(String name) {
        return byLastName.getOrDefault(NameCase.fold(name), List.of());
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Their names, without schemas. */
    public Set<String> names() {
        return byLastName.keySet();
    }
}
