package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.engine.Spool;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs whether its client is there or not, and its rows, which are put aside on disk and can be read any
 * number of times, in parts and side by side, until they expire. Thread-safe.
 */
public final class StoredResult {

    /** Between its handle and the number of a part; in no other handle. */
    private static final char SEPARATOR = '.';

    /**
     * How far it is.
     *
     * @param finished whether the statement has ended and all parts are there
     * @param progress the share of it that is done, 0 to 1; never less than before
     * @param parts that can be read; they only become more
     * @param expiration until when, at least, it is known and its parts can be read
     * @param records rows, or those affected by DML; -1 until it is finished
     * @param bytes of the rows; -1 until it is finished
     */
    public record Status(boolean finished, double progress, int parts, Instant expiration, long records, long bytes) {}

    private enum State {
        RUNNING,
        CANCELLING,
        FINISHED,
        FAILED,
        CANCELLED
    }

    private final String handle = Handles.next() + SEPARATOR;
    private final String user;
    private final List<ResultColumn> columns;
    private final Engine engine;
    private final BufferAllocator allocator;
    private final long maxBytes;
    private final Duration timeout;
    private final InstantSource clock;
    private final Consumer<StoredResult> gone;
    private final Cancellation cancellation = new Cancellation();
    private final Parts parts;

    private State state = State.RUNNING;
    private @Nullable SkyportException failure;
    private @Nullable Spool spool;
    private @Nullable Instant expiration;
    private long affected = Execution.UNKNOWN_COUNT;
    private long rows;
    private double progress;
    private int readers;
    private boolean discarded;

    /** @param gone told when it is not kept any more */
    StoredResult(
            String user,
            List<ResultColumn> columns,
            int maxParts,
            StoredResultProperties limits,
            Engine engine,
            BufferAllocator allocator,
            InstantSource clock,
            Consumer<StoredResult> gone) {
        this.gone = gone;
        this.user = user;
        this.columns = List.copyOf(columns);
        this.parts = new Parts(maxParts, limits.minEndpointBytes());
        this.maxBytes = limits.maxBytes();
        this.timeout = limits.timeout();
        this.engine = engine;
        this.allocator = allocator;
        this.clock = clock;
    }

    /** Whether a handle is one of these or of a part of one. */
    public static boolean names(String handle) {
        return handle.indexOf(SEPARATOR) >= 0;
    }

    /** The handle of the result that a handle names, or of which it names a part. */
    static String whole(String handle) {
        return handle.substring(0, handle.indexOf(SEPARATOR) + 1);
    }

    /** Opaque and unguessable. */
    public String handle() {
        return handle;
    }

    /** The handle of a part, by its number from 0. */
    public String partHandle(int number) {
        return handle + number;
    }

    /** Who may read it. */
    public String user() {
        return user;
    }

    /** The columns of the rows; none if the statement gives no rows. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** Runs the statement to its end; what fails is told to whoever asks. */
    void run(Function<Cancellation, Execution> statement) {
        ending(() -> store(statement.apply(cancellation)));
    }

    /** Runs the part of the statement that comes before its rows; what fails is thrown, too. */
    Execution begin(Function<Cancellation, Execution> statement) {
        boolean begun = false;
        try {
            Execution execution = statement.apply(cancellation);
            begun = true;
            return execution;
        } finally {
            if (!begun) {
                ended(State.FAILED, null);
            }
        }
    }

    /** Takes the rows of a statement that has begun; what fails is told to whoever asks. */
    void take(Execution begun) {
        ending(() -> store(begun));
    }

    private void ending(Runnable work) {
        boolean told = false;
        try {
            work.run();
            ended(State.FINISHED, null);
            told = true;
        } catch (SkyportException e) {
            ended(State.FAILED, e);
            told = true;
        } finally {
            if (!told) {
                ended(State.FAILED, new SkyportException(ErrorCode.INTERNAL_ERROR, "The statement ended unexpectedly"));
            }
        }
    }

    private void store(Execution execution) {
        synchronized (this) {
            affected = execution.updateCount();
        }
        try (ResultStream stream = execution.open();
                Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt, stream::progress)) {
            while (stream.next()) {
                add(stream.root());
            }
        }
        Spool complete = spool();
        if (complete != null) {
            complete.finish();
        }
    }

    private synchronized @Nullable Spool spool() {
        return spool;
    }

    private void add(VectorSchemaRoot batch) {
        long bytes = batch.getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
        if (parts.bytes() + bytes > maxBytes) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "The result takes more than " + maxBytes + " bytes (skyport.session.stored-results.max-size)");
        }
        Spool open = spool(batch);
        // Readers find their way in it under this lock.
        synchronized (open) {
            open.add(batch);
        }
        synchronized (this) {
            rows += batch.getRowCount();
            if (parts.added(bytes)) {
                notifyAll();
            }
        }
    }

    private synchronized Spool spool(VectorSchemaRoot batch) {
        Spool open = spool;
        if (open == null) {
            open = engine.spool(batch.getSchema());
            spool = open;
        }
        return open;
    }

    private synchronized void ended(State how, @Nullable SkyportException why) {
        boolean stopped = state == State.CANCELLING
                && (how == State.FINISHED ? isQuery() : why == null || why.code() == ErrorCode.QUERY_CANCELED);
        state = stopped ? State.CANCELLED : how;
        failure = why;
        expiration = clock.instant().plus(timeout);
        if (state == State.FINISHED) {
            progress = 1;
            parts.finish();
        }
        freeIfUseless();
        notifyAll();
    }

    private boolean isQuery() {
        return affected == Execution.UNKNOWN_COUNT;
    }

    private boolean running() {
        return state == State.RUNNING || state == State.CANCELLING;
    }

    /**
     * How far it is now.
     *
     * @throws SkyportException what the statement failed with; 57014 if it was cancelled
     */
    public synchronized Status status() {
        requireNotFailed();
        boolean finished = state == State.FINISHED;
        if (!finished) {
            progress = Math.max(progress, Math.min(1, cancellation.progress()));
        }
        long records = isQuery() ? rows : affected;
        return new Status(
                finished,
                progress,
                parts.count(),
                expiration(),
                finished ? records : Execution.UNKNOWN_COUNT,
                finished ? parts.bytes() : -1);
    }

    /** Waits until it is finished or has more parts than now, not longer than so long, or until it is cancelled by {@code waiting}. */
    public Status await(Duration atMost, Cancellation waiting) {
        long end = System.nanoTime() + atMost.toNanos();
        try (Cancellation.Registration ignored = waiting.onCancel(this::wake)) {
            synchronized (this) {
                int known = parts.count();
                long millis = atMost.toMillis();
                while (running() && parts.count() == known && millis > 0 && !waiting.isCancelled()) {
                    wait(millis);
                    millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
                return status();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for the statement", e);
        }
    }

    /** Waits until it is finished; cancelling {@code waiting} stops the statement. */
    public Status awaitEnd(Cancellation waiting) {
        boolean finished = false;
        try (Cancellation.Registration ignored = waiting.onCancel(this::cancel)) {
            Status status = awaitEnd();
            finished = true;
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "canceled while waiting for the statement", e);
        } finally {
            if (!finished) {
                cancel();
            }
        }
    }

    private synchronized Status awaitEnd() throws InterruptedException {
        while (running()) {
            wait();
        }
        return status();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void requireNotFailed() {
        if (state == State.CANCELLED) {
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled");
        }
        SkyportException why = failure;
        if (why != null) {
            throw why;
        }
    }

    /** Until when it can be read at least; once it has ended, no longer. */
    synchronized Instant expiration() {
        Instant fixed = expiration;
        return fixed == null ? clock.instant().plus(timeout) : fixed;
    }

    /** How long it is still to be kept; zero if it has expired. */
    synchronized Duration left() {
        Duration left = Duration.between(clock.instant(), expiration());
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized boolean ended() {
        return !running();
    }

    /** Lets it expire so much later; returns when. */
    synchronized Instant renew() {
        requireNotFailed();
        if (expiration != null) {
            expiration = clock.instant().plus(timeout);
        }
        return expiration();
    }

    /** The part of a handle, to be read now. */
    synchronized Promised part(String partHandle) {
        requireNotFailed();
        int number = number(partHandle);
        if (number < 0 || number >= parts.count()) {
            throw StoredResults.unknown();
        }
        readers++;
        return new StoredPart(this, parts.get(number), spool, allocator);
    }

    private static int number(String partHandle) {
        String digits = partHandle.substring(partHandle.indexOf(SEPARATOR) + 1);
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
    }

    /** A reader of a part has ended. */
    synchronized void read() {
        readers--;
        freeIfUseless();
    }

    synchronized boolean cancelled() {
        return state == State.CANCELLED || state == State.CANCELLING;
    }

    /** Stops the statement, without waiting for that, or gives its rows up. What was changed stays. */
    CancelOutcome cancel() {
        synchronized (this) {
            switch (state) {
                case CANCELLED -> {
                    return CancelOutcome.CANCELLED;
                }
                case FAILED -> {
                    return CancelOutcome.NOT_CANCELLABLE;
                }
                case FINISHED -> {
                    return cancelFinished();
                }
                case RUNNING, CANCELLING -> state = State.CANCELLING;
            }
        }
        cancellation.cancel();
        return CancelOutcome.CANCELLING;
    }

    private CancelOutcome cancelFinished() {
        if (!isQuery()) {
            return CancelOutcome.NOT_CANCELLABLE;
        }
        state = State.CANCELLED;
        freeIfUseless();
        return CancelOutcome.CANCELLED;
    }

    /** Nobody will ask for it again: what runs is stopped, and its rows go as soon as those who read have ended. */
    void discard() {
        boolean runs;
        synchronized (this) {
            discarded = true;
            runs = running();
            state = runs ? State.CANCELLING : state;
            freeIfUseless();
        }
        if (runs) {
            cancellation.cancel();
        }
        gone.accept(this);
    }

    private void freeIfUseless() {
        Spool stored = spool;
        boolean useless = discarded || state == State.CANCELLED || state == State.FAILED;
        if (stored != null && useless && readers == 0 && !running()) {
            spool = null;
            stored.close();
        }
    }
}
