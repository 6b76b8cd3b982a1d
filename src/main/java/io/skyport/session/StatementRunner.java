package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.OwnCatalog;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.Connections;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Keyset;
import io.skyport.sql.Preparation;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Compiles statements and runs them on engine connections; tells the listener how each ended. Thread-safe. */
final class StatementRunner {

    private final SqlCompiler compiler;
    private final Engine engine;
    private final Commits commits;
    private final ArrowFiles arrowFiles;
    private final BufferAllocator allocator;
    private final ReturnedBytes returnedBytes;
    private final SessionListener listener;

    StatementRunner(
            SqlCompiler compiler,
            Engine engine,
            Commits commits,
            ArrowFiles arrowFiles,
            BufferAllocator allocator,
            long maxReturnedBytes,
            SessionListener listener) {
        this.compiler = compiler;
        this.engine = engine;
        this.commits = commits;
        this.arrowFiles = arrowFiles;
        this.allocator = allocator;
        this.returnedBytes = new ReturnedBytes(maxReturnedBytes);
        this.listener = listener;
    }

    Engine engine() {
        return engine;
    }

    CatalogSnapshot catalog(SqlContext context) {
        OwnCatalog own = context.own();
        CatalogSnapshot shared = commits.catalog().snapshot();
        return own == null ? shared : own.with(shared);
    }

    /** The longest file of statements that is read, in bytes. */
    int maxScriptBytes() {
        return compiler.maxTextBytes();
    }

    BufferAllocator allocator() {
        return allocator;
    }

    Commits commits() {
        return commits;
    }

    SessionListener listener() {
        return listener;
    }

    CompiledStatement compile(StatementClock clock, SqlContext context) {
        long begun = System.nanoTime();
        CompiledStatement compiled = compiler.compile(clock.text(), context);
        clock.compiled(compiled.kind(), System.nanoTime() - begun);
        return compiled;
    }

    /** The text that a Substrait plan means. */
    String textOf(StatementClock clock, byte[] plan) {
        try {
            return compiler.textOf(plan);
        } catch (SkyportException e) {
            clock.failed(e);
            throw e;
        }
    }

    /** A query as one of a keyset cursor. */
    Keyset keyset(StatementClock clock, SqlContext context) {
        long begun = System.nanoTime();
        Keyset keyset = compiler.keyset(clock.text(), context);
        clock.compiled(StatementKind.QUERY, System.nanoTime() - begun);
        return keyset;
    }

    /** To fill with the rows of one fetch. */
    PageRows page() {
        return new PageRows(returnedBytes, allocator);
    }

    /** Starts a query once for each row of parameters; the results follow each other. */
    QueryStream query(
            StatementClock clock,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Scope scope,
            Running.Entering running) {
        try {
            return new QueryStream(scope, statement, rows, clock, running);
        } catch (SkyportException e) {
            clock.failed(e);
            throw e;
        }
    }

    /** Runs a query and drops its rows; returns how many it affected, which is unknown. */
    long dropRows(
            StatementClock clock,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Scope scope,
            Cancellation cancellation,
            Running.Entering running) {
        try (ResultStream stream = query(clock, statement, rows, scope, running);
                Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            while (stream.next()) {}
            return Execution.UNKNOWN_COUNT;
        }
    }

    /** Runs DML or DDL once for each row of parameters, all or nothing; returns the affected rows. */
    long update(
            StatementClock clock,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Scope scope,
            Attempt attempt) {
        if (statement.preparation() instanceof Preparation.ConvertArrow arrow) {
            return createOverArrow(clock, statement, arrow, scope, attempt);
        }
        if (statement.preparation() instanceof Preparation.CreateDatabase create) {
            return onEngine(clock, statement, scope, () -> engine.createDatabase(create.database()));
        }
        if (statement.preparation() instanceof Preparation.DropDatabase drop) {
            long dropped = onEngine(clock, statement, scope, () -> engine.dropDatabase(drop.database()));
            discard(drop.copies());
            return dropped;
        }
        runs(clock, statement, rows);
        long count = write(
                clock,
                statement,
                scope,
                attempt,
                (connection, recording) -> new EngineUpdate(connection, statement, null, recording).run(rows),
                connection -> new EngineUpdate(connection, statement).run(rows),
                ParameterRows.bytes(rows));
        if (statement.preparation() instanceof Preparation.DeleteCopies copies) {
            scope.afterCommit(() -> discard(copies.files()));
        }
        return count;
    }

    private static void runs(StatementClock clock, CompiledStatement statement, List<List<@Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            clock.runs(statement.engineSql(), rows.get(0));
        }
    }

    /** What no table reads any more. */
    private void discard(List<String> copies) {
        copies.forEach(copy -> arrowFiles.discard(Path.of(copy)));
    }

    /** Runs DML that gives rows, once for each row of parameters, all or nothing; keeps what it gives. */
    Execution returning(
            StatementClock clock,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Scope scope,
            Attempt attempt) {
        ReturnedRows returned = new ReturnedRows(statement.columns(), returnedBytes, allocator);
        boolean kept = false;
        runs(clock, statement, rows);
        try {
            long count = write(
                    clock,
                    statement,
                    scope,
                    attempt,
                    (connection, recording) -> {
                        returned.clear();
                        return new EngineUpdate(connection, statement, returned, recording).run(rows);
                    },
                    connection -> new EngineUpdate(connection, statement).run(rows),
                    ParameterRows.bytes(rows));
            kept = true;
            return new Execution(clock.user(), statement, count, returned::open, returned::close);
        } finally {
            if (!kept) {
                returned.close();
            }
        }
    }

    /**
     * Runs DML once for each row of parameters as they arrive, all or nothing; an INSERT of many rows runs as one Arrow
     * stream through the engine.
     */
    long update(StatementClock clock, CompiledStatement statement, ArrowReader reader, Scope scope, Attempt attempt) {
        if (ParameterRows.none(reader)) {
            return 0;
        }
        try (ParameterStream stream = ParameterStream.over(reader, statement.parameters(), allocator)) {
            List<List<@Nullable Object>> few = few(clock, statement, stream, scope);
            return few.isEmpty()
                    ? update(clock, statement, stream, scope, attempt)
                    : update(clock, statement, few, scope, attempt);
        }
    }

    /** All rows if they are so few that they are kept as they are, to be run again; else none. */
    private List<List<@Nullable Object>> few(
            StatementClock clock, CompiledStatement statement, ParameterStream stream, Scope scope) {
        try {
            return stream.hasAtMost(EngineUpdate.ROWS_RUN_SINGLY) ? stream.remainingRows() : List.of();
        } catch (SkyportException e) {
            clock.failed(e);
            scope.failed(e);
            throw e;
        }
    }

    /** Runs an INSERT of parameters for all rows at once, however few there are, as one Arrow stream; all or nothing. */
    long ingest(StatementClock clock, CompiledStatement insert, ArrowReader rows, Scope scope, Attempt attempt) {
        try (ParameterStream stream =
                ParameterStream.over(rows, insert.parameters(), allocator).whole()) {
            return update(clock, insert, stream, scope, attempt);
        }
    }

    private long update(
            StatementClock clock, CompiledStatement statement, ParameterStream rows, Scope scope, Attempt attempt) {
        return write(
                clock,
                statement,
                scope,
                attempt,
                (connection, recording) -> new EngineUpdate(connection, statement, null, recording).run(rows),
                null,
                0);
    }

    private long createOverArrow(
            StatementClock clock,
            CompiledStatement statement,
            Preparation.ConvertArrow arrow,
            Scope scope,
            Attempt attempt) {
        requireSpace(statement);
        Path parquet = arrowFiles.toParquet(arrow.location());
        try {
            String engineSql = arrow.engineSql(statement, parquet.toString());
            long count = write(
                    clock,
                    statement,
                    scope,
                    attempt,
                    (connection, recording) -> new EngineUpdate(connection, statement).run(engineSql),
                    connection -> new EngineUpdate(connection, statement).run(engineSql),
                    0);
            scope.afterCommit(() -> discard(arrow.replaced()));
            return count;
        } catch (SkyportException e) {
            arrowFiles.delete(parquet);
            throw e;
        }
    }

    /** For what the engine does by itself. */
    private long onEngine(StatementClock clock, CompiledStatement statement, Scope scope, Runnable work) {
        long begun = System.nanoTime();
        try {
            requireSpace(statement);
            scope.outside(statement, work);
            clock.worked(System.nanoTime() - begun);
            clock.succeeded(0, 0);
            return 0;
        } catch (SkyportException e) {
            clock.worked(System.nanoTime() - begun);
            clock.failed(e);
            throw e;
        }
    }

    private long write(
            StatementClock clock,
            CompiledStatement statement,
            Scope scope,
            Attempt attempt,
            BiFunction<EngineConnection, @Nullable Recording, Long> work,
            @Nullable Consumer<EngineConnection> again,
            long bytes) {
        long begun = System.nanoTime();
        try {
            requireSpace(statement);
            long count = scope.write(
                    statement,
                    new Work(
                            (connections, recording) -> on(
                                    connections,
                                    attempt.cancellation(),
                                    connection -> work.apply(connection, recording)),
                            again,
                            bytes,
                            attempt.cancellation()));
            clock.worked(System.nanoTime() - begun);
            clock.succeeded(Math.max(count, 0), 0);
            return count;
        } catch (SkyportException e) {
            clock.worked(System.nanoTime() - begun);
            SkyportException told = attempt.entry().told(e);
            clock.failed(told);
            throw told;
        }
    }

    /** On a full disk only what makes room there goes on, and what writes elsewhere. */
    private void requireSpace(CompiledStatement statement) {
        boolean elsewhere =
                statement.kind() == StatementKind.DML && statement.writes().isEmpty();
        if (!elsewhere && !statement.onlyTemporary() && !statement.command().makesRoom()) {
            engine.requireSpace();
        }
    }

    private static long on(Connections connections, Cancellation cancellation, ToLongFunction<EngineConnection> work) {
        try (EngineConnection connection = connections.acquire();
                Cancellation.Registration ignored =
                        cancellation.onCancel(connection::interrupt, connection::progress)) {
            return work.applyAsLong(connection);
        }
    }
}
