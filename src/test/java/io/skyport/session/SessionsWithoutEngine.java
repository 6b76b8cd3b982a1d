package io.skyport.session;

import io.skyport.Configured;
import io.skyport.catalog.Catalog;
import java.time.Duration;
import java.util.Map;

/** Sessions for tests in which no statement gets as far as being compiled. */
public final class SessionsWithoutEngine {

    private SessionsWithoutEngine() {}

    /** @param catalog what metadata is told from */
    public static Sessions create(Catalog catalog) {
        SessionProperties properties = Configured.as("skyport.session", SessionProperties.class, Map.of());
        StatementRunner runner = new StatementRunner(
                null,
                null,
                new Commits(catalog, 20, Duration.ofSeconds(30)),
                null,
                null,
                Long.MAX_VALUE,
                SessionListener.NONE);
        return new Sessions(runner, properties, SessionListener.NONE);
    }
}
