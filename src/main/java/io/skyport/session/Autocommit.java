package io.skyport.session;

import io.skyport.catalog.ObjectName;
import io.skyport.engine.Connections;
import io.skyport.engine.EngineStream;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Each statement commits by itself. One that loses an optimistic conflict is run again, a bounded number of times: its
 * client never sees that others write the same rows.
 */
final class Autocommit implements Scope {

    private static final long FIRST_PAUSE_NANOS = 200_000;
    private static final int MOST_DOUBLINGS = 8;

    private final Commits commits;
    private final OwnConnection own;
    private final Supplier<SessionOptions> options;
    private final Function<CompiledStatement, Transaction> begin;

    /**
     * @param options what the session has set
     * @param begin opens a transaction for one statement
     */
    Autocommit(
            Commits commits,
            OwnConnection own,
            Supplier<SessionOptions> options,
            Function<CompiledStatement, Transaction> begin) {
        this.commits = commits;
        this.own = own;
        this.options = options;
        this.begin = begin;
    }

    @Override
    public SqlContext context(SqlContext context) {
        return context;
    }

    @Override
    public SqlContext timed(SqlContext context) {
        return context;
    }

    @Override
    public Connections reading(CompiledStatement query) {
        return connections(query);
    }

    /**
     * Of several databases, each has a snapshot of its own time: all are of one time if nothing changed in between.
     * Where somebody writes all the time, writers are held up for that.
     */
    @Override
    public EngineStream start(CompiledStatement query, Cancellation waiting, Supplier<EngineStream> start) {
        Set<ObjectName> read = options.get().mode().serializable() ? commits.readOfSeveral(query) : Set.of();
        if (read.isEmpty()) {
            return start.get();
        }
        long since = commits.versions().now();
        EngineStream stream = start.get();
        try {
            commits.versions().requireUnchanged(read, since);
            return stream;
        } catch (SkyportException changed) {
            stream.close();
        }
        try (TableVersions.Writing ignored = commits.versions().resting(read, waiting)) {
            return start.get();
        }
    }

    @Override
    public long write(CompiledStatement statement, Work work) {
        TransactionMode mode = options.get().mode();
        mode.requireWritable(statement);
        Connections connections = connections(statement);
        boolean checked = mode.serializable() && readsToWrite(statement);
        for (int attempt = 1; ; attempt++) {
            try {
                return checked
                        ? inTransaction(statement, work)
                        : commits.committing(
                                statement, work.cancellation(), () -> work.run().on(connections, null));
            } catch (SkyportException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE || !work.repeatable() || attempt > commits.retries()) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    /** What it writes may depend on what others write at the same time. */
    private static boolean readsToWrite(CompiledStatement statement) {
        return statement.kind() == StatementKind.DML
                && !(statement.reads().isEmpty() && WriteLog.onlyInserts(statement));
    }

    private long inTransaction(CompiledStatement statement, Work work) {
        Transaction transaction = begin.apply(statement);
        try {
            long count = transaction.write(statement, work);
            transaction.commit(work.cancellation());
            return count;
        } finally {
            transaction.rollback(); // unless it is over
        }
    }

    /** Those who collide come back at different times. */
    static void pause(int attempt) {
        long most = FIRST_PAUSE_NANOS << Math.min(attempt, MOST_DOUBLINGS);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }

    private Connections connections(CompiledStatement statement) {
        boolean temporary = statement.usesTemporary();
        if (own.inTransaction()) {
            if (temporary) {
                throw new SkyportException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "temporary objects can be used in the open transaction only, until it ends");
            }
            return own.any();
        }
        return own.connections();
    }

    @Override
    public void outside(CompiledStatement statement, Runnable work) {
        options.get().mode().requireWritable(statement);
        work.run();
        commits.changed(statement);
    }

    @Override
    public void failed(SkyportException failure) {}

    @Override
    public void afterCommit(Runnable work) {
        work.run();
    }
}
