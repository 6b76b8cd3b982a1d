package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.SqlType;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.PreparedText;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Compiles and runs the statements of one session, each in what it belongs to. Thread-safe. */
final class Statements implements AutoCloseable {

    private final Author author;
    private final StatementRunner runner;
    private final OwnState state;
    private final OwnConnection own;
    private final OwnTransactions transactions;
    private final PreparedStatements prepared;
    private final Supplier<SqlCursors> cursors;
    private final Running.Entering running;
    private final Kills kills;
    private volatile boolean closed;

    /**
     * @param cursors what SQL does with the session's
     * @param running called with what interrupts a statement; ended with it
     */
    Statements(
            Author author,
            StatementRunner runner,
            OwnState state,
            OwnConnection own,
            OwnTransactions transactions,
            PreparedStatements prepared,
            Supplier<SqlCursors> cursors,
            Kills kills,
            Running.Entering running) {
        this.author = author;
        this.runner = runner;
        this.state = state;
        this.own = own;
        this.transactions = transactions;
        this.prepared = prepared;
        this.cursors = cursors;
        this.running = running;
        this.kills = kills;
    }

    void requireOpen() {
        if (closed) {
            throw new SkyportException(ErrorCode.UNKNOWN_HANDLE, "The session was closed");
        }
    }

    boolean closed() {
        return closed;
    }

    /** None begins any more. */
    @Override
    public void close() {
        closed = true;
    }

    /** What texts mean to statements that begin now. */
    Meaning meaning() {
        return new Meaning(runner, author, state.now());
    }

    /** Compiles a statement and runs nothing. */
    CompiledStatement describe(String text, Scope scope) {
        return describe(text, scope, Map.of());
    }

    /** @param types of parameters, by index from 0, whose type the text does not tell */
    CompiledStatement describe(String text, Scope scope, Map<Integer, SqlType> types) {
        StatementClock clock = author.clock(text);
        return told(clock, () -> compiled(clock, scope, types));
    }

    /** Tells that a statement failed, if it does. */
    private static <T> T told(StatementClock clock, Supplier<T> work) {
        try {
            return work.get();
        } catch (SkyportException e) {
            clock.failed(e);
            throw e;
        } catch (RuntimeException e) {
            clock.failed(new SkyportException(ErrorCode.INTERNAL_ERROR, "A bug", e));
            throw e;
        }
    }

    private CompiledStatement compiled(StatementClock clock, Scope scope, Map<Integer, SqlType> types) {
        requireOpen();
        state.forgetLost();
        if (scope instanceof Transaction transaction && !transaction.usable()) {
            return requireEnd(clock, transaction);
        }
        try {
            return announced(meaning().of(clock, scope, types));
        } catch (SkyportException e) {
            scope.failed(e);
            throw e;
        }
    }

    /** FETCH gives what its cursor has. */
    private CompiledStatement announced(CompiledStatement statement) {
        return statement.change() instanceof SessionChange.Fetch fetch && fetch.rows()
                ? statement.announcing(cursors.get().columns(fetch.name()))
                : statement;
    }

    /** All that a transaction takes which cannot go on is its end. */
    private CompiledStatement requireEnd(StatementClock clock, Transaction transaction) {
        try {
            CompiledStatement statement = runner.compile(clock, state.now().context());
            if (statement.change() instanceof SessionChange.Transaction) {
                return statement;
            }
        } catch (SkyportException e) {
            throw transaction.unusable(e);
        }
        throw transaction.unusable(null);
    }

    /** Names a statement for EXECUTE, of any kind. */
    CompiledStatement prepare(String name, String text, Scope scope) {
        String key = name.toLowerCase(Locale.ROOT);
        if (state.now().context().statements().containsKey(key)) {
            throw new SkyportException(
                    ErrorCode.DUPLICATE_PREPARED_STATEMENT, "prepared statement '" + name + "' already exists");
        }
        CompiledStatement compiled = describe(text, scope);
        prepared.requireRoom();
        state.change(new SessionChange.Prepare(key, new PreparedText(text, List.of())), transactions::commitCurrent);
        return compiled;
    }

    /** The text that executes what has this name: itself, if its parameters have no declared types. */
    String textOf(String name, Scope scope) {
        PreparedText named = named(name);
        if (named.types().isEmpty()) {
            return named.text();
        }
        int parameters = describe(named.text(), scope).parameters().size();
        String values =
                IntStream.rangeClosed(1, parameters).mapToObj(n -> "$" + n).collect(Collectors.joining(", "));
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        return "EXECUTE " + quoted + (parameters == 0 ? "" : "(" + values + ")");
    }

    void deallocate(String name) {
        PreparedText ignored = named(name);
        state.change(new SessionChange.Deallocate(name.toLowerCase(Locale.ROOT)), transactions::commitCurrent);
    }

    private PreparedText named(String name) {
        PreparedText named = state.now().context().statements().get(name.toLowerCase(Locale.ROOT));
        if (named == null) {
            throw new SkyportException(ErrorCode.INVALID_STATEMENT_NAME, "prepared statement '" + name + "' not found");
        }
        return named;
    }

    /** A statement about to run, and in what. */
    record Placed(StatementClock clock, CompiledStatement statement, Scope scope) {

        /** Does something for it, and tells that it failed, if it does. */
        <T> T told(Supplier<T> work) {
            return Statements.told(clock, work);
        }
    }

    /** Without auto_commit a statement opens a transaction if none is open. */
    Placed placed(String text, Scope scope) {
        return placed(text, scope, Map.of());
    }

    /** @param types of parameters, by index from 0, whose type the text does not tell */
    Placed placed(String text, Scope scope, Map<Integer, SqlType> types) {
        StatementClock clock = author.clock(text);
        return told(clock, () -> placed(clock, scope, types));
    }

    private Placed placed(StatementClock clock, Scope scope, Map<Integer, SqlType> types) {
        CompiledStatement statement = compiled(clock, scope, types);
        boolean declares = statement.change() instanceof SessionChange.Declare;
        if (!transactions.opens(scope)
                || statement.kind() == StatementKind.SESSION && !declares
                || ofTheEngine(statement)) {
            return new Placed(clock, statement, scope);
        }
        Transaction opened = transactions.opened();
        return new Placed(clock, compiled(clock, opened, types), opened);
    }

    /** What runs in no transaction does not open one. */
    private static boolean ofTheEngine(CompiledStatement statement) {
        return statement.preparation() instanceof Preparation.CreateDatabase
                || statement.preparation() instanceof Preparation.DropDatabase;
    }

    /** Runs it with each row of parameters: all but a query in no transaction now. */
    Execution execute(Placed placed, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        return placed.told(() -> executed(placed, rows, cancellation));
    }

    private Execution executed(Placed placed, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        CompiledStatement compiled = placed.statement();
        Scope scope = placed.scope();
        if (compiled.kind() == StatementKind.QUERY) {
            checkParameters(compiled, rows);
            return scope instanceof Transaction ? started(placed, rows, cancellation) : promised(placed, rows);
        }
        if (compiled.kind() == StatementKind.DML && compiled.returnsRows()) {
            checkParameters(compiled, rows);
            keepOwn(compiled, scope);
            return running(
                    placed.clock(),
                    scope,
                    cancellation,
                    attempt -> runner.returning(placed.clock(), compiled, rows, scope, attempt));
        }
        if (compiled.change() instanceof SessionChange.Fetch fetch && fetch.rows()) {
            checkParameters(compiled, rows);
            CursorPage page = fetched(placed, fetch, cancellation);
            return new Execution(author.user(), compiled, Execution.UNKNOWN_COUNT, () -> page, page::close);
        }
        long count = updated(placed, rows, cancellation);
        return new Execution(author.user(), compiled, count, () -> NoRows.INSTANCE, () -> {});
    }

    private Execution promised(Placed placed, List<List<@Nullable Object>> rows) {
        CompiledStatement query = placed.statement();
        StatementClock clock = placed.clock();
        Supplier<ResultStream> open = () -> placed.told(() -> {
            requireOpen();
            return runner.query(clock, query, rows, placed.scope(), running);
        });
        clock.rest();
        return new Execution(author.user(), query, Execution.UNKNOWN_COUNT, open, () -> {});
    }

    /** What the transaction does after it must not be seen by it. */
    private Execution started(Placed placed, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        CompiledStatement query = placed.statement();
        QueryStream stream = runner.query(placed.clock(), query, rows, placed.scope(), running);
        try (Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            stream.begin();
            stream.pause();
        } catch (SkyportException e) {
            stream.close();
            throw e;
        }
        return new Execution(author.user(), query, Execution.UNKNOWN_COUNT, () -> stream, stream::close);
    }

    /** Runs it with each row of parameters, all or nothing, and drops the rows that it gives. */
    long update(Placed placed, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        return placed.told(() -> updated(placed, rows, cancellation));
    }

    private long updated(Placed placed, List<List<@Nullable Object>> rows, Cancellation cancellation) {
        CompiledStatement compiled = placed.statement();
        Scope scope = placed.scope();
        checkParameters(compiled, rows);
        return switch (compiled.kind()) {
            case SESSION -> change(placed, cancellation);
            case QUERY -> runner.dropRows(placed.clock(), compiled, rows, scope, cancellation, running);
            case DML, DDL -> running(placed.clock(), scope, cancellation, attempt -> runWriting(placed, rows, attempt));
        };
    }

    /** Runs it with each row as it arrives, all or nothing; once if it has no parameters, whatever rows there are. */
    long update(Placed placed, ArrowReader rows, Cancellation cancellation) {
        return placed.told(() -> updated(placed, rows, cancellation));
    }

    private long updated(Placed placed, ArrowReader rows, Cancellation cancellation) {
        CompiledStatement compiled = placed.statement();
        if (compiled.parameters().isEmpty()) {
            return updated(placed, List.of(List.of()), cancellation);
        }
        keepOwn(compiled, placed.scope());
        return running(
                placed.clock(),
                placed.scope(),
                cancellation,
                attempt -> runner.update(placed.clock(), compiled, rows, placed.scope(), attempt));
    }

    /** Puts rows into a table as they arrive, all or nothing. */
    long ingest(Ingest ingest, ArrowReader rows, Scope scope, Cancellation cancellation) {
        StatementClock clock = author.clock(ingest.text());
        return told(clock, () -> {
            clock.compiled(StatementKind.DML, 0);
            requireOpen();
            state.forgetLost();
            long count = running(
                    clock,
                    scope,
                    cancellation,
                    attempt ->
                            new Ingestion(ingest, rows, runner.allocator(), new OwnSteps(attempt, clock)).run(scope));
            clock.succeeded(count, 0);
            return count;
        });
    }

    /** Those of a statement of the session. */
    private final class OwnSteps implements Steps {

        private final Attempt attempt;
        private final StatementClock whole;

        /** @param whole of the statement that they are steps of; nothing is told of each */
        OwnSteps(Attempt attempt, StatementClock whole) {
            this.attempt = attempt;
            this.whole = whole;
        }

        private Placed step(CompiledStatement statement, Scope scope) {
            return new Placed(whole.step(statement.text()), statement, scope);
        }

        @Override
        public SqlContext context() {
            return state.now().context();
        }

        @Override
        public CatalogSnapshot catalog(Scope scope) {
            return runner.catalog(scope.context(context()));
        }

        @Override
        public CompiledStatement compile(String text, SqlContext context, Scope scope) {
            requireOpen();
            Meaning meaning = new Meaning(runner, author, state.now().with(context));
            return meaning.of(whole.step(text), scope, Map.of());
        }

        @Override
        public long run(CompiledStatement statement, Scope scope) {
            return runWriting(step(statement, scope), List.of(List.of()), attempt);
        }

        @Override
        public long insert(CompiledStatement statement, ArrowReader rows, Scope scope) {
            keepOwn(statement, scope);
            return runner.ingest(whole.step(statement.text()), statement, rows, scope, attempt);
        }

        @Override
        public int retries() {
            return runner.commits().retries();
        }

        @Override
        public long inTransaction(boolean temporary, ToLongFunction<Scope> work) {
            return transactions.alone(temporary, attempt.cancellation(), work);
        }
    }

    /** Runs what ends before its caller goes on. */
    private <T> T running(StatementClock clock, Scope scope, Cancellation callers, Function<Attempt, T> work) {
        Cancellation cancellation = new Cancellation();
        try (Running.Entry entry = running.enter(clock, cancellation::cancel);
                Cancellation.Registration waiting = cancellation.onCancel(entry::giveUp);
                Cancellation.Registration ignored = callers.onCancel(cancellation::cancel, cancellation::progress)) {
            return entry.run(() -> {
                entry.admit(scope);
                return work.apply(new Attempt(cancellation, entry));
            });
        }
    }

    private void keepOwn(CompiledStatement compiled, Scope scope) {
        if (compiled.temporary()) {
            state.requireOwnSession("Temporary objects");
            if (scope instanceof Transaction transaction && !transaction.isOn(own)) {
                throw new SkyportException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "The session's temporary objects belong to another open transaction of it");
            }
            state.keep();
            own.keep();
        }
    }

    /** Whoever drops the database that he uses is in the first one then. */
    private long runWriting(Placed placed, List<List<@Nullable Object>> rows, Attempt attempt) {
        CompiledStatement compiled = placed.statement();
        if (compiled.preparation() instanceof Preparation.ExportDatabase export) {
            DatabaseExport whole = new DatabaseExport(export, new OwnSteps(attempt, placed.clock()));
            return whole(placed, attempt, scope -> whole.run(scope, scope.reading(compiled)));
        }
        if (compiled.preparation() instanceof Preparation.ImportDatabase files) {
            Steps steps = new OwnSteps(attempt, placed.clock());
            return whole(placed, attempt, new DatabaseImport(files.directory(), steps, runner.maxScriptBytes())::run);
        }
        keepOwn(compiled, placed.scope());
        long count = runner.update(placed.clock(), compiled, rows, placed.scope(), attempt);
        if (compiled.temporary() && compiled.kind() == StatementKind.DDL) {
            state.refreshTemporary();
        }
        apply(compiled);
        return count;
    }

    /** Runs what stands for other statements, in an open transaction or in one of its own. */
    private long whole(Placed placed, Attempt attempt, ToLongFunction<Transaction> work) {
        Scope scope = placed.scope();
        try {
            long count = scope instanceof Transaction open
                    ? work.applyAsLong(open)
                    : transactions.alone(false, attempt.cancellation(), alone -> work.applyAsLong((Transaction) alone));
            placed.clock().succeeded(count, 0);
            return count;
        } catch (SkyportException e) {
            scope.failed(e);
            throw e;
        }
    }

    private long change(Placed placed, Cancellation cancellation) {
        CompiledStatement compiled = placed.statement();
        if (compiled.change() instanceof SessionChange.OfCursor change) {
            return change(placed, change, cancellation);
        }
        if (compiled.change() instanceof SessionChange.Transaction change) {
            transactions.apply(change, placed.scope(), cancellation);
        } else if (compiled.change() instanceof SessionChange.Kill kill) {
            kills.kill(kill, author.user(), state.now().context().roles());
        } else {
            state.requireOwnSession("USE and SET");
            apply(compiled);
        }
        placed.clock().succeeded(0, 0);
        return 0;
    }

    private long change(Placed placed, SessionChange.OfCursor change, Cancellation cancellation) {
        if (change instanceof SessionChange.Fetch fetch) {
            try (CursorPage passed = fetched(placed, fetch, cancellation)) {
                return fetch.rows() ? Execution.UNKNOWN_COUNT : passed.rowCount();
            }
        }
        if (change instanceof SessionChange.Declare declare) {
            state.requireOwnSession("DECLARE and FETCH");
            cursors.get().declare(declare, placed.scope(), cancellation);
        } else if (change instanceof SessionChange.CloseCursor close) {
            cursors.get().close(close);
        }
        placed.clock().succeeded(0, 0);
        return 0;
    }

    private CursorPage fetched(Placed placed, SessionChange.Fetch fetch, Cancellation cancellation) {
        CursorPage page = cursors.get().fetch(fetch, cancellation);
        placed.clock().succeeded(page.rowCount(), 0);
        return page;
    }

    private void apply(CompiledStatement compiled) {
        compiled.sessionChange().ifPresent(change -> {
            if (change instanceof SessionChange.Prepare) {
                prepared.requireRoom();
            }
            state.change(change, transactions::commitCurrent);
        });
    }

    /** @throws SkyportException 07001 if a row has not as many values as the statement has parameters */
    static void checkParameters(CompiledStatement compiled, List<List<@Nullable Object>> rows) {
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
