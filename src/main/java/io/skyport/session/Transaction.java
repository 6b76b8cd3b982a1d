package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.OwnCatalog;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.catalog.TransactionCatalog;
import io.skyport.engine.Connections;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineHold;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Isolation;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import io.skyport.sql.WrittenRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
    private final List<Savepoint> savepoints = new ArrayList<>();
    private final Sequences sequences;
    /** What all statements read and wrote. */
    private final Set<ObjectName> touched = new HashSet<>();

    private final Set<ObjectName> read = new HashSet<>();
    private final Set<ObjectName> written = new HashSet<>();
    private final Set<ObjectName> changedSchema = new HashSet<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    /** Those that were opened here, by how many were opened before them. */
    private final NavigableMap<Integer, Cursor> cursors = new TreeMap<>();

    private int openedCursors;
    private volatile TransactionMode mode;
    /** Read without waiting for the statement that runs. */
    private volatile State state = State.OPEN;

    /** Where the order of commits, and the catalog, were at the first statement; unknown before. */
    private long since = -1;

    private long catalogVersion;
    /** Whether a statement was run. */
    private boolean used;

    private boolean changedCatalog;
    private @Nullable String database;
    private @Nullable TransactionCatalog catalog;
    /** What the session has besides, as of the last statement. */
    private @Nullable OwnCatalog temporary;

    /** What CURRENT_TIMESTAMP is, as the engine writes it; null before it is asked for. */
    private @Nullable String now;

    /**
     * A place to come back to.
     *
     * @param position how much of the log was before it
     * @param commitActions how many of the actions after the commit were before it
     * @param cursors how many cursors were opened before it
     */
    private record Savepoint(String id, String name, int position, int commitActions, int cursors) {}

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
    public synchronized SqlContext context(SqlContext context, String text) {
        requireUsable();
        begun();
        temporary = context.own();
        SqlContext seen = context.withOwn(own(context.own()));
        return Clock.mayBeAsked(text) ? Clock.stoppedAt(now(), seen) : seen;
    }

    /** It cannot be asked any more when it is needed. */
    private void startClock() {
        now = now();
    }

    /** The engine's own time of its transaction, which is another one when that is begun anew. */
    private String now() {
        String known = now;
        if (known == null) {
            known = Clock.of(hold);
            now = known;
        }
        return known;
    }

    /** The catalog as all see it is right until DDL of anybody makes it differ from what this transaction sees. */
    private @Nullable OwnCatalog own(@Nullable OwnCatalog temporary) {
        if (catalog == null && (changedCatalog || commits.catalog().version() != catalogVersion)) {
            catalog = new TransactionCatalog(hold, connection.objects().orElse(null));
        }
        return catalog != null ? catalog : connection.temporary() ? temporary : null;
    }

    private void begun() {
        if (since < 0) {
            // Before the engine takes its snapshot, which it does when it first looks into a database.
            since = commits.versions().now();
            catalogVersion = commits.catalog().version();
        }
    }

    @Override
    public synchronized Connections reading(CompiledStatement query) {
        requireUsable();
        begun();
        used = true;
        Set<ObjectName> tables = tables(query.reads());
        touched.addAll(tables);
        read.addAll(tables);
        return hold;
    }

    /** What is behind a view or a function is not told: they count as everything. */
    private Set<ObjectName> tables(Set<ObjectName> names) {
        Set<ObjectName> tables = new HashSet<>();
        for (ObjectName name : names) {
            boolean table = snapshot(name)
                    .table(name.database(), name.schema(), name.name())
                    .filter(found -> found.kind() != TableKind.VIEW)
                    .isPresent();
            if (!table) {
                tables.add(TableVersions.ANYTHING);
            } else if (!isTemporary(name)) {
                tables.add(name.folded());
            }
        }
        return tables;
    }

    @Override
    public synchronized long write(CompiledStatement statement, Work work) {
        requireUsable();
        mode.requireWritable(statement);
        requireOneDatabase(statement);
        begun();
        used = true;
        Set<ObjectName> tables = tables(statement.reads());
        touched.addAll(tables);
        read.addAll(tables);
        readByWriting(statement);
        WrittenRows inserted = WriteLog.onlyInserts(statement)
                ? rows(statement.writes()).stream().findFirst().orElse(null)
                : null;
        try (Use ignored = use();
                Recording recording = log.recording(statement, work, inserted)) {
            long count = work.run().on(hold, recording);
            noteWritten(statement);
            log.add(statement, work, recording, inserted, () -> rows(statement.writes()), hold);
            if (changedCatalog && (statement.isVolatile() || inserted != null && inserted.hasComputedDefault())) {
                sequences.note();
            }
            return count;
        } catch (SkyportException e) {
            failed(e);
            throw e;
        }
    }

    /** The tables of these names, as they are now, and no views. */
    private List<WrittenRows> rows(Set<ObjectName> names) {
        List<WrittenRows> tables = new ArrayList<>();
        for (ObjectName name : names) {
            snapshot(name)
                    .table(name.database(), name.schema(), name.name())
                    .filter(table -> table.kind() != TableKind.VIEW && table.external() == null)
                    .ifPresent(table -> tables.add(new WrittenRows(table)));
        }
        return tables;
    }

    private CatalogSnapshot snapshot(ObjectName name) {
        CatalogSnapshot shared = commits.catalog().snapshot();
        OwnCatalog seen = own(isTemporary(name) ? temporary : null);
        return seen == null ? shared : seen.with(shared);
    }

    /** All but a plain INSERT looks at the rows that are there, and the engine at those behind foreign keys. */
    private void readByWriting(CompiledStatement statement) {
        boolean inserts = statement.kind() == StatementKind.DML
                && statement.engineSql().startsWith("INSERT INTO ")
                && !statement.engineSql().contains(" ON CONFLICT");
        for (ObjectName name : statement.writes()) {
            if (isTemporary(name)) {
                continue;
            }
            touched.add(name.folded());
            if (!inserts) {
                read.add(name.folded());
            }
            if (mode.serializable()) {
                read.addAll(inserts ? referenced(name) : related(name));
            }
        }
    }

    private Set<ObjectName> referenced(ObjectName name) {
        return snapshot(name)
                .table(name.database(), name.schema(), name.name())
                .map(Table::foreignKeys)
                .orElse(List.of())
                .stream()
                .map(key -> key.referencedTable().folded())
                .collect(Collectors.toSet());
    }

    private Set<ObjectName> related(ObjectName name) {
        Set<ObjectName> related = referenced(name);
        for (Table table : snapshot(name).tables()) {
            if (table.foreignKeys().stream()
                    .anyMatch(key -> key.referencedTable().folded().equals(name.folded()))) {
                related.add(table.name().folded());
            }
        }
        return related;
    }

    private void noteWritten(CompiledStatement statement) {
        statement.writes().stream().filter(name -> !isTemporary(name)).forEach(name -> {
            written.add(name.folded());
            database = name.database();
        });
        if (statement.kind() == StatementKind.DDL) {
            catalog = null;
            changedCatalog = true;
            changedSchema.addAll(statement.writes());
            if (statement.writes().isEmpty()) {
                changedSchema.add(TableVersions.ANYTHING);
                written.add(TableVersions.ANYTHING);
            }
        }
    }

    private static boolean isTemporary(ObjectName name) {
        return name.database().equals(Engine.TEMPORARY_DATABASE);
    }

    /** The engine would find out only when it writes, and lose all that was done before. */
    private void requireOneDatabase(CompiledStatement statement) {
        String first = database;
        for (ObjectName name : statement.writes()) {
            if (first != null && !isTemporary(name) && !same(first, name.database())) {
                throw new SkyportException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "the transaction has written to database \"" + first
                                + "\", and one transaction can write to one database: commit before writing to \""
                                + name.database() + "\"");
            }
        }
    }

    private static boolean same(String database, String other) {
        return database.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
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
        startClock();
        Savepoint savepoint = new Savepoint(Handles.next(), name, log.size(), afterCommit.size(), openedCursors);
        savepoints.add(savepoint);
        return savepoint.id();
    }

    /**
     * Forgets a savepoint, and those behind it.
     *
     * @param idOrName an id, or the name, in which ASCII case is ignored, of the last one called so
     * @throws SkyportException 3B001 if there is none
     */
    synchronized void release(String idOrName) {
        requireUsable();
        dropFrom(position(idOrName));
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
        Savepoint savepoint = savepoints.get(position(idOrName));
        dropFrom(savepoints.indexOf(savepoint) + 1);
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

    private void restart(Savepoint savepoint) {
        closeCursors(savepoint.cursors(), true);
        hold.rollback();
        catalogVersion = commits.catalog().version();
        hold.begin();
        try (EngineConnection replayed = hold.acquire()) {
            log.replay(savepoint.position(), replayed);
        }
        lookIntoDatabases();
        commits.versions().requireUnchanged(touched, since);
        sequences.restore();
        afterCommit.subList(savepoint.commitActions(), afterCommit.size()).clear();
        written.clear();
        changedSchema.clear();
        catalog = null;
        changedCatalog = false;
        database = null;
        log.entries().forEach(entry -> noteWritten(entry.statement()));
    }

    /** What is checked to be unchanged must not change afterwards: the engine looks at the data of now from here on. */
    private void lookIntoDatabases() {
        if (!touched.isEmpty()) {
            try (EngineConnection connection = hold.acquire()) {
                connection.update("SELECT count(*) FROM duckdb_schemas()", List.of());
            }
        }
    }

    private int position(String idOrName) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            Savepoint savepoint = savepoints.get(i);
            if (savepoint.id().equals(idOrName) || same(savepoint.name(), idOrName)) {
                return i;
            }
        }
        throw new SkyportException(ErrorCode.INVALID_SAVEPOINT, "savepoint \"" + idOrName + "\" does not exist");
    }

    private void dropFrom(int position) {
        savepoints.subList(position, savepoints.size()).clear();
    }

    /**
     * Makes all it did durable and visible to others, or fails and has done nothing; it is over in either case, unless a
     * statement of it had failed.
     *
     * @throws SkyportException 40001 if it collides with another transaction, 23505 and its like if a key does, 25P02 if a
     *     statement of it failed
     */
    synchronized void commit() {
        if (state != State.OPEN) {
            requireUsable();
        }
        // What they would still give need not be put aside.
        closeCursors(0, false);
        try {
            requireUsable();
            commitWritten();
        } catch (SkyportException e) {
            closeCursors(0, true);
            throw e;
        } finally {
            end();
        }
        if (!changedSchema.isEmpty()) {
            commits.changed(changedSchema.contains(TableVersions.ANYTHING) ? Set.of() : changedSchema);
        }
        afterCommit.forEach(Runnable::run);
    }

    private void commitWritten() {
        if (mode.serializable() && (!written.isEmpty() || databasesRead() > 1)) {
            try (TableVersions.Writing ignored = commits.versions().committing(read, written, since)) {
                hold.commit();
            } catch (SkyportException e) {
                rollBackAfter(e);
                throw e;
            }
        } else {
            try (TableVersions.Writing ignored = commits.versions().writing(written)) {
                hold.commit();
            }
        }
    }

    /** Of several databases, each has a snapshot of its own time. */
    private long databasesRead() {
        if (read.contains(TableVersions.ANYTHING)) {
            return commits.catalog().snapshot().databases().size();
        }
        return read.stream().map(ObjectName::database).distinct().count();
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
        closeCursors(0, true);
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
        cursors.values().removeIf(older -> !older.isOpen());
        cursors.put(openedCursors++, cursor);
    }

    /** @param from how many were opened before the first of them */
    private void closeCursors(int from, boolean held) {
        NavigableMap<Integer, Cursor> later = cursors.tailMap(from, true);
        later.values().removeIf(cursor -> {
            boolean close = held || !cursor.options().held();
            if (close) {
                cursor.close();
            }
            return close;
        });
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
