package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times one statement and tells the listener, once, how it ended. Used by one thread at a time; any may look. */
final class StatementClock implements RunningStatement {

    private static final Tags TAGS = new Tags("q", System.currentTimeMillis());

    private final Author author;
    private final @Nullable StatementClock whole;
    private final Caller caller;
    private final String text;
    private final String id = TAGS.next();
    private final Instant started = Instant.now();
    private final long startNanos = System.nanoTime();

    private volatile Phase phase = Phase.COMPILING;
    private volatile @Nullable StatementKind kind;
    private volatile long rows;
    private volatile long bytes;
    /** Since when it rests, or 0. */
    private volatile long idleSince;

    private volatile long idle;
    private long compile;
    private long queue;
    private long engine;
    private long firstBatch = FinishedStatement.NONE;
    private @Nullable EngineCall call;
    private long compiledAt = Timeline.NEVER;
    private long queuedAt = Timeline.NEVER;
    private long admittedAt = Timeline.NEVER;
    private long engineAt = Timeline.NEVER;
    private long firstBatchAt = Timeline.NEVER;
    private boolean told;

    StatementClock(Author author, String text) {
        this.author = author;
        this.whole = null;
        this.caller = author.caller().get();
        this.text = text;
    }

    private StatementClock(StatementClock whole, String text) {
        this.author = whole.author;
        this.whole = whole;
        this.caller = whole.caller;
        this.text = text;
    }

    /** That of a part of it, whose times count for the whole, and of whose end nobody is told. */
    StatementClock step(String stepText) {
        return new StatementClock(this, stepText);
    }

    SessionListener listener() {
        return author.listener();
    }

    /** Nanoseconds since its start. */
    private long now() {
        return System.nanoTime() - startNanos;
    }

    /** It took the compiler so long to find what it is. */
    void compiled(StatementKind found, long nanos) {
        kind = found;
        compile += nanos;
        compiledAt = now();
        if (whole != null) {
            whole.compiled(whole.kind == null ? found : whole.kind, nanos);
        }
    }

    /** It asks this of the engine. */
    void runs(String sql, List<? extends @Nullable Object> parameters) {
        call = new EngineCall(sql, parameters);
    }

    /** It waits for its turn. */
    void waits() {
        phase = Phase.QUEUED;
        queuedAt = queuedAt == Timeline.NEVER ? now() : queuedAt;
    }

    /** It waited so long. */
    void waited(long nanos) {
        queue += nanos;
        phase = Phase.RUNNING;
        admittedAt = admittedAt == Timeline.NEVER ? now() : admittedAt;
    }

    /** The engine took so long. */
    void worked(long nanos) {
        engine += nanos;
        engineAt = engineAt == Timeline.NEVER ? now() - nanos : engineAt;
        if (whole != null) {
            whole.worked(nanos);
        }
    }

    /** It has given rows, so many in all. */
    void gave(long allRows, long allBytes) {
        rows = allRows;
        bytes = allBytes;
        if (firstBatch == FinishedStatement.NONE) {
            firstBatch = total(System.nanoTime());
            firstBatchAt = now();
        }
    }

    /** Nobody waits for it from now on. */
    void rest() {
        if (idleSince == 0) {
            idleSince = System.nanoTime();
            phase = Phase.IDLE;
        }
    }

    /** Somebody waits for it again. */
    void wake() {
        if (idleSince != 0) {
            idle = idle + System.nanoTime() - idleSince;
            idleSince = 0;
            phase = Phase.RUNNING;
            author.caller().get().trace().follows(caller.trace());
        }
    }

    private long total(long now) {
        long since = idleSince;
        return (since == 0 ? now : since) - startNanos - idle;
    }

    void succeeded(long allRows, long allBytes) {
        tell(null, allRows, allBytes);
    }

    void failed(SkyportException failure) {
        tell(failure.code(), rows, bytes);
    }

    void failed(ErrorCode code, long allRows, long allBytes) {
        tell(code, allRows, allBytes);
    }

    private void tell(@Nullable ErrorCode failure, long allRows, long allBytes) {
        if (told || whole != null) {
            return;
        }
        told = true;
        phase = Phase.ENDED;
        FinishedStatement.Times times =
                new FinishedStatement.Times(compile, queue, engine, firstBatch, total(System.nanoTime()));
        FinishedStatement statement = new FinishedStatement(
                id, author.session(), author.user(), caller, text, kind, failure, started, times, allRows, allBytes);
        Timeline when = new Timeline(compiledAt, queuedAt, admittedAt, engineAt, firstBatchAt, now());
        author.listener().statementFinished(statement, call, when);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String session() {
        return author.session();
    }

    @Override
    public String user() {
        return author.user();
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Optional<StatementKind> kind() {
        return Optional.ofNullable(kind);
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(total(System.nanoTime()));
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
