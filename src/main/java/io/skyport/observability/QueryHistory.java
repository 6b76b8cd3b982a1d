package io.skyport.observability;

import io.skyport.catalog.SystemTables;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.MetadataRow;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.FinishedStatement;
import io.skyport.session.SessionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers statements that have ended, in {@code _system.queries}. Hearing of one costs a place in a bounded queue; one thread empties
 * it now and then and writes. What finds no place, or cannot be written while the queue fills, is dropped and counted.
 */
final class QueryHistory implements SessionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QueryHistory.class);

    private static final String TABLE =
            "\"" + Engine.SYSTEM_DATABASE + "\".\"" + Engine.DEFAULT_SCHEMA + "\".\"queries\"";

    /** Written in one transaction. */
    private static final int MOST_AT_ONCE = 5_000;

    /** As many more than necessary go at once, as a part of all: not each write need delete. */
    private static final int SPARE_PART = 10;

    private static final Duration BETWEEN_AGES = Duration.ofMinutes(1);
    private static final long CLOSING_SECONDS = 10;

    private final Engine engine;
    private final HistoryProperties properties;
    private final StatementText texts;
    private final InstantSource clock;
    private final BlockingQueue<FinishedStatement> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer = new Thread(this::writeOnAndOn, "skyport-history");

    // Of whoever writes.

    /** What could not be written yet. */
    private final List<FinishedStatement> pending = new ArrayList<>();

    private boolean failing;
    private @Nullable Long rows;
    private Instant nextAge = Instant.MIN;

    QueryHistory(Engine engine, HistoryProperties properties, StatementText texts, InstantSource clock) {
        this.engine = engine;
        this.properties = properties;
        this.texts = texts;
        this.clock = clock;
        this.waiting = new ArrayBlockingQueue<>(properties.queueSize());
        writer.setDaemon(true);
    }

    /** Makes the table if there is none, and begins to write. */
    QueryHistory started() {
        SystemTables.create(engine);
        if (properties.enabled()) {
            writer.start();
        }
        return this;
    }

    @Override
    public void statementFinished(FinishedStatement statement) {
        if (properties.enabled() && !waiting.offer(kept(statement))) {
            dropped.incrementAndGet();
        }
    }

    /** Without the rest of a long text, which would be as many bytes as somebody likes. */
    private FinishedStatement kept(FinishedStatement statement) {
        String text = statement.text();
        int most = properties.maxTextLength() + 1;
        return text.length() <= most ? statement : statement.withText(text.substring(0, most));
    }

    /** How many were not remembered. */
    long dropped() {
        return dropped.get();
    }

    private void writeOnAndOn() {
        try {
            while (!closing.await(properties.flushInterval().toNanos(), TimeUnit.NANOSECONDS)) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits, as far as that is possible now. */
    synchronized void flush() {
        try {
            do {
                waiting.drainTo(pending, MOST_AT_ONCE - pending.size());
                write();
            } while (!waiting.isEmpty());
            failing = false;
        } catch (SkyportException e) {
            tellOnce(e);
        } catch (RuntimeException bug) {
            // Of what waits, something cannot be written ever: the next ones may.
            log.error("The query history drops {} statements", pending.size(), bug);
            dropped.addAndGet(pending.size());
            pending.clear();
        }
    }

    private void tellOnce(SkyportException e) {
        rows = null;
        if (!failing && e.code() != ErrorCode.ADMIN_SHUTDOWN) {
            log.warn("The query history cannot be written for now: {}", e.text());
        }
        failing = true;
    }

    private void write() {
        boolean old = !clock.instant().isBefore(nextAge) && !properties.maxAge().isZero();
        if (pending.isEmpty() && !old) {
            return;
        }
        engine.requireSpace();
        long before = rows();
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            if (!pending.isEmpty()) {
                connection.append("queries", pending.stream().map(this::row).toList());
            }
            long deleted = tooMany(connection, before + pending.size()) + (old ? tooOld(connection) : 0);
            connection.commit();
            rows = before + pending.size() - deleted;
            pending.clear();
        }
        nextAge = old ? clock.instant().plus(BETWEEN_AGES) : nextAge;
    }

    /** How many there are. */
    private long rows() {
        @Nullable Long known = rows;
        if (known == null) {
            long[] counted = {0};
            MetadataRow.forEach(
                    engine,
                    "SELECT CAST(count(*) AS VARCHAR) FROM " + TABLE,
                    row -> counted[0] = Long.parseLong(row.text(0)));
            known = counted[0];
            rows = known;
        }
        return known;
    }

    private long tooMany(EngineConnection connection, long now) {
        long most = properties.maxRows();
        if (now <= most) {
            return 0;
        }
        long gone = Math.min(now, now - most + most / SPARE_PART);
        return connection.update(
                "DELETE FROM " + TABLE + " WHERE rowid IN (SELECT rowid FROM " + TABLE + " ORDER BY rowid LIMIT " + gone
                        + ")",
                List.of());
    }

    private long tooOld(EngineConnection connection) {
        return connection.update(
                "DELETE FROM " + TABLE + " WHERE started_at < CAST($1 AS TIMESTAMPTZ)",
                List.of(clock.instant().minus(properties.maxAge())));
    }

    private List<@Nullable Object> row(FinishedStatement statement) {
        FinishedStatement.Times times = statement.times();
        return LiveTables.row(
                statement.id(),
                statement.session(),
                statement.user(),
                statement.caller().protocol().label(),
                LiveTables.address(statement.caller()),
                texts.shown(statement.text()),
                statement.kind().map(LiveTables::label).orElse(null),
                statement.started(),
                milliseconds(times.compile()),
                milliseconds(times.queue()),
                milliseconds(times.engine()),
                times.firstBatch() == FinishedStatement.NONE ? null : milliseconds(times.firstBatch()),
                milliseconds(times.total()),
                statement.rows(),
                statement.bytes(),
                null, // the engine does not tell the memory of one statement
                statement.outcome().label(),
                statement.error().map(ErrorCode::sqlState).orElse(null));
    }

    private static double milliseconds(long nanos) {
        return LiveTables.milliseconds(Duration.ofNanos(nanos));
    }

    /** Writes what waits and stops. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
    }
}
