package io.skyport.sql.functions;

import io.skyport.engine.Engine;
import io.skyport.engine.EngineStream;
import io.skyport.sql.print.VolatileFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Every function of the engine, read once, when the first statement is compiled. Thread-safe. */
public final class EngineFunctions implements VolatileFunctions {

    private static final String LIST =
            "SELECT lower(function_name), function_type, array_to_string(parameter_types, '|'), "
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
        try (EngineStream stream = engine.acquire().query(LIST, List.of())) {
            while (stream.loadNextBatch()) {
                VectorSchemaRoot root = stream.root();
                for (int row = 0; row < root.getRowCount(); row++) {
                    EngineFunction function = function(root, row);
                    functions
                            .computeIfAbsent(function.name(), name -> new ArrayList<>())
                            .add(function);
                }
            }
        }
        return Map.copyOf(functions);
    }

    private static EngineFunction function(VectorSchemaRoot root, int row) {
        String parameters = text(root, 2, row);
        return new EngineFunction(
                String.valueOf(text(root, 0, row)),
                String.valueOf(text(root, 1, row)),
                parameters == null || parameters.isEmpty() ? List.of() : Arrays.asList(parameters.split("\\|")),
                text(root, 3, row),
                text(root, 4, row),
                "VOLATILE".equals(text(root, 5, row)));
    }

    private static @Nullable String text(VectorSchemaRoot root, int column, int row) {
        Object value = root.getVector(column).getObject(row);
        return value == null ? null : value.toString();
    }
}
