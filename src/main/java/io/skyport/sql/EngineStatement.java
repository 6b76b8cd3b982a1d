package io.skyport.sql;

import io.skyport.error.SkyportException;
import java.util.List;

/**
 * One of several statements that the engine runs for one of the client's.
 *
 * @param sql one statement
 * @param sourceMap finds positions of {@code sql} in the client's text
 * @param parameters which of the client's parameters, counted from 0, are {@code $1}, {@code $2}, ... here
 */
public record EngineStatement(String sql, SourceMap sourceMap, List<Integer> parameters) {

    public EngineStatement {
        parameters = List.copyOf(parameters);
    }

    /** A statement without parameters. */
    public EngineStatement(String sql, SourceMap sourceMap) {
        this(sql, sourceMap, List.of());
    }

    /** The failure with its position moved from {@link #sql()} to the client's {@code text}. */
    public SkyportException located(SkyportException engineFailure, String text) {
        return sourceMap.located(engineFailure, sql, text);
    }
}
