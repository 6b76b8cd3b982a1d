package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SessionChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one session: those that its client names by their ids, and the current one, which BEGIN opened, or a
 * statement without auto_commit. Thread-safe.
 */
final class OwnTransactions implements AutoCloseable {

    private final String user;
    private final OwnState state;
    private final Engine engine;
    private final OwnConnection own;
    private final OwnConnections connections;
    private final Transactions all;
    private final Autocommit autocommit;
    private final int limit;
    private final Set<Transaction> begun = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Transaction current;

    OwnTransactions(String user, OwnState state, OwnConnection own, SharedParts parts) {
        this.user = user;
        this.state = state;
        this.engine = parts.runner().engine();
        this.own = own;
        this.connections = parts.ownConnections();
        this.all = parts.transactions();
        this.limit = parts.properties().maxTransactionsPerSession();
        this.autocommit = new Autocommit(parts.runner().commits(), own, state::options, this::single);
    }

    /** The open transaction of this id, of whichever session of the user. */
    Transaction find(String id) {
        return all.find(id, user);
    }

    /** How many are open. */
    int size() {
        return (int) begun.stream().filter(Transaction::open).count();
    }

    Optional<Transaction> current() {
        return Optional.ofNullable(current);
    }

    /** The first one of a session that is one client's alone sees the session's temporary objects. */
    synchronized Transaction begin(TransactionMode mode) {
        begun.removeIf(older -> !older.open());
        if (begun.size() >= limit) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "The session has " + limit
                            + " open transactions already (skyport.session.max-transactions-per-session)");
        }
        boolean first = !state.shared() && !own.inTransaction();
        Transaction transaction = all.begin(user, mode, first ? own : new OwnConnection(engine, connections));
        begun.add(transaction);
        return transaction;
    }

    /** A transaction for one statement that commits by itself. */
    private Transaction single(CompiledStatement statement) {
        return single(statement.usesTemporary());
    }

    private Transaction single(boolean temporary) {
        OwnConnection connection = temporary ? own : new OwnConnection(engine, connections);
        return all.begin(user, state.options().mode(), connection).withoutSavepoints();
    }

    /**
     * Runs work in a transaction of its own, all or nothing.
     *
     * @param waiting ends its waits for the commits of others
     */
    long alone(boolean temporary, Cancellation waiting, ToLongFunction<Scope> work) {
        Transaction transaction = single(temporary);
        try {
            long count = work.applyAsLong(transaction);
            commit(transaction, waiting);
            return count;
        } finally {
            rollback(transaction); // unless it is over
        }
    }

    /**
     * In what rows are ingested: clients are known that do not tell which transaction they mean, which is plain if they have one
     * open.
     */
    Scope ingesting(@Nullable Transaction within) {
        Scope scope = scope(within);
        if (scope != autocommit || state.shared()) {
            return scope;
        }
        List<Transaction> open = begun.stream().filter(Transaction::open).toList();
        if (open.size() == 1) {
            return open.get(0);
        }
        return opens(scope) ? opened() : scope;
    }

    /** In what a statement runs that is given {@code within}: that, the current one, or each statement by itself. */
    Scope scope(@Nullable Transaction within) {
        Transaction open = within == null ? current : within;
        return open == null ? autocommit : open;
    }

    /**
     * Clients that commit and go on do not prepare again what was prepared in the transaction that is over. What they mean is
     * plain if they have one transaction open.
     */
    Scope scope(PreparedStatement statement) {
        Transaction within = statement.transaction();
        if (within == null || within.open()) {
            return scope(within);
        }
        List<Transaction> open = begun.stream().filter(Transaction::open).toList();
        if (open.size() != 1) {
            throw new SkyportException(
                    ErrorCode.NO_ACTIVE_TRANSACTION,
                    "The transaction in which the statement was prepared has ended, and "
                            + (open.isEmpty() ? "no other is open" : "several others are open"));
        }
        return open.get(0);
    }

    /** Whether a statement that is given none opens one. */
    boolean opens(Scope scope) {
        return scope == autocommit && !state.options().autoCommit();
    }

    /** The current one, opened if there is none. */
    synchronized Transaction opened() {
        Transaction open = current;
        if (open == null) {
            state.keep();
            open = begin(state.options().mode());
            current = open;
        }
        return open;
    }

    void commit(Transaction transaction, Cancellation waiting) {
        end(transaction, () -> transaction.commit(waiting));
    }

    /** Nothing happens if there is no current one. */
    void commitCurrent() {
        current().ifPresent(transaction -> commit(transaction, new Cancellation()));
    }

    void rollback(Transaction transaction) {
        end(transaction, transaction::rollback);
    }

    void rollbackTo(Transaction transaction, String savepoint) {
        transaction.rollbackTo(savepoint);
        if (transaction.isOn(own)) {
            state.refreshTemporary();
        }
    }

    private void end(Transaction transaction, Runnable how) {
        try {
            how.run();
        } finally {
            if (transaction.ended()) {
                begun.remove(transaction);
                forgetCurrent(transaction);
                if (transaction.isOn(own)) {
                    state.refreshTemporary();
                }
            }
        }
    }

    private synchronized void forgetCurrent(Transaction transaction) {
        if (current == transaction) {
            current = null;
        }
    }

    /**
     * BEGIN, COMMIT, SAVEPOINT and so on, in what they were given.
     *
     * @param waiting ends a COMMIT's waits for those of others
     */
    void apply(SessionChange.Transaction change, Scope scope, Cancellation waiting) {
        if (change instanceof SessionChange.Begin begin) {
            begin(begin, scope);
        } else if (scope instanceof Transaction transaction) {
            apply(change, transaction, waiting);
        } else if (state.options().autoCommit()) {
            throw new SkyportException(ErrorCode.NO_ACTIVE_TRANSACTION, "There is no transaction in progress");
        } else if (!(change instanceof SessionChange.Commit || change instanceof SessionChange.Rollback)) {
            apply(change, opened(), waiting);
        }
    }

    private synchronized void begin(SessionChange.Begin begin, Scope scope) {
        if (scope instanceof Transaction transaction) {
            if (!transaction.usable()) {
                throw transaction.unusable(null);
            }
            throw new SkyportException(ErrorCode.ACTIVE_TRANSACTION, "There is already a transaction in progress");
        }
        state.requireOwnSession("BEGIN and COMMIT");
        state.keep();
        current = begin(state.options().mode().with(begin.isolation(), begin.readOnly()));
    }

    private void apply(SessionChange.Transaction change, Transaction transaction, Cancellation waiting) {
        if (change instanceof SessionChange.Commit) {
            commit(transaction, waiting);
        } else if (change instanceof SessionChange.Rollback) {
            rollback(transaction);
        } else if (change instanceof SessionChange.SetTransaction set) {
            transaction.set(set.isolation(), set.readOnly());
        } else if (change instanceof SessionChange.Savepoint savepoint) {
            String unused = transaction.savepoint(savepoint.name());
        } else if (change instanceof SessionChange.RollbackTo savepoint) {
            rollbackTo(transaction, savepoint.name());
        } else if (change instanceof SessionChange.Release savepoint) {
            transaction.release(savepoint.name());
        }
    }

    /** Stops what runs in them and rolls them back. */
    @Override
    public void close() {
        begun.forEach(Transaction::abandon);
        begun.clear();
    }
}
