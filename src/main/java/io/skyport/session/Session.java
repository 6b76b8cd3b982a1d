package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.SqlType;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementParameter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
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

    /** The parameters of a statement that has none, once. */
    private static final List<List<@Nullable Object>> ONCE = List.of(List.of());

    private static final Tags TAGS = new Tags("s", System.currentTimeMillis());

    private final String id;
    private final String tag = TAGS.next();
    private final Instant opened = Instant.now();
    private final Author author;
    private final String user;
    private final StatementRunner runner;
    private final Running running;
    private final long maxBoundBytes;
    private final OwnConnection own;
    private final OwnState state;
    private final NamedOptions namedOptions;
    private final OwnTransactions transactions;
    private final PreparedStatements prepared;
    private final Statements statements;
    private final Cursors cursors;
    private final SqlCursors sqlCursors;
    private final OwnResults results;
    private final Caller opener;
    private final AtomicReference<Runnable> whenClosed = new AtomicReference<>(() -> {});

    /**
     * @param caller where the current call comes from; asked on the calling thread when a statement begins
     * @param initial what a new one has
     * @param keepsState called once, when something is in it that its client counts on
     */
    Session(
            String id,
            String user,
            Supplier<Caller> caller,
            boolean shared,
            SqlContext initial,
            SharedParts parts,
            Runnable keepsState) {
        SessionProperties properties = parts.properties();
        this.id = id;
        this.user = user;
        this.opener = caller.get();
        this.author = new Author(tag, user, caller, parts.runner().listener());
        this.runner = parts.runner();
        this.running = parts.running();
        this.maxBoundBytes = properties.boundByteLimit();
        this.own = new OwnConnection(runner.engine(), parts.ownConnections());
        this.state = new OwnState(shared, new SessionState(initial, SessionOptions.DEFAULT), own, keepsState);
        this.namedOptions = new NamedOptions(this, properties.clientOptionTypes(), properties.clientOptionByteLimit());
        this.transactions = new OwnTransactions(user, state, own, parts);
        this.prepared = new PreparedStatements(user, state, parts);
        this.statements = new Statements(
                author, runner, state, own, transactions, prepared, this::sqlCursors, parts.kills(), this::enter);
        this.cursors = new Cursors(parts, state, statements, this::enter);
        this.sqlCursors = new SqlCursors(cursors, transactions, runner);
        this.results = new OwnResults(user, statements, state, parts.storedResults(), () -> running.gaveUp(this));
    }

    private Running.Entry enter(StatementClock clock, Runnable stop) {
        return running.enter(this, clock, stop);
    }

    public String id() {
        return id;
    }

    public String user() {
        return user;
    }

    /** By which wire it was opened. */
    public Protocol protocol() {
        return opener.protocol();
    }

    /** By which people name it: unique over all starts of the server, short, and no secret as its id may be. */
    public String tag() {
        return tag;
    }

    /** Where the call came from that opened it. */
    public Caller opener() {
        return opener;
    }

    /** When it was opened. */
    public Instant opened() {
        return opened;
    }

    /** Where names are looked up now, and the settings. */
    public SqlContext context() {
        return state.now().context();
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
        return state.shared();
    }

    /** Whether it was closed. */
    public boolean closed() {
        return statements.closed();
    }

    /** The catalog as this session sees it now: with what is temporary, and what its open transaction did. */
    public CatalogSnapshot catalog() {
        Scope scope = transactions.scope((Transaction) null);
        boolean usable = !(scope instanceof Transaction transaction) || transaction.usable();
        return runner.catalog(usable ? scope.context(context()) : context());
    }

    // Transactions.

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
        return transactions.begin(mode);
    }

    /**
     * Ends a transaction.
     *
     * @param waiting ends its waits for the commits of others; it is rolled back then
     * @throws SkyportException what {@link Transaction#commit} throws; it is over then, unless the code is 25P02
     */
    public void commit(Transaction transaction, Cancellation waiting) {
        transactions.commit(transaction, waiting);
    }

    /** The same, for a caller who does not cancel. */
    public void commit(Transaction transaction) {
        commit(transaction, new Cancellation());
    }

    /** Ends a transaction; what it did is undone. */
    public void rollback(Transaction transaction) {
        transactions.rollback(transaction);
    }

    /** Marks a place in a transaction to come back to; returns its id. */
    public String savepoint(Transaction transaction, String name) {
        return transaction.savepoint(name);
    }

    /** Undoes what a transaction did since a savepoint, given by its id or name. */
    public void rollbackTo(Transaction transaction, String savepoint) {
        transactions.rollbackTo(transaction, savepoint);
    }

    /** Forgets a savepoint, given by its id or name. */
    public void release(Transaction transaction, String savepoint) {
        transaction.release(savepoint);
    }

    /** What BEGIN opened, or a statement without auto_commit, until it ends. */
    public Optional<Transaction> current() {
        return transactions.current();
    }

    /** The open transaction of this id, of whichever session of the user. */
    public Transaction transaction(String transactionId) {
        return transactions.find(transactionId);
    }

    // Statements.

    /**
     * The text that a Substrait plan means, to be given to the other verbs.
     *
     * @throws SkyportException 0A000 that names what is not supported, or what is wrong with the plan
     */
    public String textOf(byte[] plan) {
        return runner.textOf(author.clock("/* Substrait */"), plan);
    }

    /** Compiles a statement and runs nothing: its columns, parameters and kind. */
    public CompiledStatement describe(String text) {
        return describe(text, null);
    }

    /** @param within the transaction it is to run in; null for the session's, or none */
    public CompiledStatement describe(String text, @Nullable Transaction within) {
        return statements.describe(text, transactions.scope(within));
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
        return statements.execute(statements.placed(text, transactions.scope(within)), ONCE, cancellation);
    }

    /**
     * Starts a statement that runs on by itself, and stores its rows. In a transaction it has begun when this returns, for
     * what comes after it to make no difference; what it changes is changed then.
     *
     * @param within the transaction it runs in; null for the session's, or none
     */
    public StoredResult start(String text, @Nullable Transaction within) {
        return results.start(statements.placed(text, transactions.scope(within)), ONCE);
    }

    /** Starts a prepared statement with the rows bound to it. */
    public StoredResult start(PreparedStatement statement) {
        Statements.Placed placed = placed(statement, statement.types());
        return results.start(placed, rows(placed, statement));
    }

    /** Executes a statement for its count alone: rows affected, or -1 if it is a query, whose rows are dropped. */
    public long update(String text, Cancellation cancellation) {
        return update(text, null, cancellation);
    }

    /** @param within the transaction it runs in; null for the session's, or none */
    public long update(String text, @Nullable Transaction within, Cancellation cancellation) {
        return statements.update(statements.placed(text, transactions.scope(within)), ONCE, cancellation);
    }

    // Prepared statements.

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
        prepared.requireRoom();
        return prepared.add(describe(text, within), within);
    }

    /**
     * Prepares a statement under a name, by which EXECUTE finds it too.
     *
     * @param name in any case of letters
     * @throws SkyportException 42P05 if the name is in use, 53400 if the session has too many
     */
    public CompiledStatement prepareNamed(String name, String text) {
        return statements.prepare(name, text, transactions.scope((Transaction) null));
    }

    /**
     * Executes what was prepared under a name, by PREPARE too.
     *
     * @param values makes the values of its parameters
     * @throws SkyportException 26000 if there is none
     */
    public Execution executeNamed(
            String name,
            Function<List<StatementParameter>, List<? extends @Nullable Object>> values,
            Cancellation cancellation) {
        Scope scope = transactions.scope((Transaction) null);
        Statements.Placed placed = statements.placed(statements.textOf(name, scope), scope);
        List<StatementParameter> parameters = placed.statement().parameters();
        List<@Nullable Object> row = placed.told(() -> ParameterValues.fit(values.apply(parameters), parameters));
        return statements.execute(placed, List.of(row), cancellation);
    }

    /** Frees a name, as DEALLOCATE does. Fails with 26000 if it is free. */
    public void deallocate(String name) {
        statements.deallocate(name);
    }

    /** The prepared statement of this handle, or 26000. */
    public PreparedStatement preparedStatement(String handle) {
        return prepared.find(handle);
    }

    /** What an execution of a prepared statement would run now: compiled anew if the catalog changed since it was prepared. */
    public CompiledStatement describe(PreparedStatement statement) {
        // A hit in the plan cache while nothing changed; after DDL the text may mean something else.
        PreparedStatement open = prepared.find(statement.handle());
        return statements.describe(open.text(), transactions.scope(open), open.types());
    }

    /**
     * Forgets a prepared statement; executions of it that run, or wait to be fetched, go on. Nothing happens if it was closed
     * before.
     *
     * @throws SkyportException 26000 if there never was one of this handle, as far as is remembered
     */
    public void closePreparedStatement(String handle) {
        prepared.close(handle);
    }

    /**
     * Binds parameter rows, in place of those bound before. What is bound to a parameter whose type the text does not tell gives it
     * its type, and so may give the result another one. Reads {@code rows} to its end and leaves it open.
     *
     * @throws SkyportException 07001 if the columns are not as many as the parameters, 22023 if a value does not fit its
     *     parameter's type, 53400 if the values take more than {@code skyport.session.max-bound-bytes}
     */
    public void bind(PreparedStatement statement, ArrowReader rows) {
        List<StatementParameter> parameters = untyped(statement).parameters();
        Map<Integer, SqlType> types = ParameterRows.types(rows, parameters);
        if (!types.isEmpty()) {
            parameters = statements
                    .describe(statement.text(), transactions.scope(statement), types)
                    .parameters();
        }
        statement.bind(
                new PreparedStatement.Bound(parameters, ParameterRows.read(rows, parameters, maxBoundBytes), types));
    }

    /**
     * Binds one row of values, in place of the rows bound before.
     *
     * @param values as {@link io.skyport.engine.EngineConnection} takes them
     * @throws SkyportException as {@link #bind(PreparedStatement, ArrowReader)} does
     */
    public void bind(PreparedStatement statement, List<? extends @Nullable Object> values) {
        List<StatementParameter> parameters = untyped(statement).parameters();
        statement.bind(
                new PreparedStatement.Bound(parameters, List.of(ParameterValues.fit(values, parameters)), Map.of()));
    }

    /** Executes a prepared statement with the rows bound to it; the results of several rows follow each other. */
    public Execution execute(PreparedStatement statement, Cancellation cancellation) {
        Statements.Placed placed = placed(statement, statement.types());
        return statements.execute(placed, rows(placed, statement), cancellation);
    }

    /** Executes a prepared statement for its count, once for each row bound to it, all or nothing. */
    public long update(PreparedStatement statement, Cancellation cancellation) {
        Statements.Placed placed = placed(statement, statement.types());
        return statements.update(placed, rows(placed, statement), cancellation);
    }

    /**
     * Executes a prepared statement for its count, once for each row of {@code rows} as they arrive, all or nothing. A
     * statement without parameters runs once, whatever {@code rows} has. {@code rows} is left open.
     */
    public long update(PreparedStatement statement, ArrowReader rows, Cancellation cancellation) {
        return statements.update(placed(statement, Map.of()), rows, cancellation);
    }

    private Statements.Placed placed(PreparedStatement statement, Map<Integer, SqlType> types) {
        PreparedStatement open = prepared.find(statement.handle());
        return statements.placed(open.text(), transactions.scope(open), types);
    }

    private static List<List<@Nullable Object>> rows(Statements.Placed placed, PreparedStatement statement) {
        return placed.told(() -> statement.rows(placed.statement()));
    }

    /** What it means now, whatever values it has got. */
    private CompiledStatement untyped(PreparedStatement statement) {
        PreparedStatement open = prepared.find(statement.handle());
        return statements.describe(open.text(), transactions.scope(open));
    }

    // Bulk ingest.

    /**
     * Puts the rows of a stream into a table, all or none, which is created, appended to or replaced. Columns go by their names; values
     * are converted to the columns' types. {@code rows} is left open.
     *
     * @param within the transaction it runs in; null for the session's, or the only one that the client has open, or none: clients
     *     are known that do not tell the transaction that they mean
     * @return how many rows there were
     * @throws SkyportException 42P01 if there is no table and none is to be created, 42P07 if there is one that is not to be, 42703,
     *     42804, 23502 if its columns do not fit, 3D000, 3F000 for an unknown catalog or schema
     */
    public long ingest(Ingest ingest, ArrowReader rows, @Nullable Transaction within, Cancellation cancellation) {
        return statements.ingest(ingest, rows, transactions.ingesting(within), cancellation);
    }

    // What runs.

    /** How many statements and results of it run. */
    public int running() {
        return running.count(this);
    }

    /** Whether it is in use although no call names it: something runs, or its client may come back for a result. */
    boolean busy() {
        return running() > 0 || !results.isEmpty();
    }

    /** Stops what it runs, which fails with 57014, and does not wait for that; false if it runs nothing. */
    public boolean cancel() {
        return running.cancel(this);
    }

    // Cursors.

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
        return cursors.open(text, name, options, parameters, transactions.scope(within), cancellation);
    }

    /**
     * Opens a cursor over a prepared query with the row bound to it, in the transaction that it belongs to.
     *
     * @throws SkyportException 0A000 if not one row is bound, and what {@link #openCursor(String, String, CursorOptions, List,
     *     Transaction, Cancellation)} throws
     */
    public Cursor openCursor(
            PreparedStatement statement, @Nullable String name, CursorOptions options, Cancellation cancellation) {
        return cursors.open(
                statement.text(),
                name,
                options,
                statement.row(describe(statement)),
                transactions.scope(statement),
                cancellation);
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
        return sqlCursors.fetch(cursor, fetch, cancellation);
    }

    private SqlCursors sqlCursors() {
        return sqlCursors;
    }

    /** Closes the cursor of this id or name, and stops what it fetches; fails with 34000 if there is none. */
    public void closeCursor(String idOrName) {
        cursor(idOrName).close();
    }

    // Its end, and what its room does with it.

    /** Closes every cursor and prepared statement, rolls back what is open, and gives up what is temporary. */
    @Override
    public void close() {
        statements.close();
        boolean unused = cancel();
        results.close();
        prepared.close();
        cursors.close();
        transactions.close();
        own.close();
        whenClosed.getAndSet(() -> {}).run();
    }

    /** Is run once when this was closed, by whomever; returns fast. */
    public void whenClosed(Runnable work) {
        whenClosed.set(work);
        if (closed()) {
            whenClosed.getAndSet(() -> {}).run();
        }
    }

    /** Its client was in a session shared with others, and goes on to use what it prepared there. */
    void comesAfter(Session sharedBefore) {
        prepared.comeAfter(sharedBefore.prepared);
    }

    /** SET, or RESET if the value is null, of what SQL knows under a name. */
    void set(String name, @Nullable String value) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        String text = value == null ? "RESET " + quoted : "SET " + quoted + " = '" + value.replace("'", "''") + "'";
        long unused = update(text, new Cancellation());
    }

    /** USE. */
    void use(SessionChange.Use place) {
        state.use(place);
    }

    /** Something is in the session that its client counts on. */
    void keepsState() {
        state.keep();
    }

    void closeIdleStatements() {
        prepared.closeIdle();
    }

    /** How many prepared statements it keeps. */
    public int preparedStatementCount() {
        return prepared.size();
    }

    /** How many transactions of it are open. */
    public int transactionCount() {
        return transactions.size();
    }
}
