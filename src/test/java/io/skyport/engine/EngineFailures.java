package io.skyport.engine;

import io.skyport.error.SkyportException;

/** What clients are told of a failure of DuckDB. */
public final class EngineFailures {

    private EngineFailures() {}

    public static SkyportException of(Throwable failure) {
        return EngineErrors.of(failure, null);
    }
}
