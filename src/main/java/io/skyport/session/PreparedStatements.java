package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The prepared statements of one session, by handle. Those that PREPARE named count with them. Thread-safe. */
final class PreparedStatements implements AutoCloseable {

    private final int limit;
    private final OwnState state;
    private final Map<String, PreparedStatement> byHandle = new ConcurrentHashMap<>();
    private volatile @Nullable PreparedStatements before;

    PreparedStatements(int limit, OwnState state) {
        this.limit = limit;
        this.state = state;
    }

    /** @throws SkyportException 53400 if there are as many as may be */
    void requireRoom() {
        if (byHandle.size() + state.now().context().statements().size() >= limit) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "The session has " + limit
                            + " prepared statements already (skyport.session.max-prepared-statements)");
        }
    }

    /** @param within the transaction it is to run in; null for the session's at that time, or none */
    PreparedStatement add(CompiledStatement compiled, @Nullable Transaction within) {
        PreparedStatement statement = new PreparedStatement(compiled, within);
        byHandle.put(statement.handle(), statement);
        return statement;
    }

    /** @throws SkyportException 26000 if there is none */
    PreparedStatement find(String handle) {
        PreparedStatement statement = byHandle.get(handle);
        PreparedStatements shared = before;
        if (statement == null && shared != null) {
            statement = shared.byHandle.get(handle);
        }
        if (statement == null) {
            throw new SkyportException(ErrorCode.INVALID_STATEMENT_NAME, "The prepared statement is unknown or closed");
        }
        return statement;
    }

    /** Forgets one; executions of it that run go on. Fails as {@link #find} does. */
    void close(String handle) {
        PreparedStatement known = find(handle);
        byHandle.remove(known.handle());
        PreparedStatements shared = before;
        if (shared != null) {
            shared.byHandle.remove(handle);
        }
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
        byHandle.clear();
    }
}
