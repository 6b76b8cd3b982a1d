package io.skyport.sql.functions;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.Routine;
import io.skyport.engine.Engine;
import io.skyport.engine.LiveTable;
import io.skyport.engine.MetadataRow;
import io.skyport.sql.print.KnownFunctions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every function of the engine, read once, when the first statement is compiled, and the functions that users made, as the
 * catalog has them now. Thread-safe.
 */
public final class EngineFunctions implements KnownFunctions {

    private static final String LIST = "SELECT lower(function_name), function_type, parameter_types, "
            + "varargs, return_type, stability FROM duckdb_functions() WHERE internal AND function_type <> 'pragma' "
            + "AND NOT starts_with(function_name, '" + LiveTable.FUNCTION_PREFIX + "') ORDER BY ALL";

    /** The engine calls them stable, but they are asked for their effect or their chance. */
    private static final Set<String> ALSO_VOLATILE = Set.of("currval", "setseed");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Engine engine;
    private final Catalog catalog;
    private volatile @Nullable Map<String, List<EngineFunction>> byName;

    public EngineFunctions(Engine engine, Catalog catalog) {
        this.engine = engine;
        this.catalog = catalog;
    }

    /** The overloads of a function, empty if there is none; any case. */
    public List<EngineFunction> named(String name) {
        return all().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The functions of this name that users made, in any schema. */
    public List<EngineFunction> madeByUsers(String name) {
        return catalog.snapshot().routines().named(name).stream()
                .map(routine -> new EngineFunction(
                        name,
                        routine.inFrom() ? "table_macro" : "macro",
                        routine.parameters(),
                        null,
                        null,
                        callsVolatile(routine.definition())))
                .toList();
    }

    /** Whether one of the functions that a definition calls is volatile. */
    private boolean callsVolatile(String definition) {
        return NAME.matcher(definition).results().anyMatch(name -> isBuiltInVolatile(name.group()));
    }

    public Set<String> names() {
        return all().keySet();
    }

    @Override
    public boolean isBuiltIn(String functionName) {
        return !named(functionName).isEmpty();
    }

    @Override
    public boolean isVolatile(Routine routine) {
        return callsVolatile(routine.definition());
    }

    @Override
    public boolean isVolatile(String functionName) {
        return isBuiltInVolatile(functionName)
                || madeByUsers(functionName).stream().anyMatch(EngineFunction::isVolatile);
    }

    private boolean isBuiltInVolatile(String functionName) {
        String name = functionName.toLowerCase(Locale.ROOT);
        return ALSO_VOLATILE.contains(name) || named(name).stream().anyMatch(EngineFunction::isVolatile);
    }

    private Map<String, List<EngineFunction>> all() {
        Map<String, List<EngineFunction>> known = byName;
        if (known == null) {
            known = load();
            byName = known;
        }
        return known;
    }

    private Map<String, List<EngineFunction>> load() {
        Map<String, List<EngineFunction>> functions = new HashMap<>();
        MetadataRow.forEach(
                engine,
                LIST,
                row -> functions
                        .computeIfAbsent(row.text(0), name -> new ArrayList<>())
                        .add(function(row)));
        return Map.copyOf(functions);
    }

    private static EngineFunction function(MetadataRow row) {
        return new EngineFunction(
                row.text(0),
                row.text(1),
                row.texts(2),
                row.textOrNull(3),
                row.textOrNull(4),
                "VOLATILE".equals(row.textOrNull(5)));
    }
}
