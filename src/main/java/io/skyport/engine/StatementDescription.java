package io.skyport.engine;

import java.util.List;

/**
 * What the engine knows of a statement without running it.
 *
 * @param columns the result's columns; a DML statement announces its count column
 * @param parameterTypes the engine's type name of each parameter {@code $1..$n}; {@link #UNKNOWN} where it cannot tell
 */
public record StatementDescription(List<EngineColumn> columns, List<String> parameterTypes) {

    /** The type name of a parameter that the engine cannot infer. */
    public static final String UNKNOWN = "UNKNOWN";

    public StatementDescription {
        columns = List.copyOf(columns);
        parameterTypes = List.copyOf(parameterTypes);
    }
}
