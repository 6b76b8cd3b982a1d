package io.skyport.session;

import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineStream;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.ResultColumn;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Runs a query once for each row of parameters and gives the results as one stream. The engine starts with the first
 * {@link #next()}; each run holds one connection from its start to its end.
 */
final class QueryStream implements ResultStream {

    private final Scope scope;
    private final Scope.Use use;
    private final CompiledStatement statement;
    private final Iterator<List<@Nullable Object>> rows;
    private final int runs;
    private final StatementClock clock;
    private CompiledStatement running;
    private @Nullable EngineStream current;
    private final Cancellation waiting = new Cancellation();
    private @Nullable Runnable interrupt;
    private @Nullable EngineConnection runsOn;
    private int begun;
    private boolean interrupted;
    private final Running.Entry entry;
    private boolean ended;
    private boolean closed;
    private boolean resting;
    private boolean admitted;
    private long rowCount;
    private long byteCount;

    /**
     * @param clock of the statement that it belongs to
     * @param running called with what interrupts this; ended when this is closed
     */
    QueryStream(
            Scope scope,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            StatementClock clock,
            Running.Entering running) {
        this.entry = running.enter(clock, this::interrupt);
        this.scope = scope;
        this.use = scope.use();
        this.statement = statement;
        this.running = statement;
        this.rows = rows.iterator();
        this.runs = rows.size();
        this.clock = clock;
        clock.wake();
        clock.listener().streamOpened();
    }

    @Override
    public List<ResultColumn> columns() {
        return statement.columns();
    }

    @Override
    public boolean next() {
        admit();
        try {
            return advance();
        } catch (SkyportException e) {
            SkyportException located = entry.told(running.located(e));
            failed(located);
            throw located;
        }
    }

    private void failed(SkyportException failure) {
        clock.failed(failure.code(), rowCount, byteCount);
        scope.failed(failure);
    }

    /** Who is refused, or does not wait for the end of others, has done no harm to a transaction. */
    private void admit() {
        if (admitted || resting) {
            return; // whoever reads on what rests is admitted himself
        }
        clock.wake();
        LogContext.enter(clock);
        try {
            interruptible(entry::giveUp);
            entry.admit(scope);
            admitted = true;
            EngineStream stream = current;
            interruptible(stream == null ? null : stream::interrupt);
        } catch (SkyportException e) {
            SkyportException told = entry.told(e);
            clock.failed(told.code(), rowCount, byteCount);
            throw told;
        }
    }

    /** Lets others run until somebody reads. */
    void pause() {
        admitted = false;
        entry.pause();
        clock.rest();
    }

    /** Starts the engine now, for what happens in between to make no difference. */
    void begin() {
        boolean begun = false;
        try {
            admit();
            ask();
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    private void ask() {
        try {
            if (current == null) {
                long begun = System.nanoTime();
                start();
                clock.worked(System.nanoTime() - begun);
            }
        } catch (SkyportException e) {
            SkyportException located = entry.told(running.located(e));
            failed(located);
            throw located;
        }
    }

    private boolean advance() {
        long begun = System.nanoTime();
        try {
            return advanced();
        } finally {
            clock.worked(System.nanoTime() - begun);
        }
    }

    private boolean advanced() {
        while (current != null || start()) {
            EngineStream stream = open();
            if (stream.loadNextBatch()) {
                count(stream.root());
                return true;
            }
            release();
        }
        ended = true;
        clock.succeeded(rowCount, byteCount);
        return false;
    }

    private boolean start() {
        if (!rows.hasNext()) {
            return false;
        }
        List<@Nullable Object> parameters = rows.next();
        EngineStream stream = scope.start(statement, waiting, () -> started(parameters));
        current = stream;
        interruptible(stream::interrupt);
        AnnouncedColumns.require(statement, stream.schema());
        return true;
    }

    private EngineStream started(List<@Nullable Object> parameters) {
        EngineConnection connection = scope.reading(statement).acquire();
        boolean started = false;
        try {
            interruptible(connection::interrupt);
            runsOn(connection);
            running = statement.forValues(parameters);
            clock.runs(running.engineSql(), parameters);
            EngineStream stream = connection.query(running.engineSql(), parameters);
            started = true;
            return stream;
        } finally {
            if (!started) {
                release();
                connection.close();
            }
        }
    }

    private synchronized void runsOn(EngineConnection connection) {
        runsOn = connection;
        begun++;
    }

    @Override
    public double progress() {
        EngineConnection asked;
        int before;
        synchronized (this) {
            asked = runsOn;
            before = begun - 1;
        }
        double current = asked == null ? -1 : asked.progress();
        return current < 0 && runs == 1 ? -1 : Math.max(0, (before + Math.max(0, current)) / runs);
    }

    private void count(VectorSchemaRoot root) {
        long bytes = 0;
        for (FieldVector vector : root.getFieldVectors()) {
            bytes += vector.getBufferSize();
        }
        entry.gave(root.getRowCount(), bytes);
        rowCount += root.getRowCount();
        byteCount += bytes;
        clock.gave(rowCount, byteCount);
    }

    /** The reader has what it wanted: it is not that it gave up. */
    void enough() {
        ended = true;
        clock.succeeded(rowCount, byteCount);
    }

    /** Nobody reads for now: a transaction and a session may be idle, and no time runs out. Whoever reads on says so. */
    void rest() {
        if (!resting) {
            resting = true;
            entry.close();
            use.close();
            clock.rest();
        }
    }

    /** Of the statement that it belongs to. */
    StatementClock clock() {
        return clock;
    }

    @Override
    public VectorSchemaRoot root() {
        return open().root();
    }

    @Override
    public synchronized boolean interrupted() {
        return interrupted;
    }

    @Override
    public void interrupt() {
        Runnable running;
        synchronized (this) {
            interrupted = true;
            running = interrupt;
        }
        waiting.cancel();
        if (running != null) {
            running.run();
        }
    }

    private synchronized void interruptible(@Nullable Runnable running) {
        interrupt = running;
        if (interrupted && running != null) {
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        release();
        if (!ended) {
            clock.failed(ErrorCode.QUERY_CANCELED, rowCount, byteCount);
        }
        rest();
        clock.listener().streamClosed();
    }

    private void release() {
        synchronized (this) {
            interrupt = null;
            runsOn = null;
        }
        EngineStream stream = current;
        current = null;
        if (stream != null) {
            stream.close();
        }
    }

    private EngineStream open() {
        EngineStream stream = current;
        if (stream == null) {
            throw new IllegalStateException("There is no batch");
        }
        return stream;
    }
}
