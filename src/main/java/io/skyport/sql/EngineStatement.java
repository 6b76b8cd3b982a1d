package io.skyport.sql;

import io.skyport.error.SkyportException;

/**
 * One of several statements that the engine runs for one of the client's.
 *
 * @param sql one statement without parameters
 * @param sourceMap finds positions of {@code sql} in the client's text
 */
public record EngineStatement(String sql, SourceMap sourceMap) {

    /** The failure with its position moved from {@link #sql()} to the client's {@code text}. */
    public SkyportException located(SkyportException engineFailure, String text) {
        return sourceMap.located(engineFailure, sql, text);
    }
}
