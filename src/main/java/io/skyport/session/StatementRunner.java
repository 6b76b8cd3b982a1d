package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.TemporaryObjects;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.Connections;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlContext;
import io.skyport.sql.StatementKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Compiles statements and runs them on engine connections; tells the listener how each ended. Thread-safe. */
final class StatementRunner {

    private final SqlCompiler compiler;
    private final Engine engine;
    private final Catalog catalog;
    private final ArrowFiles arrowFiles;
    private final BufferAllocator allocator;
    private final ReturnedBytes returnedBytes;
    private final SessionListener listener;

    StatementRunner(
            SqlCompiler compiler,
            Engine engine,
            Catalog catalog,
            ArrowFiles arrowFiles,
            BufferAllocator allocator,
            long maxReturnedBytes,
            SessionListener listener) {
        this.compiler = compiler;
        this.engine = engine;
        this.catalog = catalog;
        this.arrowFiles = arrowFiles;
        this.allocator = allocator;
        this.returnedBytes = new ReturnedBytes(maxReturnedBytes);
        this.listener = listener;
    }

    Engine engine() {
        return engine;
    }

    CatalogSnapshot catalog(SqlContext context) {
        TemporaryObjects own = context.temporary();
        return own == null ? catalog.snapshot() : own.with(catalog.snapshot());
    }

    CompiledStatement compile(String user, String text, SqlContext context) {
        StatementClock clock = new StatementClock(listener, user, text, null);
        try {
            return compiler.compile(text, context);
        } catch (SkyportException e) {
            clock.failed(e);
            throw e;
        }
    }

    /** Starts a query once for each row of parameters; the results follow each other. */
    ResultStream query(
            String user, CompiledStatement statement, List<List<@Nullable Object>> rows, Connections connections) {
        return new QueryStream(
                connections, statement, rows, new StatementClock(listener, user, statement.text(), statement.kind()));
    }

    /** Runs a query, drops its rows and returns how many there were. */
    long countRows(
            String user,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Connections connections,
            Cancellation cancellation) {
        try (ResultStream stream = query(user, statement, rows, connections);
                Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            long count = 0;
            while (stream.next()) {
                count += stream.root().getRowCount();
            }
            return count;
        }
    }

    /** Runs DML or DDL once for each row of parameters, all or nothing; returns the affected rows. */
    long update(
            String user,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Connections connections,
            Cancellation cancellation) {
        if (statement.preparation() instanceof Preparation.ConvertArrow arrow) {
            return createOverArrow(user, statement, arrow, connections, cancellation);
        }
        if (statement.preparation() instanceof Preparation.CreateDatabase create) {
            return onEngine(user, statement, () -> engine.createDatabase(create.database()));
        }
        if (statement.preparation() instanceof Preparation.DropDatabase drop) {
            long dropped = onEngine(user, statement, () -> engine.dropDatabase(drop.database()));
            discard(drop.copies());
            return dropped;
        }
        long count = onConnection(
                user,
                statement,
                connections,
                cancellation,
                connection -> new EngineUpdate(connection, statement).run(rows));
        if (statement.preparation() instanceof Preparation.DeleteCopies copies) {
            discard(copies.files());
        }
        return count;
    }

    /** What no table reads any more. */
    private void discard(List<String> copies) {
        copies.forEach(copy -> arrowFiles.discard(Path.of(copy)));
    }

    /** Runs DML that gives rows, once for each row of parameters, all or nothing; keeps what it gives. */
    Execution returning(
            String user,
            CompiledStatement statement,
            List<List<@Nullable Object>> rows,
            Connections connections,
            Cancellation cancellation) {
        ReturnedRows returned = new ReturnedRows(statement.columns(), returnedBytes, allocator);
        boolean kept = false;
        try {
            long count = onConnection(
                    user,
                    statement,
                    connections,
                    cancellation,
                    connection -> new EngineUpdate(connection, statement, returned).run(rows));
            kept = true;
            return new Execution(user, statement.columns(), count, returned::open, returned::close);
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
    long update(
            String user,
            CompiledStatement statement,
            ArrowReader reader,
            Connections connections,
            Cancellation cancellation) {
        if (ParameterRows.none(reader)) {
            return 0;
        }
        try (ParameterStream stream = ParameterStream.over(reader, statement.parameters(), allocator)) {
            return onConnection(
                    user,
                    statement,
                    connections,
                    cancellation,
                    connection -> new EngineUpdate(connection, statement).run(stream));
        }
    }

    /** What writes tables or views changes nothing else. */
    private void changed(CompiledStatement ddl) {
        if (ddl.onlyTemporary()) {
            return;
        }
        if (ddl.writes().isEmpty()) {
            catalog.changed();
        } else {
            catalog.tablesChanged(ddl.writes());
        }
    }

    private long createOverArrow(
            String user,
            CompiledStatement statement,
            Preparation.ConvertArrow arrow,
            Connections connections,
            Cancellation cancellation) {
        Path parquet = arrowFiles.toParquet(arrow.location());
        try {
            String engineSql = arrow.engineSql(statement, parquet.toString());
            long count = onConnection(
                    user,
                    statement,
                    connections,
                    cancellation,
                    connection -> new EngineUpdate(connection, statement).run(engineSql));
            discard(arrow.replaced());
            return count;
        } catch (SkyportException e) {
            arrowFiles.delete(parquet);
            throw e;
        }
    }

    /** For what the engine does by itself. */
    private long onEngine(String user, CompiledStatement statement, Runnable work) {
        StatementClock clock = new StatementClock(listener, user, statement.text(), statement.kind());
        try {
            work.run();
            catalog.changed();
            clock.succeeded(0, 0);
            return 0;
        } catch (SkyportException e) {
            clock.failed(e);
            throw e;
        }
    }

    private long onConnection(
            String user,
            CompiledStatement statement,
            Connections connections,
            Cancellation cancellation,
            ToLongFunction<EngineConnection> work) {
        StatementClock clock = new StatementClock(listener, user, statement.text(), statement.kind());
        try (EngineConnection connection = connections.acquire();
                Cancellation.Registration ignored = cancellation.onCancel(connection::interrupt)) {
            long count = work.applyAsLong(connection);
            if (statement.kind() == StatementKind.DDL) {
                changed(statement);
            }
            clock.succeeded(Math.max(count, 0), 0);
            return count;
        } catch (SkyportException e) {
            clock.failed(e);
            throw e;
        }
    }
}
