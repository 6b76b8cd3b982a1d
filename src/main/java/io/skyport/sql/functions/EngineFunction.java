package io.skyport.sql.functions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One overload of a function of the engine.
 *
 * @param name in lower case
 * @param kind scalar, aggregate, macro, table, table_macro, pragma
 * @param parameterTypes the engine's type names; ANY, T and the like where it takes more than one
 * @param varargs the type of further arguments, or null
 * @param returnType the engine's type name, or null where it depends on the arguments
 * @param isVolatile whether it may answer differently for the same arguments
 */
public record EngineFunction(
        String name,
        String kind,
        List<String> parameterTypes,
        @Nullable String varargs,
        @Nullable String returnType,
        boolean isVolatile) {

    public EngineFunction {
        parameterTypes = List.copyOf(parameterTypes);
    }

    public boolean isAggregate() {
        return kind.equals("aggregate");
    }

    /** Whether it stands in FROM. */
    public boolean isTable() {
        return kind.startsWith("table");
    }

    /** Whether it can take this many arguments; macros may have defaults. */
    public boolean takes(int arguments) {
        boolean more = varargs != null || kind.contains("macro");
        return more ? arguments >= 0 : parameterTypes.size() == arguments;
    }
}
