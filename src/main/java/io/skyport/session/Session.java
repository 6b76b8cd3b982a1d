package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.engine.Connections;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * What one client has on the server, and the verbs that both protocols translate to. Every statement autocommits.
 *
 * <p>Thread-safe: statements of one session run side by side, or in turn once it has temporary objects; USE and SET hold for statements that begin after them. All
 * verbs block until done; another thread stops them by the {@link Cancellation} they were given. All failures are
 * {@link SkyportException}s whose positions refer to the client's text.
 */
public final class Session implements AutoCloseable {

    private final String id;
    private final String user;
    private final boolean shared;
    private final StatementRunner runner;
    private final int maxPreparedStatements;
    private final long maxBoundBytes;
    private final Map<String, PreparedStatement> preparedStatements = new ConcurrentHashMap<>();
    private final OwnConnection own;
    private volatile SessionState state;

    Session(
            String id,
            String user,
            boolean shared,
            SqlContext context,
            StatementRunner runner,
            OwnConnections own,
            SessionProperties properties) {
        this.id = id;
        this.user = user;
        this.shared = shared;
        this.state = new SessionState(context);
        this.runner = runner;
        this.own = new OwnConnection(runner.engine(), own);
        this.maxPreparedStatements = properties.maxPreparedStatements();
        this.maxBoundBytes = properties.boundByteLimit();
    }

    public String id() {
        return id;
    }

    public String user() {
        return user;
    }

    /** Where names are looked up now, and the settings. */
    public SqlContext context() {
        return state.context();
    }

    /** The catalog as this session sees it: with what is temporary, as the database {@code temp}. */
    public CatalogSnapshot catalog() {
        return runner.catalog(state.context());
    }

    /** Compiles a statement and runs nothing: its columns, parameters and kind. */
    public CompiledStatement describe(String text) {
        if (own.forgetLost()) {
            refreshTemporary();
        }
        return runner.compile(user, text, state.context());
    }

    /**
     * Executes a statement without parameters: DML, DDL and SESSION statements now and exactly once, a query when its
     * rows are opened.
     */
    public Execution execute(String text, Cancellation cancellation) {
        return execute(describe(text), List.of(List.of()), cancellation);
    }

    /** Executes a statement for its count alone: rows affected, or delivered if it is a query, whose rows are dropped. */
    public long update(String text, Cancellation cancellation) {
        return update(describe(text), List.of(List.of()), cancellation);
    }

    /**
     * Prepares a statement under a new handle.
     *
     * @throws SkyportException 53400 if the session has too many
     */
    public PreparedStatement prepare(String text) {
        requireRoomForPreparedStatement();
        PreparedStatement statement = new PreparedStatement(describe(text));
        preparedStatements.put(statement.handle(), statement);
        return statement;
    }

    private void requireRoomForPreparedStatement() {
        if (preparedStatements.size() + state.context().statements().size() >= maxPreparedStatements) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "The session has " + maxPreparedStatements
                            + " prepared statements already (skyport.session.max-prepared-statements)");
        }
    }

    /** The prepared statement of this handle, or 26000. */
    public PreparedStatement preparedStatement(String handle) {
        PreparedStatement statement = preparedStatements.get(handle);
        if (statement == null) {
            throw new SkyportException(ErrorCode.INVALID_STATEMENT_NAME, "The prepared statement is unknown or closed");
        }
        return statement;
    }

    /** What an execution of a prepared statement would run now: compiled anew if the catalog changed since it was prepared. */
    public CompiledStatement describe(PreparedStatement statement) {
        // A hit in the plan cache while nothing changed; after DDL the text may mean something else.
        return describe(statement.text());
    }

    /** Forgets a prepared statement; executions of it that run go on. Fails with 26000 if the handle is unknown. */
    public void closePreparedStatement(String handle) {
        preparedStatement(handle);
        preparedStatements.remove(handle);
    }

    /**
     * Binds parameter rows, in place of those bound before. Reads {@code rows} to its end and leaves it open.
     *
     * @throws SkyportException 07001 if the columns are not as many as the parameters, 22023 if a value does not fit its
     *     parameter's type, 53400 if the values take more than {@code skyport.session.max-bound-bytes}
     */
    public void bind(PreparedStatement statement, ArrowReader rows) {
        statement.bind(ParameterRows.read(rows, statement.compiled().parameters(), maxBoundBytes));
    }

    /** Executes a prepared statement with the rows bound to it; the results of several rows follow each other. */
    public Execution execute(PreparedStatement statement, Cancellation cancellation) {
        return execute(describe(statement), statement.rowsToExecute(), cancellation);
    }

    /** Executes a prepared statement for its count, once for each row bound to it, all or nothing. */
    public long update(PreparedStatement statement, Cancellation cancellation) {
        return update(describe(statement), statement.rowsToExecute(), cancellation);
    }

    /**
     * Executes a prepared statement for its count, once for each row of {@code rows} as they arrive, all or nothing. A
     * statement without parameters runs once, whatever {@code rows} has. {@code rows} is left open.
     */
    public long update(PreparedStatement statement, ArrowReader rows, Cancellation cancellation) {
        CompiledStatement compiled = describe(statement);
        if (compiled.parameters().isEmpty()) {
            return update(compiled, List.of(List.of()), cancellation);
        }
        return runner.update(user, compiled, rows, own.connections(), cancellation);
    }

    /** Closes every prepared statement, and gives up what is temporary. */
    @Override
    public void close() {
        preparedStatements.clear();
        own.close();
    }

    int preparedStatementCount() {
        return preparedStatements.size();
    }

    private Execution execute(
            CompiledStatement compiled, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        if (compiled.kind() == StatementKind.QUERY) {
            checkParameters(compiled, rows);
            return new Execution(
                    user,
                    compiled.columns(),
                    Execution.UNKNOWN_COUNT,
                    () -> runner.query(user, compiled, rows, own.connections()),
                    () -> {});
        }
        if (compiled.kind() == StatementKind.DML && compiled.returnsRows()) {
            checkParameters(compiled, rows);
            keepOwn(compiled);
            return runner.returning(user, compiled, rows, connections(compiled), cancellation);
        }
        long count = update(compiled, rows, cancellation);
        return new Execution(user, List.of(), count, () -> NoRows.INSTANCE, () -> {});
    }

    private long update(CompiledStatement compiled, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        checkParameters(compiled, rows);
        return switch (compiled.kind()) {
            case SESSION -> change(compiled);
            case QUERY -> runner.countRows(user, compiled, rows, own.connections(), cancellation);
            case DML, DDL -> runWriting(compiled, rows, cancellation);
        };
    }

    private void keepOwn(CompiledStatement compiled) {
        if (compiled.temporary()) {
            requireOwnSession("Temporary objects");
            own.keep();
        }
    }

    /** Whoever drops the database that he uses is in the first one then. */
    private long runWriting(CompiledStatement compiled, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        keepOwn(compiled);
        long count = runner.update(user, compiled, rows, connections(compiled), cancellation);
        if (compiled.temporary() && compiled.kind() == StatementKind.DDL) {
            refreshTemporary();
        }
        apply(compiled);
        return count;
    }

    /** What needs its connection's own database to be another one would leave it so. */
    private Connections connections(CompiledStatement compiled) {
        return compiled.preparation() instanceof Preparation.UseDatabase ? runner.engine() : own.connections();
    }

    private synchronized void refreshTemporary() {
        state = new SessionState(state.context().withTemporary(own.objects().orElse(null)));
    }

    private long change(CompiledStatement compiled) {
        requireOwnSession("USE and SET");
        apply(compiled);
        return 0;
    }

    private void requireOwnSession(String what) {
        if (shared) {
            throw new SkyportException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    what
                            + " need a session of this connection alone: authenticate by Handshake and send the token it returns");
        }
    }

    private synchronized void apply(CompiledStatement compiled) {
        compiled.sessionChange().ifPresent(this::apply);
    }

    private void apply(SessionChange change) {
        if (change instanceof SessionChange.Transaction) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Transactions are not supported: every statement commits by itself");
        }
        if (change instanceof SessionChange.Prepare) {
            requireRoomForPreparedStatement();
        }
        state = state.with(change);
    }

    private static void checkParameters(CompiledStatement compiled, List<List<@Nullable Object>> rows) {
        int expected = compiled.parameters().size();
        for (List<@Nullable Object> row : rows) {
            if (row.size() != expected) {
                throw new SkyportException(
                        ErrorCode.PARAMETER_COUNT_MISMATCH,
                        "The statement has " + expected + " parameters, and " + row.size() + " were given");
            }
        }
    }
}
