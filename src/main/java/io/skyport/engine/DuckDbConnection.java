package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lease of a pooled connection.
 *
 * <p>Every native call is an operation of {@link Interruption}, so that an interrupt hits this lease only. DuckDB stops a
 * query that executes by {@link DuckDBPreparedStatement#cancel()}; a query that is being fetched from stops only by
 * closing its connection, which then is replaced (10 µs) instead of reused.
 */
final class DuckDbConnection implements EngineConnection {

    private static final Logger LOG = LoggerFactory.getLogger(DuckDbConnection.class);
    private static final Pattern TEMPORARY = Pattern.compile("(?i)\\btemp(orary)?\\b");

    private final DuckDbEngine engine;
    private final PooledConnection connection;
    private final Interruption interruption;
    private final @Nullable DuckDbHold hold;
    private boolean inTransaction;
    private boolean closed;
    private @Nullable DuckDbStream stream;
    private volatile @Nullable DuckDBPreparedStatement running;
    /** What runs or is being fetched from. */
    private volatile @Nullable String text;
    /** Databases that the open transaction has used. */
    private final Set<String> touched;
    /** Whether anybody has ever asked for an interrupt, which may show later. */
    private volatile boolean asked;
    /** Whether a result is opened, which lasts longer than its execution. */
    private boolean opening;

    /** @param hold whose turn this is, or null for a lease of its own */
    DuckDbConnection(DuckDbEngine engine, PooledConnection connection, @Nullable DuckDbHold hold) {
        this.engine = engine;
        this.connection = connection;
        this.hold = hold;
        this.inTransaction = hold != null && hold.inTransaction();
        this.touched = hold == null ? ConcurrentHashMap.newKeySet() : hold.touched();
        this.interruption = engine.interruption();
        engine.began(this);
    }

    /** A call into DuckDB. */
    private interface Operation<T> {
        T run() throws SQLException;
    }

    private <T> T operate(@Nullable String sql, Operation<T> operation) {
        requireOpen();
        interruption.start();
        text = sql;
        try {
            requireNotInterrupted();
            awaitDatabases(sql);
            noteDatabases(sql);
            return operation.run();
        } catch (SQLException | RuntimeException e) {
            throw failed(e, sql);
        } finally {
            running = opening ? running : null;
            text = opening ? text : null;
            interruption.finish();
            engine.closing().ended();
        }
    }

    /** Does not begin on a database that waits to be dropped, unless the transaction is on it already. */
    private void awaitDatabases(@Nullable String sql) {
        if (sql == null) {
            return;
        }
        Predicate<String> begins = database -> names(sql, database) && !touched.contains(database);
        if (engine.closing().free(begins)) {
            return;
        }
        text = null;
        engine.closing().awaitFree(begins, interruption::requested);
        text = sql;
        requireNotInterrupted();
    }

    private void requireNotInterrupted() {
        if (interruption.requested()) {
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled");
        }
    }

    /** A transaction holds on to what it has touched until it ends. */
    private void noteDatabases(@Nullable String sql) {
        if (!inTransaction) {
            touched.clear();
        } else if (sql != null) {
            engine.droppable().stream().filter(name -> names(sql, name)).forEach(touched::add);
        }
    }

    /** Engine SQL has full names. */
    private static boolean names(String sql, String database) {
        return sql.contains(Sql.identifier(database) + ".");
    }

    /** Whether what runs, or what the open transaction has run, reads or writes a database. Safe from any thread. */
    boolean uses(String database) {
        @Nullable String current = text;
        return touched.contains(database) || (current != null && names(current, database));
    }

    private void requireOpen() {
        if (closed) {
            throw new SkyportException(ErrorCode.CONNECTION_EXCEPTION, "the engine connection is closed");
        }
        if (stream != null) {
            throw new SkyportException(ErrorCode.INVALID_CURSOR_STATE, "a result is open on the engine connection");
        }
    }

    /** What the client is told of {@code failure}; an interrupted operation failed because it was interrupted. */
    SkyportException failed(Throwable failure, @Nullable String sql) {
        SkyportException mapped = engine.failed(connection.instance(), failure, sql);
        if (interruption.requested() && !mapped.code().fatal() && !engine.closed()) {
            return new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled", failure);
        }
        if (mapped.code() == ErrorCode.QUERY_CANCELED && !asked && !engine.closed()) {
            // Nobody did: one of DuckDB's threads failed, and another was the first to tell that it was stopped for it.
            return new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "the statement failed, and the engine lost the reason: run it again",
                    failure);
        }
        return mapped;
    }

    @Override
    public StatementDescription describe(String sql) {
        return operate(sql, () -> {
            // Anew: the metadata of a statement that is already prepared stays as it was when the catalog changes.
            DuckDBPreparedStatement statement = connection.prepareAnew(sql);
            boolean unread = PreparedText.of(sql).hasUnreadParameter();
            StatementDescription description =
                    new StatementDescription(columns(statement), unread ? List.of() : parameterTypes(statement));
            if (unread || !description.parameterTypes().isEmpty()) {
                connection.keep(sql, statement);
            } else {
                statement.close();
            }
            return description;
        });
    }

    private static List<EngineColumn> columns(DuckDBPreparedStatement statement) throws SQLException {
        ResultSetMetaData result = statement.getMetaData();
        List<EngineColumn> columns = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            columns.add(new EngineColumn(result.getColumnName(i), result.getColumnTypeName(i)));
        }
        return columns;
    }

    private static List<String> parameterTypes(DuckDBPreparedStatement statement) throws SQLException {
        ParameterMetaData parameters = statement.getParameterMetaData();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= parameters.getParameterCount(); i++) {
            String type = parameters.getParameterTypeName(i);
            types.add(type.equals("INVALID") ? StatementDescription.UNKNOWN : type);
        }
        return types;
    }

    @Override
    public EngineStream query(String sql, List<? extends @Nullable Object> parameters) {
        return hold == null ? stream(sql, parameters) : KeptResult.of(this, hold, sql, parameters);
    }

    /** The rows as they come; nothing else runs here until they were read. */
    EngineStream stream(String sql, List<? extends @Nullable Object> parameters) {
        boolean streaming = false;
        opening = true;
        try {
            DuckDbStream opened = open(sql, parameters);
            stream = opened;
            streaming = true;
            return opened;
        } finally {
            opening = false;
            if (!streaming) {
                close();
            }
        }
    }

    @Override
    public long update(String sql, List<? extends @Nullable Object> parameters, Consumer<VectorSchemaRoot> batches) {
        try (DuckDbStream rows = open(sql, parameters)) {
            long count = 0;
            while (rows.loadNextBatch()) {
                count += rows.root().getRowCount();
                batches.accept(rows.root());
            }
            return count;
        }
    }

    /** The stream keeps the connection only if it becomes {@link #stream}. */
    private DuckDbStream open(String sql, List<? extends @Nullable Object> parameters) {
        return operate(sql, () -> {
            DuckDbStatement statement = DuckDbStatement.of(connection, sql, parameters.size(), true);
            ResultSet result = Objects.requireNonNull(execute(statement, parameters));
            return DuckDbStream.open(this, sql, statement, (DuckDBResultSet) result);
        });
    }

    /** Executes under the eyes of {@link #interruption}; the result is null for a statement without one. */
    private @Nullable ResultSet execute(DuckDbStatement statement, List<? extends @Nullable Object> parameters)
            throws SQLException {
        statement.bind(parameters);
        DuckDBPreparedStatement duckdb = statement.duckdb();
        running = duckdb;
        interruption.target(duckdb::cancel);
        requireNotInterrupted();
        return statement.execute();
    }

    @Override
    public long update(String sql, List<? extends @Nullable Object> parameters) {
        if (TEMPORARY.matcher(sql).find()) {
            connection.discard();
        }
        return operate(sql, () -> {
            DuckDbStatement statement = DuckDbStatement.of(connection, sql, parameters.size(), false);
            try {
                long rows = affected(statement, execute(statement, parameters));
                statement.done();
                return rows;
            } catch (SQLException e) {
                return committedAllTheSame(e, sql);
            }
        });
    }

    /** What was committed has not failed, also if the checkpoint behind it has; how many rows it was nobody knows then. */
    private long committedAllTheSame(SQLException failure, String sql) throws SQLException {
        if (!EngineErrors.tellsCommit(failure)) {
            throw failure;
        }
        SkyportException checkpoint = engine.failed(connection.instance(), failure, sql);
        LOG.error("A statement was committed, but the checkpoint behind it failed: {}", checkpoint.text());
        return -1;
    }

    private static long affected(DuckDbStatement statement, @Nullable ResultSet result) throws SQLException {
        if (result == null) {
            return Math.max(0, statement.updateCount());
        }
        // A statement that answers with rows, such as CHECKPOINT, is done when they are read.
        try (result) {
            while (result.next()) {}
        }
        return 0;
    }

    @Override
    public long updateIn(String database, String schema, String sql) {
        return operate(sql, () -> {
            connection.run("USE " + Sql.identifier(database) + "." + Sql.identifier(schema));
            DuckDbStatement statement = DuckDbStatement.of(connection, sql, 0, false);
            try {
                long rows = affected(statement, execute(statement, List.of()));
                // A connection that is kept goes on as if nothing had been.
                connection.run("USE " + Sql.identifier("memory") + "." + Sql.identifier(Engine.DEFAULT_SCHEMA));
                return rows;
            } finally {
                statement.close();
                connection.discard();
            }
        });
    }

    @Override
    public long ingest(String sql, String streamName, ArrowReader input) {
        return operate(sql, () -> {
            try (BufferAllocator allocator = engine.streamAllocator("ingest");
                    IncomingStream incoming = new IncomingStream(allocator, input, interruption::requested)) {
                incoming.register(connection, streamName);
                try {
                    DuckDbStatement statement = DuckDbStatement.of(connection, sql, 0, false);
                    long rows = affected(statement, execute(statement, List.of()));
                    statement.close();
                    return rows;
                } catch (SQLException e) {
                    @Nullable SkyportException own = incoming.failure();
                    if (own != null) {
                        throw own;
                    }
                    return committedAllTheSame(e, sql);
                } finally {
                    incoming.unregister(connection, streamName);
                }
            }
        });
    }

    @Override
    public long ingest(String sql, String streamName, ArrowReader input, Consumer<VectorSchemaRoot> batches) {
        try (BufferAllocator allocator = engine.streamAllocator("ingest");
                IncomingStream incoming = new IncomingStream(allocator, input, interruption::requested)) {
            boolean registered = operate(sql, () -> {
                incoming.register(connection, streamName);
                return true;
            });
            try {
                return update(sql, List.of(), batches);
            } catch (SkyportException e) {
                @Nullable SkyportException own = incoming.failure();
                throw own == null ? e : own;
            } finally {
                if (registered) {
                    incoming.unregister(connection, streamName);
                }
            }
        }
    }

    @Override
    public void append(String table, List<? extends List<? extends @Nullable Object>> rows) {
        boolean alone = !inTransaction;
        if (alone) {
            begin();
        }
        try {
            boolean appended = operate(null, () -> {
                SystemRows.append(connection.duckdb(), table, rows);
                return true;
            });
            if (alone && appended) {
                commit();
            }
        } finally {
            if (alone && inTransaction) {
                rollback();
            }
        }
    }

    @Override
    public void begin() {
        update("BEGIN TRANSACTION", List.of());
        inTransaction = true;
    }

    @Override
    public void commit() {
        requireOpen();
        requireNotInterrupted();
        // A commit that fails has rolled back.
        inTransaction = false;
        end("COMMIT");
    }

    @Override
    public void rollback() {
        requireOpen();
        inTransaction = false;
        try {
            end("ROLLBACK");
        } catch (SkyportException e) {
            // It may still be open.
            connection.discard();
            throw e;
        }
    }

    /** What is interrupted here would leave a transaction to whoever leases the connection next. */
    private void end(String sql) {
        interruption.startShielded();
        try {
            connection.run(sql);
        } catch (SQLException | RuntimeException e) {
            throw failed(e, sql);
        } finally {
            touched.clear();
            interruption.finish();
            engine.closing().ended();
        }
    }

    @Override
    public boolean inTransaction() {
        return inTransaction;
    }

    @Override
    public void interrupt() {
        asked = true;
        interruption.request();
    }

    void awaitQuiet(Duration timeout) throws InterruptedException {
        interruption.awaitQuiet(timeout);
    }

    @Override
    public double progress() {
        @Nullable DuckDBPreparedStatement statement = running;
        if (statement == null) {
            return -1;
        }
        try {
            double percentage = statement.getQueryProgress().getPercentage();
            return percentage < 0 ? -1 : Math.min(1, percentage / 100);
        } catch (SQLException over) {
            return -1;
        }
    }

    DuckDbEngine engine() {
        return engine;
    }

    PooledConnection pooled() {
        return connection;
    }

    Interruption interruption() {
        return interruption;
    }

    /** Gives the connection back after its stream was closed. */
    void closeAfter(DuckDbStream ended) {
        if (stream == ended) {
            stream = null;
            close();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (stream != null) {
            stream.close();
            return;
        }
        if (inTransaction && (hold == null || !hold.inTransaction())) {
            endTransaction();
        }
        closed = true;
        running = null;
        engine.ended(this);
        if (hold == null) {
            engine.release(connection);
        } else {
            hold.over();
        }
    }

    /** What stops a query that is being read from, if that may cost the connection. */
    Interruption.Attempt fetching() {
        return hold == null ? connection::close : () -> {};
    }

    private void endTransaction() {
        try {
            rollback();
        } catch (SkyportException alreadyDiscarded) {
            // Nothing more can be done.
        }
    }
}
