package io.skyport.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.skyport.error.ErrorCode;
import io.skyport.session.FinishedStatement;
import io.skyport.session.Session;
import io.skyport.session.SessionListener;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what sessions do. No label ever carries a text, a user or a table: the number of time series stays bounded by the
 * kinds, outcomes and SQLSTATEs there are.
 */
final class SessionMetrics implements SessionListener {

    /** The kind of a statement that did not compile. */
    static final String UNKNOWN_KIND = "unknown";

    private static final Duration[] DURATION_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
    };

    private final MeterRegistry registry;
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("skyport.streams.active", streams, AtomicInteger::get)
                .description("Results that are being produced")
                .register(registry);
        Gauge.builder("skyport.sessions.active", sessions, AtomicInteger::get)
                .description("Open sessions")
                .register(registry);
    }

    @Override
    public void sessionOpened(Session session) {
        sessions.incrementAndGet();
    }

    @Override
    public void sessionClosed(Session session) {
        sessions.decrementAndGet();
    }

    @Override
    public void streamOpened() {
        streams.incrementAndGet();
    }

    @Override
    public void streamClosed() {
        streams.decrementAndGet();
    }

    @Override
    public void statementFinished(FinishedStatement statement) {
        String kind =
                statement.kind().map(k -> k.name().toLowerCase(Locale.ROOT)).orElse(UNKNOWN_KIND);
        Counter.builder("skyport.queries")
                .description("Statements that ended, by kind and outcome")
                .tag("kind", kind)
                .tag("outcome", statement.outcome().label())
                .register(registry)
                .increment();
        Timer.builder("skyport.query.duration")
                .description("From the start of a statement to its last row")
                .tag("kind", kind)
                .serviceLevelObjectives(DURATION_BUCKETS)
                .register(registry)
                .record(statement.times().total(), TimeUnit.NANOSECONDS);
        Counter.builder("skyport.rows")
                .description("Rows delivered, or affected by DML")
                .tag("kind", kind)
                .register(registry)
                .increment(statement.rows());
        Counter.builder("skyport.result")
                .description("Arrow data delivered")
                .baseUnit(BaseUnits.BYTES)
                .register(registry)
                .increment(statement.bytes());
        statement.error().ifPresent(this::count);
    }

    private void count(ErrorCode error) {
        Counter.builder("skyport.errors")
                .description("Failed statements, by SQLSTATE")
                .tag("sqlstate", error.sqlState())
                .register(registry)
                .increment();
    }
}
