package io.skyport.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.skyport.error.ErrorCode;
import io.skyport.session.FinishedStatement;
import io.skyport.session.FinishedStatement.Outcome;
import io.skyport.session.FinishedStatement.Times;
import io.skyport.session.Protocol;
import io.skyport.session.Session;
import io.skyport.session.SessionListener;
import io.skyport.sql.StatementKind;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what sessions do. No label ever carries a text, a user or a table: the number of time series stays bounded by the
 * kinds, protocols, outcomes and SQLSTATEs there are. A statement costs a few counters, a batch nothing.
 */
final class SessionMetrics implements SessionListener {

    /** The kind of a statement that did not compile. */
    static final String UNKNOWN_KIND = "unknown";

    private static final String KIND = "kind";
    private static final String PROTOCOL = "protocol";

    private final MeterRegistry registry;
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<Protocol, AtomicInteger> sessions = new ConcurrentHashMap<>();
    private final Map<Protocol, Counter> opened = new ConcurrentHashMap<>();
    private final Map<Protocol, Counter> bytes = new ConcurrentHashMap<>();
    private final Map<Ended, Counter> ended = new ConcurrentHashMap<>();
    private final Map<Took, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, Counter> rows = new ConcurrentHashMap<>();
    private final Map<ErrorCode, Counter> errors = new ConcurrentHashMap<>();
    private final Timer compile;
    private final Timer queue;
    private final Timer engine;
    private final Timer firstBatch;

    private record Ended(String kind, Protocol protocol, Outcome outcome) {}

    private record Took(String kind, Protocol protocol) {}

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.compile = Histograms.timer("skyport.query.compile", "Time of statements in the compiler")
                .register(registry);
        this.queue = Histograms.timer("skyport.query.queue", "Time that statements waited for their turn")
                .register(registry);
        this.engine = Histograms.timer("skyport.query.engine", "Time of statements in the engine")
                .register(registry);
        this.firstBatch = Histograms.timer("skyport.query.first.batch", "From the start of a query to its first rows")
                .register(registry);
        Gauge.builder("skyport.streams.active", streams, AtomicInteger::get)
                .description("Results that are being produced")
                .register(registry);
        for (Protocol protocol : Protocol.values()) {
            register(protocol);
        }
    }

    private void register(Protocol protocol) {
        AtomicInteger open = new AtomicInteger();
        sessions.put(protocol, open);
        Gauge.builder("skyport.sessions.active", open, AtomicInteger::get)
                .description("Open sessions")
                .tag(PROTOCOL, protocol.label())
                .register(registry);
        opened.put(
                protocol,
                Counter.builder("skyport.sessions.opened")
                        .description("Sessions that were opened")
                        .tag(PROTOCOL, protocol.label())
                        .register(registry));
        bytes.put(
                protocol,
                Counter.builder("skyport.result")
                        .description("Arrow data delivered")
                        .baseUnit(BaseUnits.BYTES)
                        .tag(PROTOCOL, protocol.label())
                        .register(registry));
    }

    @Override
    public void sessionOpened(Session session) {
        of(sessions, session.protocol()).incrementAndGet();
        of(opened, session.protocol()).increment();
    }

    @Override
    public void sessionClosed(Session session) {
        of(sessions, session.protocol()).decrementAndGet();
    }

    private static <T> T of(Map<Protocol, T> all, Protocol protocol) {
        return Objects.requireNonNull(all.get(protocol));
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
        String kind = kind(statement.knownKind());
        Protocol protocol = statement.caller().protocol();
        ended.computeIfAbsent(new Ended(kind, protocol, statement.outcome()), this::ended)
                .increment();
        durations
                .computeIfAbsent(new Took(kind, protocol), this::duration)
                .record(statement.times().total(), TimeUnit.NANOSECONDS);
        rows.computeIfAbsent(kind, this::rows).increment(statement.rows());
        of(bytes, protocol).increment(statement.bytes());
        record(statement.times());
        ErrorCode failure = statement.failure();
        if (failure != null) {
            errors.computeIfAbsent(failure, this::errors).increment();
        }
    }

    /** What did not happen is not counted as quick. */
    private void record(Times times) {
        record(compile, times.compile());
        record(queue, times.queue());
        record(engine, times.engine());
        record(firstBatch, times.firstBatch());
    }

    private static void record(Timer timer, long nanos) {
        if (nanos > 0) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static String kind(@Nullable StatementKind kind) {
        return kind == null ? UNKNOWN_KIND : kind.name().toLowerCase(Locale.ROOT);
    }

    private Counter ended(Ended how) {
        return Counter.builder("skyport.queries")
                .description("Statements that ended")
                .tag(KIND, how.kind())
                .tag(PROTOCOL, how.protocol().label())
                .tag("outcome", how.outcome().label())
                .register(registry);
    }

    private Timer duration(Took which) {
        return Histograms.timer("skyport.query.duration", "From the start of a statement to its last row")
                .tag(KIND, which.kind())
                .tag(PROTOCOL, which.protocol().label())
                .register(registry);
    }

    private Counter rows(String kind) {
        return Counter.builder("skyport.rows")
                .description("Rows delivered, or affected by DML")
                .tag(KIND, kind)
                .register(registry);
    }

    private Counter errors(ErrorCode code) {
        return Counter.builder("skyport.errors")
                .description("Failed statements, by SQLSTATE")
                .tag("sqlstate", code.sqlState())
                .register(registry);
    }
}
