package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.SqlContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All sessions. Thread-safe.
 *
 * <p>A session is created with the first call that names it and closed when idle for
 * {@code skyport.session.idle-timeout}.
 */
public final class Sessions implements AutoCloseable {

    /** How often in the time that something may be idle is looked whether it is. */
    private static final int SWEEPS = 4;

    /** How ids begin of sessions that belong to a connection. */
    private static final String CONNECTED = "connection:";

    private static final Supplier<Caller> INTERNAL = () -> Caller.INTERNAL;

    private final StatementRunner runner;
    private final SessionProperties properties;
    private final SessionListener listener;
    private final OwnConnections ownConnections;
    private final Transactions transactions;
    private final Executions executions;
    private final StoredResults storedResults;
    private final WhileUsed<Session> sessions;
    private final LostSessions lost;
    private final Quota prepared;
    private final Quota cursors;
    private final ClosedStatements closedStatements;
    private final Running running;
    private final Kills kills = new Kills(this);

    /** Sessions that remember nothing over a restart. */
    Sessions(StatementRunner runner, SessionProperties properties, SessionListener listener) {
        this(
                runner,
                properties,
                listener,
                new LostSessionsFile(
                        null, properties.lostSessionMemory(), properties.maxLostSessions(), InstantSource.system()));
    }

    Sessions(StatementRunner runner, SessionProperties properties, SessionListener listener, LostSessions lost) {
        this.lost = lost;
        this.prepared = new Quota(
                properties.maxAllPreparedStatements(),
                "prepared statements",
                "skyport.session.max-all-prepared-statements");
        this.cursors = new Quota(properties.maxAllCursors(), "cursors", "skyport.session.max-all-cursors");
        this.closedStatements = new ClosedStatements(properties.maxClosedStatements());
        this.runner = runner;
        this.properties = properties;
        this.listener = listener;
        this.running = new Running(this::touch, properties.statements().limits());
        this.ownConnections = new OwnConnections(runner.engine(), properties.maxOwnConnections());
        this.transactions = new Transactions(
                properties.maxTransactions(),
                properties.transactionTimeout(),
                runner.commits(),
                () -> new WriteLog(runner.engine(), runner.allocator(), properties.transactionLogByteLimit()));
        this.executions = new Executions(properties.maxOpenResults(), properties.resultTimeout());
        this.storedResults = new StoredResults(
                properties.storedResults(), runner.engine(), runner.allocator(), InstantSource.system());
        this.sessions = new WhileUsed<>(
                properties.idleTimeout(),
                session -> session.id().startsWith(CONNECTED) || session.busy(),
                this::closed,
                System::nanoTime);
        running.regularly(properties.idleTimeout().dividedBy(SWEEPS), sessions::sweep);
        running.regularly(properties.transactionTimeout().dividedBy(SWEEPS), transactions::sweep);
        if (!properties.preparedTimeout().isZero()) {
            running.regularly(properties.preparedTimeout().dividedBy(SWEEPS), this::closeIdleStatements);
        }
    }

    /**
     * The session of a client.
     *
     * @param user the authenticated user
     * @param roles the user's roles
     * @param key what only this client presents, for example the id of its token; null for clients that present nothing:
     *     they share one session of their user, which refuses USE and SET
     * @throws SkyportException 53300 if it would be one session too many; HY000 if what the key stands for held something and
     *     is lost: closed, idle for too long, or of before the server's last start
     */
    public Session session(String user, Set<String> roles, @Nullable String key) {
        return session(user, roles, key, INTERNAL);
    }

    /** @param caller where its current call comes from; asked on the calling thread whenever a statement begins */
    public Session session(String user, Set<String> roles, @Nullable String key, Supplier<Caller> caller) {
        String id = id(user, key);
        return existing(user, key).orElseGet(() -> open(id, user, roles, caller, key == null, () -> lost.remember(id)));
    }

    /**
     * The session of a client, if it has one by now.
     *
     * @throws SkyportException HY000 if it had one that held something and is lost
     */
    public Optional<Session> existing(String user, @Nullable String key) {
        String id = id(user, key);
        Optional<Session> session = sessions.use(id);
        if (session.isEmpty() && key != null && lost.remembers(id)) {
            throw new SkyportException(
                    ErrorCode.UNKNOWN_HANDLE,
                    "The token's session, and what was set in it, is gone: it was closed or idle for too long, or the"
                            + " server was restarted. Connect again");
        }
        return session;
    }

    private static String id(String user, @Nullable String key) {
        return key == null ? "user:" + user : "token:" + key + ":" + user;
    }

    /**
     * Opens a session for a client that will name it by its id, which is opaque and unguessable. What it prepared in the one
     * that all of its user share can be used there.
     *
     * @param caller where its current call comes from; asked on the calling thread whenever a statement begins
     * @throws SkyportException 53300 if it would be one session too many
     */
    public Session open(String user, Set<String> roles, Supplier<Caller> caller) {
        Session session = open(Handles.next(), user, roles, caller, false, () -> {});
        existing(user, null).ifPresent(session::comesAfter);
        return session;
    }

    /**
     * Opens a session for a client whose connection it belongs to: it ends with that, and never by being idle.
     *
     * @param caller where its current call comes from; asked on the calling thread whenever a statement begins
     * @throws SkyportException 53300 if it would be one session too many
     */
    public Session openConnected(String user, Set<String> roles, Supplier<Caller> caller) {
        return open(CONNECTED + Handles.next(), user, roles, caller, false, () -> {});
    }

    /**
     * The session of this id.
     *
     * @throws SkyportException HY000 if there is none, not any more, or it is somebody else's
     */
    public Session find(String id, String user) {
        return sessions.use(id)
                .filter(session -> session.user().equals(user))
                .orElseThrow(() -> new SkyportException(
                        ErrorCode.UNKNOWN_HANDLE,
                        "The session is unknown: it never was, was closed or idle for too long, or the server was restarted."
                                + " Connect again"));
    }

    /** All that are open. */
    public List<Session> list() {
        return List.copyOf(sessions.values());
    }

    /** The open session of this id, whoever's it is. */
    public Optional<Session> find(String id) {
        // Who looks at a session does not keep it from being idle.
        return sessions.look(id);
    }

    /**
     * Lets no statement begin any more, and waits for those that run and for results to be read. What ends transactions still
     * works.
     *
     * @return false if something runs after that time
     */
    public boolean drain(Duration atMost) {
        return running.drain(atMost);
    }

    /** {@link #drain(Duration)} for {@code skyport.session.drain-time}. */
    public boolean drain() {
        return drain(properties.drainTime());
    }

    private void closeIdleStatements() {
        sessions.values().forEach(Session::closeIdleStatements);
    }

    /** Whether this was the handle of a prepared statement of the user that is gone, alone or with its session. */
    public boolean closedStatement(String handle, String user) {
        return closedStatements.has(handle, user);
    }

    /** After which a prepared statement that nobody names is closed; zero for never. */
    public Duration preparedTimeout() {
        return properties.preparedTimeout();
    }

    private void touch(Session session) {
        Optional<Session> unused = sessions.use(session.id());
    }

    /** The options of a session that set none. */
    public Map<String, OptionValue> initialOptions() {
        return NamedOptions.values(context(Set.of()), SessionOptions.DEFAULT);
    }

    /** Closes a session with all it holds. Whoever asks for it again is told. */
    public void close(Session session) {
        session.keepsState();
        remove(session);
    }

    /** The open session of this {@link Session#tag()}, whoever's it is. */
    public Optional<Session> tagged(String tag) {
        return sessions.values().stream()
                .filter(session -> session.tag().equals(tag))
                .findAny();
    }

    /** What runs in all sessions, or waits to. */
    public List<RunningStatement> statements() {
        return running.statements();
    }

    /**
     * Stops the statement of this {@link RunningStatement#id()}, whoever's it is, which fails with 57014, and does not wait for
     * that.
     *
     * @return false if it does not run
     */
    public boolean cancel(String statement) {
        return running.cancel(statement);
    }

    /** {@link #cancel(String)} for somebody who says so by KILL, which the statement's client is told. */
    boolean kill(String statement) {
        return running.kill(statement);
    }

    /** How many statements run. */
    public int runningStatements() {
        return running.admission().running();
    }

    /** How many statements wait to run. */
    public int waitingStatements() {
        return running.admission().waiting();
    }

    /** How many statements were not let run, for this reason. */
    public long refusedStatements(Refusal why) {
        return running.admission().refused(why);
    }

    /** How many cursors are open. */
    public int openCursors() {
        return cursors.taken();
    }

    /** How many statements are prepared, but for those of PREPARE. */
    public int preparedStatements() {
        return prepared.taken();
    }

    /** Results that wait to be fetched. */
    public Executions executions() {
        return executions;
    }

    /** Statements that run in the background, and their results. */
    public StoredResults storedResults() {
        return storedResults;
    }

    /** Those that are open. */
    public Transactions transactions() {
        return transactions;
    }

    /** How many sessions are open. */
    public long size() {
        return sessions.size();
    }

    /** Closes all sessions and gives up the results that wait. */
    @Override
    public void close() {
        executions.close();
        sessions.values().forEach(this::remove);
        storedResults.close();
        transactions.close();
        running.close();
    }

    private Session open(
            String id, String user, Set<String> roles, Supplier<Caller> caller, boolean shared, Runnable keepsState) {
        if (sessions.size() >= properties.maxSessions()) {
            sessions.sweep();
            if (sessions.size() >= properties.maxSessions()) {
                throw new SkyportException(
                        ErrorCode.TOO_MANY_CONNECTIONS,
                        "There are " + properties.maxSessions() + " sessions already (skyport.session.max-sessions)");
            }
        }
        return sessions.use(id, () -> {
            SharedParts parts = new SharedParts(
                    runner,
                    ownConnections,
                    transactions,
                    storedResults,
                    running,
                    closedStatements,
                    prepared,
                    cursors,
                    kills,
                    properties);
            Session session = new Session(id, user, caller, shared, context(roles), parts, keepsState);
            listener.sessionOpened(session);
            return session;
        });
    }

    private static SqlContext context(Set<String> roles) {
        return new SqlContext(Engine.DEFAULT_DATABASE, Engine.DEFAULT_SCHEMA, roles, Map.of());
    }

    private void remove(Session session) {
        if (sessions.remove(session.id(), session)) {
            closed(session);
        }
    }

    private void closed(Session session) {
        session.close();
        listener.sessionClosed(session);
    }
}
