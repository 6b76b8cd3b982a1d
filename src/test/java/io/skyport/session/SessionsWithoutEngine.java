package io.skyport.session;

import io.skyport.catalog.Catalog;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Sessions for tests in which no statement gets as far as being compiled. */
public final class SessionsWithoutEngine {

    private SessionsWithoutEngine() {}

    /** @param catalog what metadata is told from */
    public static Sessions create(Catalog catalog) {
        SessionProperties properties = new SessionProperties(
                Duration.ofMinutes(1),
                10,
                10,
                10,
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(1),
                2,
                DataSize.ofMegabytes(1),
                100,
                java.time.Duration.ofMinutes(10),
                20,
                org.springframework.util.unit.DataSize.ofMegabytes(64),
                java.time.Duration.ofHours(24),
                100,
                java.util.List.of(),
                org.springframework.util.unit.DataSize.ofKilobytes(64),
                100);
        StatementRunner runner = new StatementRunner(
                null, null, new Commits(catalog, 20), null, null, Long.MAX_VALUE, SessionListener.NONE);
        return new Sessions(runner, properties, SessionListener.NONE);
    }
}
