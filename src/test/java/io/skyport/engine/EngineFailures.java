package io.skyport.engine;

import io.skyport.error.SkyportException;
import java.sql.SQLException;

/** What clients are told of a failure of DuckDB. */
public final class EngineFailures {

    private EngineFailures() {}

    public static SkyportException of(Throwable failure) {
        return EngineErrors.of(failure, null);
    }

    /** Makes the engine believe that DuckDB cannot go on, so that it reopens itself. */
    public static void invalidate(DuckDbEngine engine) {
        try (DuckDbConnection connection = engine.lease()) {
            SkyportException unused = engine.failed(
                    connection.pooled().instance(), new SQLException("FATAL Error: Failed: made up"), null);
        }
    }
}
