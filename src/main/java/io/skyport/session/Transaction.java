package io.skyport.session;

import io.skyport.catalog.ObjectName;
import io.skyport.engine.Connections;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineHold;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Isolation;
import io.skyport.sql.SqlContext;
import io.skyport.sql.WrittenRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction: on one connection of the engine, from {@link Transactions#begin} to {@link #commit}, {@link #rollback}
 * or the end of {@code skyport.session.transaction-timeout} without a call. Its statements take turns.
 *
 * <p>A statement that fails makes it fail: only ROLLBACK is left then. What is refused because of the transaction itself (a
 * write in a read-only one, a second database, a BEGIN) leaves it as it is.
 *
 * <p>Thread-safe. Verbs may take as long as the statement that runs.
 */
public final class Transaction implements Scope {

    private enum State {
        OPEN,
        FAILED,
        EXPIRED,
        ENDED
    }

    private final String id = Handles.next();
    private final String user;
    private final Commits commits;
    private final OwnConnection connection;
    private final Transactions all;
    private final EngineHold hold;
    private final AtomicInteger uses = new AtomicInteger();
    private final WriteLog log;
    private final Savepoints savepoints = new Savepoints();
    private final Sequences sequences;
    private final SeenCatalog catalog;
    private final Footprint footprint;
    private final Clock clock;
    private final TransactionCursors cursors = new TransactionCursors();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private volatile TransactionMode mode;
    /** Read without waiting for the statement that runs. */
    private volatile State state = State.OPEN;

    /** Where the order of commits was at the first statement; unknown before. */
    private long since = -1;

    /** Whether a statement was run. */
    private boolean used;

    Transaction(
            String user,
            TransactionMode mode,
            Commits commits,
            OwnConnection connection,
            Transactions all,
            WriteLog log) {
        this.log = log;
        this.user = user;
        this.all = all;
        this.mode = mode;
        this.commits = commits;
        this.connection = connection;
        this.hold = connection.begin();
        this.sequences = new Sequences(hold);
        this.catalog = new SeenCatalog(commits.catalog(), connection, hold);
        this.footprint = new Footprint(catalog);
        this.clock = new Clock(hold);
    }

    /** Nobody will ask for savepoints. */
    Transaction withoutSavepoints() {
        log.keepNothing();
        return this;
    }

    /** Opaque and unguessable. */
    public String id() {
        return id;
    }

    public String user() {
        return user;
    }

    public TransactionMode mode() {
        return mode;
    }

    /** Keeps it from being idle until the returned is closed. */
    @Override
    public Use use() {
        uses.incrementAndGet();
        all.touch(this);
        return () -> {
            uses.decrementAndGet();
            all.touch(this);
        };
    }

    boolean inUse() {
        return uses.get() > 0;
    }

    /** Whether it is on this connection. */
    boolean isOn(OwnConnection other) {
        return connection == other;
    }

    /** Whether statements may run, or would if none had failed. */
    public boolean open() {
        return state == State.OPEN || state == State.FAILED;
    }

    /** Whether it was committed or rolled back, and whoever began it knows. */
    boolean ended() {
        return state == State.ENDED;
    }

    /** Whether a statement failed, so that only ROLLBACK is left. */
    public boolean isFailed() {
        return state == State.FAILED;
    }

    /**
     * SET TRANSACTION.
     *
     * @throws SkyportException 25001 after the first statement
     */
    synchronized void set(@Nullable Isolation isolation, @Nullable Boolean readOnly) {
        requireUsable();
        if (used) {
            throw new SkyportException(
                    ErrorCode.ACTIVE_TRANSACTION, "a transaction's mode is set before its first statement");
        }
        mode = mode.with(isolation, readOnly);
    }

    @Override
    public synchronized SqlContext context(SqlContext context) {
        requireUsable();
        begun();
        return context.withOwn(catalog.with(context.own()));
    }

    @Override
    public synchronized SqlContext timed(SqlContext context) {
        requireUsable();
        return clock.stopped(context);
    }

    private void begun() {
        if (since < 0) {
            // Before the engine takes its snapshot, which it does when it first looks into a database.
            since = commits.versions().now();
            catalog.begun();
        }
    }

    @Override
    public synchronized Connections reading(CompiledStatement query) {
        requireUsable();
        begun();
        used = true;
        footprint.reads(query);
        return hold;
    }

    @Override
    public synchronized long write(CompiledStatement statement, Work work) {
        requireUsable();
        mode.requireWritable(statement);
        footprint.requireOneDatabase(statement);
        begun();
        used = true;
        footprint.reads(statement);
        footprint.writes(statement, mode.serializable());
        WrittenRows inserted = WriteLog.onlyInserts(statement)
                ? catalog.rows(statement.writes()).stream().findFirst().orElse(null)
                : null;
        try (Use ignored = use();
                Recording recording = log.recording(statement, work, inserted)) {
            long count = work.run().on(hold, recording);
            footprint.wrote(statement);
            log.add(statement, work, recording, inserted, () -> catalog.rows(statement.writes()), hold);
            if (catalog.changed() && (statement.isVolatile() || inserted != null && inserted.hasComputedDefault())) {
                sequences.note();
            }
            return count;
        } catch (SkyportException e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public synchronized void outside(CompiledStatement statement, Runnable work) {
        requireUsable();
        throw new SkyportException(
                ErrorCode.ACTIVE_TRANSACTION, "the statement cannot run inside a transaction, which it could not undo");
    }

    @Override
    public synchronized void failed(SkyportException failure) {
        if (state == State.OPEN) {
            state = State.FAILED;
        }
    }

    @Override
    public synchronized void afterCommit(Runnable work) {
        afterCommit.add(work);
    }

    /**
     * Marks a place to come back to, in front of those of the same name.
     *
     * @return its id, opaque
     * @throws SkyportException 54000 if the transaction has become too large for that
     */
    synchronized String savepoint(String name) {
        requireUsable();
        log.requireKept();
        begun();
        used = true;
        // It cannot be asked any more when it is needed.
        String unused = clock.now();
        return savepoints
                .add(name, log.size(), afterCommit.size(), cursors.opened())
                .id();
    }

    /**
     * Forgets a savepoint, and those behind it.
     *
     * @param idOrName an id, or the name, in which ASCII case is ignored, of the last one called so
     * @throws SkyportException 3B001 if there is none
     */
    synchronized void release(String idOrName) {
        requireUsable();
        savepoints.release(idOrName);
    }

    /**
     * Undoes what was done since a savepoint, which stays, and forgets those behind it; also after a failed statement. The
     * engine's transaction is begun anew and all before the savepoint is done again.
     *
     * @throws SkyportException 3B001 if there is no such savepoint; 40001 if others have changed meanwhile what the transaction
     *     has read or written, so that it cannot go on from there
     */
    synchronized void rollbackTo(String idOrName) {
        if (state != State.FAILED) {
            requireUsable();
        }
        requireNotLost();
        log.requireKept();
        Savepoints.Savepoint savepoint = savepoints.back(idOrName);
        if (state == State.OPEN) {
            sequences.note();
        }
        try (Use ignored = use()) {
            restart(savepoint);
            state = State.OPEN;
        } catch (SkyportException e) {
            state = State.FAILED;
            throw e;
        }
    }

    private void restart(Savepoints.Savepoint savepoint) {
        cursors.closeFrom(savepoint.cursors());
        hold.rollback();
        catalog.begun();
        hold.begin();
        replay(savepoint.position());
        lookIntoDatabases();
        commits.versions().requireUnchanged(footprint.touched(), since);
        sequences.restore();
        afterCommit.subList(savepoint.commitActions(), afterCommit.size()).clear();
        footprint.undone();
        log.entries().forEach(entry -> footprint.wrote(entry.statement()));
    }

    private void replay(int position) {
        try (EngineConnection replayed = hold.acquire()) {
            log.replay(position, replayed);
        } catch (SkyportException e) {
            // What others have changed meanwhile, as columns or rows with the same keys, may be in the way of it.
            if (!e.code().fatal()) {
                requireUnchanged(e);
            }
            throw e;
        }
    }

    private void requireUnchanged(SkyportException replaying) {
        try {
            commits.versions().requireUnchanged(footprint.touched(), since);
        } catch (SkyportException changed) {
            changed.addSuppressed(replaying);
            throw changed;
        }
    }

    /** What is checked to be unchanged must not change afterwards: the engine looks at the data of now from here on. */
    private void lookIntoDatabases() {
        if (!footprint.touched().isEmpty()) {
            try (EngineConnection connection = hold.acquire()) {
                connection.update("SELECT count(*) FROM duckdb_schemas()", List.of());
            }
        }
    }

    /**
     * Makes all it did durable and visible to others, or fails and has done nothing; it is over in either case, unless a
     * statement of it had failed.
     *
     * @param waiting ends its waits for the commits of others
     * @throws SkyportException 40001 if it collides with another transaction, 23505 and its like if a key does, 25P02 if a
     *     statement of it failed, 55P03 and 57014 if it waited for others for too long or was cancelled then
     */
    synchronized void commit(Cancellation waiting) {
        if (state != State.OPEN) {
            requireUsable();
        }
        // What they would still give need not be put aside.
        cursors.closeUnlessHeld();
        try {
            requireUsable();
            commitWritten(waiting);
        } catch (SkyportException e) {
            cursors.closeFrom(0);
            throw e;
        } finally {
            end();
        }
        Set<ObjectName> changed = footprint.changedSchema();
        if (!changed.isEmpty()) {
            commits.changed(changed.contains(TableVersions.ANYTHING) ? Set.of() : changed);
        }
        afterCommit.forEach(Runnable::run);
    }

    private void commitWritten(Cancellation waiting) {
        Set<ObjectName> written = new HashSet<>(footprint.written());
        Set<ObjectName> unchanged = new HashSet<>(footprint.keys().needed());
        if (mode.serializable() && (!written.isEmpty() || footprint.readSeveralDatabases())) {
            unchanged.addAll(footprint.read());
        }
        written.addAll(footprint.keys().changed());
        try (TableVersions.Writing ignored = unchanged.isEmpty()
                ? commits.versions().writing(written, waiting)
                : commits.versions().committing(unchanged, written, since, waiting)) {
            hold.commit();
        } catch (SkyportException e) {
            rollBackAfter(e);
            throw e;
        }
    }

    private void rollBackAfter(SkyportException failure) {
        try {
            if (hold.inTransaction()) {
                hold.rollback();
            }
        } catch (SkyportException e) {
            failure.addSuppressed(e);
        }
    }

    /** Undoes all it did. Nothing happens if it is over. */
    synchronized void rollback() {
        if (state == State.EXPIRED) {
            state = State.ENDED;
        }
        if (state != State.ENDED) {
            undo(State.ENDED);
        }
    }

    /** Stops what runs, and undoes all it did. */
    void abandon() {
        hold.close();
        rollback();
    }

    /** Undoes all it did because nobody has asked for anything for too long. Nothing happens if it is over. */
    synchronized void expire() {
        if (open()) {
            undo(State.EXPIRED);
        }
    }

    private void undo(State after) {
        cursors.closeFrom(0);
        try {
            if (hold.inTransaction() && !hold.lost()) {
                hold.rollback();
            }
        } finally {
            end();
            state = after;
        }
    }

    private void end() {
        state = State.ENDED;
        try {
            log.close();
            connection.end();
        } finally {
            all.ended(this);
        }
    }

    /** Whether statements can run now. */
    boolean usable() {
        return state == State.OPEN && !hold.lost();
    }

    /** A cursor that ends with this, and with what is undone of it. */
    synchronized void opened(Cursor cursor) {
        requireUsable();
        cursors.add(cursor);
    }

    /** Why none can. */
    synchronized SkyportException unusable(@Nullable SkyportException cause) {
        try {
            requireUsable();
        } catch (SkyportException e) {
            if (cause != null) {
                e.addSuppressed(cause);
            }
            return e;
        }
        throw new IllegalStateException("The transaction can be used");
    }

    private void requireUsable() {
        switch (state) {
            case OPEN -> requireNotLost();
            case FAILED ->
                throw new SkyportException(
                        ErrorCode.IN_FAILED_TRANSACTION,
                        "a statement of the transaction failed: only ROLLBACK can follow");
            case EXPIRED ->
                throw new SkyportException(
                        ErrorCode.IDLE_TRANSACTION_TIMEOUT,
                        "the transaction was rolled back because nothing was asked of it for"
                                + " skyport.session.transaction-timeout");
            case ENDED -> throw new SkyportException(ErrorCode.NO_ACTIVE_TRANSACTION, "the transaction has ended");
        }
    }

    private void requireNotLost() {
        if (hold.lost()) {
            state = State.FAILED;
            throw new SkyportException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "the transaction was rolled back because the engine was reopened; try again");
        }
    }
}
