package io.skyport.observability;

import io.skyport.engine.Engine;
import io.skyport.engine.MetadataRow;
import io.skyport.error.SkyportException;
import io.skyport.session.EngineCall;
import io.skyport.session.FinishedStatement;
import io.skyport.session.SessionListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs statements that took long, with what the engine plans for them now. Hearing of one costs a comparison; one thread asks for plans
 * and logs, at most so many a minute, and tells how many it left out.
 */
final class SlowStatements implements SessionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SlowStatements.class);

    /** Values of a statement are kept as long as it waits. */
    private static final int MOST_WAITING = 16;

    /** A text, or bytes, that are worth to be kept for a plan. */
    private static final int LONGEST_VALUE = 1_000;

    private static final int LONGEST_PLAN = 20_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final long CLOSING_SECONDS = 5;

    /** What EXPLAIN takes, and never runs. */
    private static final Pattern EXPLAINED =
            Pattern.compile("(?is)\\s*(?:SELECT|WITH|FROM|VALUES|INSERT|UPDATE|DELETE|MERGE|\\()\\b?.*");

    /** A line of a plan that only tells an operator or how many rows it gives. */
    private static final Pattern WITHOUT_LITERALS =
            Pattern.compile("[^\\p{L}\\p{N}]*(?:[A-Z_ ]*|~?[0-9,.]+ rows?)[^\\p{L}\\p{N}]*");

    private final Engine engine;
    private final HistoryProperties properties;
    private final StatementText texts;
    private final InstantSource clock;
    private final BlockingQueue<Slow> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger leftOut = new AtomicInteger();
    private final Thread logger = new Thread(this::logOnAndOn, "skyport-slow-statements");
    private Instant windowEnd = Instant.MIN;
    private int logged;

    /** @param call null if there is no plan to ask for */
    private record Slow(
            FinishedStatement statement, @Nullable EngineCall call) {}

    SlowStatements(Engine engine, HistoryProperties properties, StatementText texts, InstantSource clock) {
        this.engine = engine;
        this.properties = properties;
        this.texts = texts;
        this.clock = clock;
        logger.setDaemon(true);
    }

    /** Begins to log. */
    SlowStatements started() {
        if (!properties.slowThreshold().isZero()) {
            logger.start();
        }
        return this;
    }

    @Override
    public void statementFinished(FinishedStatement statement, @Nullable EngineCall call) {
        long threshold = properties.slowThreshold().toNanos();
        if (threshold > 0
                && statement.times().total() >= threshold
                && !waiting.offer(new Slow(statement, call != null && explains(call) ? call : null))) {
            leftOut.incrementAndGet();
        }
    }

    private static boolean explains(EngineCall call) {
        return call.parameters().stream().allMatch(SlowStatements::small);
    }

    private static boolean small(@Nullable Object value) {
        return !(value instanceof byte[] bytes && bytes.length > LONGEST_VALUE)
                && !(value instanceof String text && text.length() > LONGEST_VALUE)
                && !(value instanceof Iterable)
                && !(value instanceof Map);
    }

    private void logOnAndOn() {
        try {
            while (true) {
                logSafely(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void logSafely(Slow slow) {
        try {
            log(slow);
        } catch (RuntimeException bug) {
            log.error("Slow statement {} could not be logged", slow.statement().id(), bug);
        }
    }

    private void log(Slow slow) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            logged = 0;
            int left = leftOut.getAndSet(0);
            if (left > 0) {
                log.warn("{} more slow statements were not logged (skyport.history.max-slow-per-minute)", left);
            }
        }
        if (logged >= properties.maxSlowPerMinute()) {
            leftOut.incrementAndGet();
            return;
        }
        logged++;
        log.warn("{}", text(slow));
    }

    private String text(Slow slow) {
        FinishedStatement statement = slow.statement();
        FinishedStatement.Times times = statement.times();
        return "Slow statement %s of %s (session %s): %d ms, of which %d compiling, %d waiting, %d in the engine; %s, %d rows: %s%n%s"
                .formatted(
                        statement.id(),
                        oneLine(statement.user()),
                        statement.session(),
                        milliseconds(times.total()),
                        milliseconds(times.compile()),
                        milliseconds(times.queue()),
                        milliseconds(times.engine()),
                        statement.outcome().label(),
                        statement.rows(),
                        oneLine(texts.shown(statement.text())),
                        plan(slow.call()));
    }

    private static long milliseconds(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Nobody writes lines of the log by what he asks. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private String plan(@Nullable EngineCall call) {
        if (call == null || !EXPLAINED.matcher(call.sql()).matches()) {
            return "  (no plan)";
        }
        try {
            StringBuilder plan = new StringBuilder();
            MetadataRow.forEach(engine, "EXPLAIN " + call.sql(), call.parameters(), row -> plan.append(row.text(1)));
            return shown(plan.substring(0, Math.min(plan.length(), LONGEST_PLAN)));
        } catch (SkyportException e) {
            // What it read may be gone, or another session's.
            return "  (no plan: " + oneLine(e.text()) + ")";
        }
    }

    private String shown(String plan) {
        List<String> lines = StatementText.withoutSecrets(plan)
                .lines()
                .filter(line ->
                        texts.showsLiterals() || WITHOUT_LITERALS.matcher(line).matches())
                .toList();
        return lines.stream().map(line -> "  " + oneLine(line)).collect(Collectors.joining(System.lineSeparator()));
    }

    @Override
    public void close() {
        logger.interrupt();
        try {
            logger.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
