package io.skyport.sql.functions;

import io.skyport.engine.Engine;
import io.skyport.engine.MetadataRow;
import io.skyport.sql.print.VolatileFunctions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every function of the engine, read once, when the first statement is compiled. Thread-safe. */
public final class EngineFunctions implements VolatileFunctions {

    private static final String LIST = "SELECT lower(function_name), function_type, parameter_types, "
            + "varargs, return_type, stability FROM duckdb_functions() WHERE function_type <> 'pragma' ORDER BY ALL";

    /** The engine calls them stable, but they are asked for their effect or their chance. */
    private static final Set<String> ALSO_VOLATILE = Set.of("currval", "setseed");

    private final Engine engine;
    private volatile @Nullable Map<String, List<EngineFunction>> byName;

    public EngineFunctions(Engine engine) {
        this.engine = engine;
    }

    /** The overloads of a function, empty if there is none; any case. */
    public List<EngineFunction> named(String name) {
        return all().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    public Set<String> names() {
        return all().keySet();
    }

    @Override
    public boolean contains(String functionName) {
        return ALSO_VOLATILE.contains(functionName)
                || named(functionName).stream().anyMatch(EngineFunction::isVolatile);
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
