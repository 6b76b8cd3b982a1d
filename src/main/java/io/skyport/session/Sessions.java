package io.skyport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.SqlContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All sessions. Thread-safe.
 *
 * <p>A session is created with the first call that names it and closed when idle for
 * {@code skyport.session.idle-timeout}.
 */
public final class Sessions implements AutoCloseable {

    private final StatementRunner runner;
    private final SessionProperties properties;
    private final SessionListener listener;
    private final OwnConnections ownConnections;
    private final Transactions transactions;
    private final Executions executions;
    private final Cache<String, Session> sessions;

    Sessions(StatementRunner runner, SessionProperties properties, SessionListener listener) {
        this.runner = runner;
        this.properties = properties;
        this.listener = listener;
        this.ownConnections = new OwnConnections(runner.engine(), properties.maxOwnConnections());
        this.transactions = new Transactions(
                properties.maxTransactions(),
                properties.transactionTimeout(),
                runner.commits(),
                () -> new WriteLog(runner.engine(), runner.allocator(), properties.transactionLogByteLimit()));
        this.executions = new Executions(properties.maxOpenResults(), properties.resultTimeout());
        this.sessions = Caffeine.newBuilder()
                .expireAfterAccess(properties.idleTimeout())
                .scheduler(Scheduler.systemScheduler())
                .removalListener(
                        (@Nullable String key, @Nullable Session session, RemovalCause cause) -> closed(session))
                .build();
    }

    /**
     * The session of a client.
     *
     * @param user the authenticated user
     * @param roles the user's roles
     * @param key what only this client presents, for example the id of its token; null for clients that present nothing:
     *     they share one session of their user, which refuses USE and SET
     * @throws SkyportException 53300 if it would be one session too many
     */
    public Session session(String user, Set<String> roles, @Nullable String key) {
        String id = key == null ? "user:" + user : "token:" + key + ":" + user;
        Session session = sessions.getIfPresent(id);
        return session != null ? session : open(id, user, roles, key == null);
    }

    /** Results that wait to be fetched. */
    public Executions executions() {
        return executions;
    }

    /** Those that are open. */
    public Transactions transactions() {
        return transactions;
    }

    /** How many sessions are open. */
    public long size() {
        return sessions.estimatedSize();
    }

    /** Closes all sessions and gives up the results that wait. */
    @Override
    public void close() {
        executions.close();
        // The removal listener runs later, on threads of its own.
        sessions.asMap().values().forEach(Session::close);
        transactions.close();
        sessions.invalidateAll();
        sessions.cleanUp();
    }

    private Session open(String id, String user, Set<String> roles, boolean shared) {
        if (sessions.estimatedSize() >= properties.maxSessions()) {
            sessions.cleanUp();
            if (sessions.estimatedSize() >= properties.maxSessions()) {
                throw new SkyportException(
                        ErrorCode.TOO_MANY_CONNECTIONS,
                        "There are " + properties.maxSessions() + " sessions already (skyport.session.max-sessions)");
            }
        }
        SqlContext context = new SqlContext(Engine.DEFAULT_DATABASE, Engine.DEFAULT_SCHEMA, roles, Map.of());
        return sessions.get(id, key -> {
            Session session = new Session(key, user, shared, context, runner, ownConnections, transactions, properties);
            listener.sessionOpened(session);
            return session;
        });
    }

    private void closed(@Nullable Session session) {
        if (session != null) {
            session.close();
            listener.sessionClosed(session);
        }
    }
}
