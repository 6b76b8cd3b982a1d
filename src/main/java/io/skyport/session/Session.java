package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.OwnCatalog;
import io.skyport.catalog.TemporaryObjects;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * What one client has on the server, and the verbs that both protocols translate to. A statement runs in the transaction that
 * it is given, or else in the one that the session's BEGIN opened, or else commits by itself.
 *
 * <p>Thread-safe: statements of one session run side by side, or in turn in one transaction or once it has temporary objects;
 * USE and SET hold for statements that begin after them. All verbs block until done; another thread stops them by the
 * {@link Cancellation} they were given. All failures are {@link SkyportException}s whose positions refer to the client's text.
 */
public final class Session implements AutoCloseable {

    private static final Pattern SHOWS = Pattern.compile("(?i)\\bshow\\b");

    private final String id;
    private final String user;
    private final boolean shared;
    private final StatementRunner runner;
    private final int maxPreparedStatements;
    private final long maxBoundBytes;
    private final Map<String, PreparedStatement> preparedStatements = new ConcurrentHashMap<>();
    private final Cursors cursors;
    private final OwnConnection own;
    private final OwnConnections ownConnections;
    private final Autocommit autocommit;
    private final Transactions transactions;
    private final Set<Transaction> begun = ConcurrentHashMap.newKeySet();
    /** What BEGIN opened and nothing has ended yet. */
    private volatile @Nullable Transaction current;

    private volatile SessionState state;
    private final Running running;
    private final NamedOptions namedOptions;
    private final Runnable keepsState;
    private final AtomicBoolean stateful = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Session before;

    Session(
            String id,
            String user,
            boolean shared,
            SqlContext context,
            StatementRunner runner,
            OwnConnections ownConnections,
            Transactions transactions,
            Running running,
            SessionProperties properties,
            Runnable keepsState) {
        this.running = running;
        this.id = id;
        this.user = user;
        this.shared = shared;
        this.state = new SessionState(context, SessionOptions.DEFAULT);
        this.keepsState = keepsState;
        this.namedOptions = new NamedOptions(this, properties.clientOptionTypes(), properties.clientOptionByteLimit());
        this.runner = runner;
        this.ownConnections = ownConnections;
        this.own = new OwnConnection(runner.engine(), ownConnections);
        this.transactions = transactions;
        this.autocommit = new Autocommit(runner.commits(), own, this::options, this::single);
        this.cursors = new Cursors(properties.maxCursors());
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

    /** What happens around its statements. */
    public SessionOptions options() {
        return state.options();
    }

    /** Its options by the names that protocols know. */
    public NamedOptions namedOptions() {
        return namedOptions;
    }

    /** Whether it is not one client's alone: calls that present nothing but their user share it. */
    public boolean shared() {
        return shared;
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    /** The catalog as this session sees it now: with what is temporary, and what its open transaction did. */
    public CatalogSnapshot catalog() {
        Scope scope = scope((Transaction) null);
        boolean usable = !(scope instanceof Transaction transaction) || transaction.usable();
        return runner.catalog(usable ? scope.context(state.context(), "") : state.context());
    }

    /** Opens a transaction with what the session's options say. */
    public Transaction begin() {
        return begin(options().mode());
    }

    /**
     * Opens a transaction beside others, for statements that are given it. The first one of a session that is one client's
     * alone sees the session's temporary objects.
     *
     * @throws SkyportException 53400 if too many are open
     */
    public Transaction begin(TransactionMode mode) {
        boolean first = !shared && !own.inTransaction();
        Transaction transaction =
                transactions.begin(user, mode, first ? own : new OwnConnection(runner.engine(), ownConnections));
        begun.removeIf(older -> !older.open());
        begun.add(transaction);
        return transaction;
    }

    /**
     * Ends a transaction.
     *
     * @throws SkyportException what {@link Transaction#commit} throws; it is over then, unless the code is 25P02
     */
    public void commit(Transaction transaction) {
        end(transaction, transaction::commit);
    }

    /** Ends a transaction; what it did is undone. */
    public void rollback(Transaction transaction) {
        end(transaction, transaction::rollback);
    }

    /** Marks a place in a transaction to come back to; returns its id. */
    public String savepoint(Transaction transaction, String name) {
        return transaction.savepoint(name);
    }

    /** Undoes what a transaction did since a savepoint, given by its id or name. */
    public void rollbackTo(Transaction transaction, String savepoint) {
        transaction.rollbackTo(savepoint);
        if (transaction.isOn(own)) {
            refreshTemporary();
        }
    }

    /** Forgets a savepoint, given by its id or name. */
    public void release(Transaction transaction, String savepoint) {
        transaction.release(savepoint);
    }

    private void end(Transaction transaction, Runnable how) {
        try {
            how.run();
        } finally {
            if (transaction.ended()) {
                begun.remove(transaction);
                forgetCurrent(transaction);
                if (transaction.isOn(own)) {
                    refreshTemporary();
                }
            }
        }
    }

    private synchronized void forgetCurrent(Transaction transaction) {
        if (current == transaction) {
            current = null;
        }
    }

    /** The open transaction of this id, of whichever session of the user. */
    public Transaction transaction(String transactionId) {
        return transactions.find(transactionId, user);
    }

    /** Compiles a statement and runs nothing: its columns, parameters and kind. */
    public CompiledStatement describe(String text) {
        return describe(text, (Transaction) null);
    }

    /** @param within the transaction it is to run in; null for the session's, or none */
    public CompiledStatement describe(String text, @Nullable Transaction within) {
        return describe(text, scope(within));
    }

    private CompiledStatement describe(String text, Scope scope) {
        requireNotClosed();
        if (own.forgetLost()) {
            refreshTemporary();
        }
        if (scope instanceof Transaction transaction && !transaction.usable()) {
            return requireEnd(text, transaction);
        }
        try {
            return runner.compile(user, text, scope.context(seenBy(text), text));
        } catch (SkyportException e) {
            scope.failed(e);
            throw e;
        }
    }

    /** Options are no part of what texts mean, but of those that show them. */
    private SqlContext seenBy(String text) {
        SessionState now = state;
        if (!SHOWS.matcher(text).find()) {
            return now.context();
        }
        Map<String, String> settings = new HashMap<>(now.context().settings());
        settings.putAll(now.options().texts());
        return now.context().withSettings(settings);
    }

    /** All that a transaction takes which cannot go on is its end. */
    private CompiledStatement requireEnd(String text, Transaction transaction) {
        try {
            CompiledStatement statement = runner.compile(user, text, state.context());
            if (statement.change() instanceof SessionChange.Transaction) {
                return statement;
            }
        } catch (SkyportException e) {
            throw transaction.unusable(e);
        }
        throw transaction.unusable(null);
    }

    /** A statement about to run, and in what. */
    private record Placed(CompiledStatement statement, Scope scope) {}

    /** Without auto_commit a statement opens a transaction if none is open. */
    private Placed placed(String text, Scope scope) {
        CompiledStatement statement = describe(text, scope);
        if (scope != autocommit
                || options().autoCommit()
                || statement.kind() == StatementKind.SESSION
                || ofTheEngine(statement)) {
            return new Placed(statement, scope);
        }
        Transaction opened = opened();
        return new Placed(describe(text, opened), opened);
    }

    /** What runs in no transaction does not open one. */
    private static boolean ofTheEngine(CompiledStatement statement) {
        return statement.preparation() instanceof Preparation.CreateDatabase
                || statement.preparation() instanceof Preparation.DropDatabase;
    }

    private synchronized Transaction opened() {
        Transaction open = current;
        if (open == null) {
            keepsState();
            open = begin();
            current = open;
        }
        return open;
    }

    /** A transaction for one statement that commits by itself. */
    private Transaction single(CompiledStatement statement) {
        OwnConnection connection = statement.usesTemporary() ? own : new OwnConnection(runner.engine(), ownConnections);
        return transactions.begin(user, options().mode(), connection);
    }

    private Scope scope(@Nullable Transaction within) {
        Transaction open = within == null ? current : within;
        return open == null ? autocommit : open;
    }

    /**
     * Executes a statement without parameters: DML, DDL and SESSION statements now and exactly once, a query when its
     * rows are opened, or now if it is in a transaction.
     */
    public Execution execute(String text, Cancellation cancellation) {
        return execute(text, null, cancellation);
    }

    /** @param within the transaction it runs in; null for the session's, or none */
    public Execution execute(String text, @Nullable Transaction within, Cancellation cancellation) {
        Placed placed = placed(text, scope(within));
        return execute(placed.statement(), List.of(List.of()), placed.scope(), cancellation);
    }

    /** Executes a statement for its count alone: rows affected, or delivered if it is a query, whose rows are dropped. */
    public long update(String text, Cancellation cancellation) {
        return update(text, null, cancellation);
    }

    /** @param within the transaction it runs in; null for the session's, or none */
    public long update(String text, @Nullable Transaction within, Cancellation cancellation) {
        Placed placed = placed(text, scope(within));
        return update(placed.statement(), List.of(List.of()), placed.scope(), cancellation);
    }

    /**
     * Prepares a statement under a new handle.
     *
     * @throws SkyportException 53400 if the session has too many
     */
    public PreparedStatement prepare(String text) {
        return prepare(text, null);
    }

    /** @param within the transaction it is to run in; null for the session's at that time, or none */
    public PreparedStatement prepare(String text, @Nullable Transaction within) {
        requireRoomForPreparedStatement();
        PreparedStatement statement = new PreparedStatement(describe(text, within), within);
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
        Session shared = before;
        if (statement == null && shared != null) {
            statement = shared.preparedStatements.get(handle);
        }
        if (statement == null) {
            throw new SkyportException(ErrorCode.INVALID_STATEMENT_NAME, "The prepared statement is unknown or closed");
        }
        return statement;
    }

    /** What an execution of a prepared statement would run now: compiled anew if the catalog changed since it was prepared. */
    public CompiledStatement describe(PreparedStatement statement) {
        return describe(statement, scope(statement));
    }

    private CompiledStatement describe(PreparedStatement statement, Scope scope) {
        // A hit in the plan cache while nothing changed; after DDL the text may mean something else.
        return describe(statement.text(), scope);
    }

    /**
     * Clients that commit and go on do not prepare again what was prepared in the transaction that is over. What they mean is
     * plain if they have one transaction open.
     */
    private Scope scope(PreparedStatement statement) {
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

    /** Forgets a prepared statement; executions of it that run go on. Fails with 26000 if the handle is unknown. */
    public void closePreparedStatement(String handle) {
        preparedStatement(handle);
        preparedStatements.remove(handle);
        Session shared = before;
        if (shared != null) {
            shared.preparedStatements.remove(handle);
        }
    }

    /** Its client was in a session shared with others, and goes on to use what it prepared there. */
    void comesAfter(Session sharedBefore) {
        before = sharedBefore;
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
        Placed placed = placed(statement.text(), scope(statement));
        return execute(placed.statement(), statement.rowsToExecute(), placed.scope(), cancellation);
    }

    /** Executes a prepared statement for its count, once for each row bound to it, all or nothing. */
    public long update(PreparedStatement statement, Cancellation cancellation) {
        Placed placed = placed(statement.text(), scope(statement));
        return update(placed.statement(), statement.rowsToExecute(), placed.scope(), cancellation);
    }

    /**
     * Executes a prepared statement for its count, once for each row of {@code rows} as they arrive, all or nothing. A
     * statement without parameters runs once, whatever {@code rows} has. {@code rows} is left open.
     */
    public long update(PreparedStatement statement, ArrowReader rows, Cancellation cancellation) {
        Placed placed = placed(statement.text(), scope(statement));
        Scope scope = placed.scope();
        CompiledStatement compiled = placed.statement();
        if (compiled.parameters().isEmpty()) {
            return update(compiled, List.of(List.of()), scope, cancellation);
        }
        keepOwn(compiled, scope);
        return running(scope, cancellation, stop -> runner.update(user, compiled, rows, scope, stop));
    }

    private Running.Entry enter(Runnable stop) {
        return running.enter(this, stop);
    }

    /** Runs what ends before its caller goes on. */
    private <T> T running(Scope scope, Cancellation callers, Function<Cancellation, T> work) {
        Cancellation cancellation = new Cancellation();
        try (Running.Entry entry = enter(cancellation::cancel);
                Cancellation.Registration waiting = cancellation.onCancel(entry::giveUp);
                Cancellation.Registration ignored = callers.onCancel(cancellation::cancel)) {
            return entry.run(() -> {
                entry.admit(scope);
                return work.apply(cancellation);
            });
        }
    }

    /** How many statements and results of it run. */
    public int running() {
        return running.count(this);
    }

    /** Stops what it runs, which fails with 57014, and does not wait for that; false if it runs nothing. */
    public boolean cancel() {
        return running.cancel(this);
    }

    /** SET, or RESET if the value is null, of what SQL knows under a name. */
    void set(String name, @Nullable String value) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        String text = value == null ? "RESET " + quoted : "SET " + quoted + " = '" + value.replace("'", "''") + "'";
        long unused = update(text, new Cancellation());
    }

    /** USE. */
    void use(SessionChange.Use place) {
        requireOwnSession("Options");
        keepsState();
        synchronized (this) {
            state = state.with(place);
        }
    }

    /** Something is in the session that its client counts on. */
    void keepsState() {
        if (!shared && stateful.compareAndSet(false, true)) {
            keepsState.run();
        }
    }

    private void requireNotClosed() {
        if (closed) {
            throw new SkyportException(ErrorCode.UNKNOWN_HANDLE, "The session was closed");
        }
    }

    /**
     * Opens a cursor over a query.
     *
     * @param name by which it is found beside its id, in any case of letters; null for none
     * @param parameters the query's, as {@link io.skyport.engine.EngineConnection} takes them
     * @param within the transaction it belongs to; null for the session's, or none
     * @throws SkyportException 0A000 if the text is no query or the options cannot be kept, 42P03 if the name is in use, 53400
     *     if the session has too many, 07001 if the parameters are not as many as the query's
     */
    public Cursor openCursor(
            String text,
            @Nullable String name,
            CursorOptions options,
            List<? extends @Nullable Object> parameters,
            @Nullable Transaction within,
            Cancellation cancellation) {
        cursors.requireRoom(name);
        Placed placed = placed(text, scope(within));
        CompiledStatement query = placed.statement();
        Transaction transaction = placed.scope() instanceof Transaction open ? open : null;
        options.requireKept(transaction != null);
        if (query.kind() != StatementKind.QUERY) {
            throw new SkyportException(ErrorCode.FEATURE_NOT_SUPPORTED, "a cursor is opened over a query");
        }
        OpeningCursor opening = new OpeningCursor(
                runner,
                user,
                text,
                seenBy(text),
                parameters,
                placed.scope(),
                ownConnections,
                this::enter,
                cancellation);
        OpeningCursor.Opened opened = opening.open(query, options.type());
        CursorOptions sized = options.or(options().fetchSize());
        Cursor cursor = new Cursor(name, sized, opened.columns(), opened.rows(), transaction, cursors::remove);
        boolean added = false;
        try {
            keepsState();
            cursors.add(cursor);
            if (transaction != null) {
                transaction.opened(cursor);
            }
            added = true;
            return cursor;
        } finally {
            if (!added) {
                cursor.close();
            }
        }
    }

    /** The open cursor of this id or name, or 34000. */
    public Cursor cursor(String idOrName) {
        return cursors.find(idOrName);
    }

    /** All open cursors. */
    public List<Cursor> cursors() {
        return cursors.all();
    }

    /**
     * Fetches rows, in the transaction in which the cursor was opened, or, once that is over, or if there was none, in the
     * session's.
     *
     * @throws SkyportException 24000 if the cursor is closed or cannot go there, 25P02 if the transaction has failed, 53400 if
     *     the rows take more than {@code skyport.session.max-returned-bytes}, 57014 if it was cancelled, or closed meanwhile
     */
    public CursorPage fetch(Cursor cursor, Fetch fetch, Cancellation cancellation) {
        Scope scope = scope(cursor.transaction());
        if (scope instanceof Transaction transaction && !transaction.usable()) {
            throw transaction.unusable(null);
        }
        return cursor.fetch(fetch, runner.page(), scope, cancellation);
    }

    /** Closes the cursor of this id or name, and stops what it fetches; fails with 34000 if there is none. */
    public void closeCursor(String idOrName) {
        cursor(idOrName).close();
    }

    /** Closes every cursor and prepared statement, rolls back what is open, and gives up what is temporary. */
    @Override
    public void close() {
        closed = true;
        boolean unused = cancel();
        preparedStatements.clear();
        cursors.close();
        begun.forEach(Transaction::abandon);
        begun.clear();
        own.close();
    }

    int preparedStatementCount() {
        return preparedStatements.size();
    }

    private Execution execute(
            CompiledStatement compiled, List<List<@Nullable Object>> rows, Scope scope, Cancellation cancellation) {
        if (compiled.kind() == StatementKind.QUERY) {
            checkParameters(compiled, rows);
            return scope instanceof Transaction
                    ? started(compiled, rows, scope, cancellation)
                    : promised(compiled, rows, scope);
        }
        if (compiled.kind() == StatementKind.DML && compiled.returnsRows()) {
            checkParameters(compiled, rows);
            keepOwn(compiled, scope);
            return running(scope, cancellation, stop -> runner.returning(user, compiled, rows, scope, stop));
        }
        long count = update(compiled, rows, scope, cancellation);
        return new Execution(user, List.of(), count, () -> NoRows.INSTANCE, () -> {});
    }

    private Execution promised(CompiledStatement query, List<List<@Nullable Object>> rows, Scope scope) {
        return new Execution(
                user,
                query.columns(),
                Execution.UNKNOWN_COUNT,
                () -> {
                    requireNotClosed();
                    return runner.query(user, query, rows, scope, this::enter);
                },
                () -> {});
    }

    /** What the transaction does after it must not be seen by it. */
    private Execution started(
            CompiledStatement query, List<List<@Nullable Object>> rows, Scope scope, Cancellation cancellation) {
        QueryStream stream = runner.query(user, query, rows, scope, this::enter);
        try (Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            stream.begin();
            stream.pause();
        } catch (SkyportException e) {
            stream.close();
            throw e;
        }
        return new Execution(user, query.columns(), Execution.UNKNOWN_COUNT, () -> stream, stream::close);
    }

    private long update(
            CompiledStatement compiled, List<List<@Nullable Object>> rows, Scope scope, Cancellation cancellation) {
        checkParameters(compiled, rows);
        return switch (compiled.kind()) {
            case SESSION -> change(compiled, scope);
            case QUERY -> runner.countRows(user, compiled, rows, scope, cancellation, this::enter);
            case DML, DDL -> running(scope, cancellation, stop -> runWriting(compiled, rows, scope, stop));
        };
    }

    private void keepOwn(CompiledStatement compiled, Scope scope) {
        if (compiled.temporary()) {
            requireOwnSession("Temporary objects");
            if (scope instanceof Transaction transaction && !transaction.isOn(own)) {
                throw new SkyportException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "The session's temporary objects belong to another open transaction of it");
            }
            keepsState();
            own.keep();
        }
    }

    /** Whoever drops the database that he uses is in the first one then. */
    private long runWriting(
            CompiledStatement compiled, List<List<@Nullable Object>> rows, Scope scope, Cancellation cancellation) {
        keepOwn(compiled, scope);
        long count = runner.update(user, compiled, rows, scope, cancellation);
        if (compiled.temporary() && compiled.kind() == StatementKind.DDL) {
            refreshTemporary();
        }
        apply(compiled);
        return count;
    }

    private synchronized void refreshTemporary() {
        OwnCatalog objects =
                own.objects().<OwnCatalog>map(TemporaryObjects.class::cast).orElse(null);
        state = state.with(state.context().withOwn(objects));
    }

    private long change(CompiledStatement compiled, Scope scope) {
        if (compiled.change() instanceof SessionChange.Transaction change) {
            apply(change, scope);
        } else {
            requireOwnSession("USE and SET");
            apply(compiled);
        }
        return 0;
    }

    private void requireOwnSession(String what) {
        if (shared) {
            throw new SkyportException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    what
                            + " need a session of this connection alone: authenticate by Handshake and send the token it"
                            + " returns, or set a session option and keep the cookie that comes with it");
        }
    }

    private synchronized void apply(CompiledStatement compiled) {
        compiled.sessionChange().ifPresent(change -> {
            if (change instanceof SessionChange.Prepare) {
                requireRoomForPreparedStatement();
            }
            keepsState();
            SessionState next = state.with(change);
            Transaction open = current;
            if (next.options().autoCommit() && !state.options().autoCommit() && open != null) {
                commit(open); // as JDBC has it
            }
            state = next;
        });
    }

    private void apply(SessionChange.Transaction change, Scope scope) {
        if (change instanceof SessionChange.Begin begin) {
            begin(begin, scope);
        } else if (scope instanceof Transaction transaction) {
            apply(change, transaction);
        } else if (options().autoCommit()) {
            throw new SkyportException(ErrorCode.NO_ACTIVE_TRANSACTION, "There is no transaction in progress");
        } else if (!(change instanceof SessionChange.Commit || change instanceof SessionChange.Rollback)) {
            apply(change, opened());
        }
    }

    private synchronized void begin(SessionChange.Begin begin, Scope scope) {
        if (scope instanceof Transaction transaction) {
            if (!transaction.usable()) {
                throw transaction.unusable(null);
            }
            throw new SkyportException(ErrorCode.ACTIVE_TRANSACTION, "There is already a transaction in progress");
        }
        requireOwnSession("BEGIN and COMMIT");
        keepsState();
        current = begin(options().mode().with(begin.isolation(), begin.readOnly()));
    }

    private void apply(SessionChange.Transaction change, Transaction transaction) {
        if (change instanceof SessionChange.Commit) {
            commit(transaction);
        } else if (change instanceof SessionChange.Rollback) {
            rollback(transaction);
        } else if (change instanceof SessionChange.SetTransaction set) {
            transaction.set(set.isolation(), set.readOnly());
        } else if (change instanceof SessionChange.Savepoint savepoint) {
            String unused = savepoint(transaction, savepoint.name());
        } else if (change instanceof SessionChange.RollbackTo savepoint) {
            rollbackTo(transaction, savepoint.name());
        } else if (change instanceof SessionChange.Release savepoint) {
            transaction.release(savepoint.name());
        }
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
