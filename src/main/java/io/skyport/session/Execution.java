package io.skyport.session;

import io.skyport.sql.CompiledStatement;
import io.skyport.sql.ResultColumn;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was executed, as far as its kind runs eagerly, and whose rows wait to be fetched once.
 *
 * <p>Obtained from a {@link Session}; found again by its handle through {@link Executions}. Opened or discarded by one
 * thread; {@link #cancel()} is for any.
 */
public final class Execution implements Promised {

    /** The {@link #updateCount()} of a query. */
    public static final long UNKNOWN_COUNT = -1;

    private enum State {
        WAITING,
        OPEN,
        CANCELLING,
        CANCELLED,
        OVER
    }

    private final String handle = Handles.next();
    private final String user;
    private final CompiledStatement statement;
    private final long updateCount;
    private final Supplier<ResultStream> rows;
    private final Runnable discard;
    private volatile Consumer<Execution> whenOver = execution -> {};
    private State state = State.WAITING;
    private @Nullable ResultStream open;

    /** @param discard frees what the execution holds while its rows are not opened; called at most once */
    Execution(
            String user, CompiledStatement statement, long updateCount, Supplier<ResultStream> rows, Runnable discard) {
        this.user = user;
        this.statement = statement;
        this.updateCount = updateCount;
        this.rows = rows;
        this.discard = discard;
    }

    /** Opaque and unguessable; valid until the rows are fetched or {@code skyport.session.result-timeout} is over. */
    public String handle() {
        return handle;
    }

    /** Who may fetch the rows. */
    public String user() {
        return user;
    }

    @Override
    public List<ResultColumn> columns() {
        return statement.columns();
    }

    /** What was executed. */
    public CompiledStatement statement() {
        return statement;
    }

    /** Rows affected by DML, 0 for DDL, {@link #UNKNOWN_COUNT} for a query. */
    public long updateCount() {
        return updateCount;
    }

    /** Starts to produce the rows, for a query by starting it in the engine. */
    @Override
    public ResultStream open() {
        boolean opened = false;
        try {
            ResultStream stream = new Reading(rows.get());
            opened = true;
            begin(stream);
            return stream;
        } finally {
            if (!opened) {
                over(false);
            }
        }
    }

    /** What was cancelled before fails as soon as it is read. */
    private void begin(ResultStream stream) {
        boolean stopped;
        synchronized (this) {
            stopped = state == State.CANCELLING;
            open = stream;
            state = stopped ? state : State.OPEN;
        }
        if (stopped) {
            stream.interrupt();
        }
    }

    @Override
    public void discard() {
        discard.run();
        over(false);
    }

    /** Somebody is about to open it. */
    void taken(Consumer<Execution> whenItIsOver) {
        whenOver = whenItIsOver;
    }

    /** Stops what runs for a reader, who sees 57014, and does not wait for that. */
    CancelOutcome cancel() {
        ResultStream running;
        synchronized (this) {
            if (updateCount == UNKNOWN_COUNT && (state == State.WAITING || state == State.OPEN)) {
                state = State.CANCELLING;
            }
            running = state == State.CANCELLING ? open : null;
        }
        if (running != null) {
            running.interrupt();
        }
        return outcome();
    }

    synchronized CancelOutcome outcome() {
        return switch (state) {
            case CANCELLING -> CancelOutcome.CANCELLING;
            case CANCELLED -> CancelOutcome.CANCELLED;
            case WAITING, OPEN, OVER -> CancelOutcome.NOT_CANCELLABLE;
        };
    }

    /** @param exhausted whether the reader has got all rows, in spite of being cancelled or not */
    private void over(boolean exhausted) {
        synchronized (this) {
            open = null;
            state = state == State.CANCELLING && !exhausted ? State.CANCELLED : State.OVER;
        }
        whenOver.accept(this);
    }

    /** Tells when the reader has ended. */
    private final class Reading implements ResultStream {

        private final ResultStream stream;
        private boolean exhausted;
        private boolean closed;

        Reading(ResultStream stream) {
            this.stream = stream;
        }

        @Override
        public List<ResultColumn> columns() {
            return stream.columns();
        }

        @Override
        public boolean next() {
            boolean more = stream.next();
            exhausted = !more;
            return more;
        }

        @Override
        public VectorSchemaRoot root() {
            return stream.root();
        }

        @Override
        public void interrupt() {
            stream.interrupt();
        }

        @Override
        public boolean interrupted() {
            return stream.interrupted();
        }

        @Override
        public double progress() {
            return stream.progress();
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                stream.close();
            } finally {
                over(exhausted);
            }
        }
    }
}
