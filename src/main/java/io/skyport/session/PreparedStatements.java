package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one session, by handle, until they are closed or nobody names them for too long. Those that PREPARE
 * named count with them, and stay. Thread-safe.
 */
final class PreparedStatements implements AutoCloseable {

    private final String user;
    private final OwnState state;
    private final ClosedStatements gone;
    private final Quota quota;
    private final int limit;
    private final Duration timeout;
    private final Map<String, PreparedStatement> byHandle = new ConcurrentHashMap<>();
    private volatile @Nullable PreparedStatements before;

    PreparedStatements(String user, OwnState state, SharedParts parts) {
        this.user = user;
        this.state = state;
        this.gone = parts.closedStatements();
        this.quota = parts.prepared();
        this.limit = parts.properties().maxPreparedStatements();
        this.timeout = parts.properties().preparedTimeout();
    }

    /** @throws SkyportException 53400 if there are as many as may be */
    synchronized void requireRoom() {
        if (byHandle.size() + state.now().context().statements().size() >= limit) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "The session has " + limit
                            + " prepared statements already (skyport.session.max-prepared-statements)");
        }
    }

    /**
     * Adds one, or fails as {@link #requireRoom} does.
     *
     * @param within the transaction it is to run in; null for the session's at that time, or none
     */
    synchronized PreparedStatement add(CompiledStatement compiled, @Nullable Transaction within) {
        requireRoom();
        quota.take();
        PreparedStatement statement = new PreparedStatement(compiled, within);
        byHandle.put(statement.handle(), statement);
        return statement;
    }

    /** @throws SkyportException 26000 if there is none */
    PreparedStatement find(String handle) {
        PreparedStatement own = known(handle);
        PreparedStatements shared = before;
        PreparedStatement statement = own == null && shared != null ? shared.known(handle) : own;
        if (statement == null) {
            throw new SkyportException(
                    ErrorCode.INVALID_STATEMENT_NAME,
                    "The prepared statement is unknown, was closed, or was not used for"
                            + " skyport.session.prepared-timeout");
        }
        return statement;
    }

    private @Nullable PreparedStatement known(String handle) {
        PreparedStatement statement = byHandle.get(handle);
        if (statement == null || isIdle(statement)) {
            return null;
        }
        statement.use();
        return statement;
    }

    private boolean isIdle(PreparedStatement statement) {
        return !timeout.isZero() && statement.idleFor(timeout);
    }

    /**
     * Forgets one; executions of it that run go on. Nothing happens if it was there once.
     *
     * @throws SkyportException 26000 if it never was, as far as is remembered
     */
    void close(String handle) {
        PreparedStatements shared = before;
        boolean closed = remove(handle) || shared != null && shared.remove(handle);
        if (!closed && !gone.has(handle, user)) {
            find(handle);
        }
    }

    private boolean remove(String handle) {
        boolean there = byHandle.remove(handle) != null;
        if (there) {
            quota.giveBack();
            gone.add(handle, user);
        }
        return there;
    }

    /** Forgets those that nobody has named for too long. */
    void closeIdle() {
        byHandle.values().stream()
                .filter(this::isIdle)
                .map(PreparedStatement::handle)
                .forEach(this::remove);
    }

    /** What was prepared in another session can be used in this one. */
    void comeAfter(PreparedStatements shared) {
        before = shared;
    }

    int size() {
        return byHandle.size();
    }

    @Override
    public void close() {
        byHandle.keySet().forEach(this::remove);
    }
}
