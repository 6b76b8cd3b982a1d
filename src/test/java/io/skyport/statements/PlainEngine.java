package io.skyport.statements;

import io.skyport.catalog.SqlType;
import io.skyport.engine.EngineFailures;
import io.skyport.error.SkyportException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.duckdb.DuckDBResultSetMetaData;
import org.duckdb.StatementReturnType;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB by itself, with an empty database named as Skyport's first one: what a text means without Skyport. Also prints
 * Arrow batches the way DuckDB casts values to text.
 */
final class PlainEngine implements AutoCloseable {

    private static final Set<String> QUERY_WORDS =
            Set.of("SELECT", "WITH", "VALUES", "FROM", "TABLE", "PIVOT", "UNPIVOT", "SUMMARIZE", "DESCRIBE", "SHOW");
    private static final String PRINTED = "skyport_printed";

    private final DuckDBConnection root;
    private final DuckDBConnection printer;
    private final Map<String, DuckDBConnection> connections = new HashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slt-plain-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration timeout;

    PlainEngine(Duration timeout) {
        this.timeout = timeout;
        try {
            Properties properties = new Properties();
            properties.setProperty(DuckDBDriver.JDBC_INSTANCE_CACHE, "false");
            properties.setProperty("autoinstall_known_extensions", "false");
            properties.setProperty("autoload_known_extensions", "false");
            this.root = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties);
            execute(root, "SET GLOBAL TimeZone = 'UTC'");
            // So that what is exported to be printed comes back as it was.
            execute(root, "SET GLOBAL arrow_lossless_conversion = true");
            execute(root, "ATTACH ':memory:' AS \"default\"");
            this.printer = root.duplicate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DuckDBConnection connection(String name) throws SQLException {
        DuckDBConnection known = connections.get(name);
        if (known != null) {
            return known;
        }
        DuckDBConnection opened = root.duplicate();
        execute(opened, "USE \"default\"");
        // As in Skyport, where `/` of integers is an integer.
        execute(opened, "SET SESSION integer_division = true");
        connections.put(name, opened);
        return opened;
    }

    /** Ends a session. */
    void disconnect(String name) {
        DuckDBConnection connection = connections.remove(name);
        if (connection != null) {
            close(connection);
        }
    }

    /** Runs one statement; never fails but by the answer. */
    Answer run(String connectionName, String sql) {
        try (DuckDBPreparedStatement statement =
                connection(connectionName).prepareStatement(sql).unwrap(DuckDBPreparedStatement.class)) {
            DuckDBResultSetMetaData metadata = (DuckDBResultSetMetaData) statement.getMetaData();
            if (metadata.getReturnType() != StatementReturnType.QUERY_RESULT) {
                return watched(statement, () -> {
                    statement.execute();
                    return new Answer.Count(Math.max(0, statement.getLargeUpdateCount()));
                });
            }
            List<Answer.Column> columns = columns(metadata);
            return new Answer.Rows(columns, rows(connectionName, sql, statement, columns.size()));
        } catch (SQLException | RuntimeException e) {
            return new Answer.Failure(EngineFailures.of(e).code().sqlState(), String.valueOf(e.getMessage()), null);
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T watched(Statement statement, Work<T> work) throws SQLException {
        Future<?> alarm = watch.schedule(
                () -> {
                    statement.cancel();
                    return null;
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } finally {
            alarm.cancel(false);
        }
    }

    private static List<Answer.Column> columns(ResultSetMetaData metadata) throws SQLException {
        List<Answer.Column> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new Answer.Column(
                    metadata.getColumnLabel(i),
                    SqlType.parse(metadata.getColumnTypeName(i)).name()));
        }
        return columns;
    }

    private List<List<@Nullable String>> rows(
            String connectionName, String sql, DuckDBPreparedStatement prepared, int columns) throws SQLException {
        if (isQuery(sql)) {
            try (Statement statement = connection(connectionName).createStatement()) {
                String text = "SELECT " + casts(columns) + " FROM (\n" + sql + "\n) AS \"q\"(" + names(columns) + ")";
                return watched(statement, () -> texts(statement.executeQuery(text), columns));
            } catch (SQLException e) {
                if (!String.valueOf(e.getMessage()).startsWith("Parser Error")) {
                    throw e;
                }
            }
        }
        return watched(prepared, () -> exported((DuckDBResultSet) prepared.executeQuery()));
    }

    /** The rows of what cannot stand in parentheses. */
    private List<List<@Nullable String>> exported(DuckDBResultSet opened) throws SQLException {
        try (BufferAllocator allocator = new RootAllocator();
                DuckDBResultSet result = opened) {
            // Whoever prints the rows closes the reader.
            ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, 1024);
            return print(reader, result.getMetaData().getColumnCount(), allocator);
        }
    }

    /** Whether a text can stand in parentheses as a query. */
    static boolean isQuery(String sql) {
        return QUERY_WORDS.contains(firstWord(sql)) || sql.stripLeading().startsWith("(");
    }

    static String firstWord(String sql) {
        String text = sql.stripLeading();
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end).toUpperCase(Locale.ROOT);
    }

    private static String casts(int columns) {
        StringBuilder casts = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
            casts.append(i == 1 ? "" : ", ").append("CAST(c").append(i).append(" AS VARCHAR)");
        }
        return casts.toString();
    }

    private static String names(int columns) {
        StringBuilder names = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
            names.append(i == 1 ? "" : ", ").append('c').append(i);
        }
        return names.toString();
    }

    private static List<List<@Nullable String>> texts(ResultSet opened, int columns) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (ResultSet result = opened) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** The values of Arrow batches; closes the reader. */
    List<List<@Nullable String>> print(ArrowReader reader, int columns, BufferAllocator allocator) {
        try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            try (Statement statement = printer.createStatement()) {
                printer.registerArrowStream(PRINTED, stream);
                try {
                    return texts(statement.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM " + PRINTED), columns);
                } finally {
                    execute(printer, "DROP VIEW IF EXISTS " + PRINTED);
                }
            } finally {
                stream.release();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot print the answer", e);
        }
    }

    /** Whether an extension is loaded. */
    boolean hasExtension(String name) {
        try (Statement statement = root.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT 1 FROM duckdb_extensions() WHERE loaded AND extension_name = '"
                                + name.replace("'", "''") + "'")) {
            return result.next();
        } catch (SQLException e) {
            throw new SkyportException(io.skyport.error.ErrorCode.INTERNAL_ERROR, "no list of extensions", e);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        connections.values().forEach(PlainEngine::close);
        close(printer);
        close(root);
    }

    private static void close(DuckDBConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
