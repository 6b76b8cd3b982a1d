package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** One opening of DuckDB: the instance in memory, the databases attached to it, and its connections. */
final class DuckDbInstance {

    private static final String IN_MEMORY = "jdbc:duckdb:";
    private static final String STORAGE_VERSION = "v1.5.0";

    private final DuckDBConnection root;
    private final EngineProperties properties;
    private final String version;
    private final ConcurrentLinkedDeque<PooledConnection> idle = new ConcurrentLinkedDeque<>();
    private final Set<PooledConnection> leased = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean countsProgress = true;

    private DuckDbInstance(DuckDBConnection root, EngineProperties properties) throws SQLException {
        this.root = root;
        this.properties = properties;
        this.version = value("SELECT version()");
    }

    /** @throws SkyportException 58030 with the reason if a database cannot be opened */
    static DuckDbInstance open(
            DataDirectory data,
            DatabaseFiles files,
            Databases databases,
            Map<String, LiveTable> live,
            EngineProperties properties,
            boolean first) {
        try {
            DuckDBConnection root =
                    (DuckDBConnection) new DuckDBDriver().connect(IN_MEMORY, settings(data, properties));
            try {
                attach(root, data, files, databases, properties, first);
                JsonFunctions.register(root);
                for (LiveTable table : live.values()) {
                    LiveRows.register(root, table, live);
                }
                return new DuckDbInstance(root, properties);
            } catch (SQLException | IOException | RuntimeException e) {
                root.close();
                throw e;
            }
        } catch (SkyportException e) {
            throw e;
        } catch (SQLException | IOException e) {
            throw notOpened(data.path(), e);
        }
    }

    private static void attach(
            DuckDBConnection root,
            DataDirectory data,
            DatabaseFiles files,
            Databases databases,
            EngineProperties properties,
            boolean first)
            throws SQLException, IOException {
        try (Statement statement = root.createStatement()) {
            statement.execute("SET GLOBAL TimeZone = 'UTC'");
            long maxTempSize = properties.maxTempBytes();
            if (maxTempSize > 0) {
                // As a setting of the opening DuckDB shows it but does not obey it.
                statement.execute("SET GLOBAL max_temp_directory_size = '" + maxTempSize + "B'");
            }
            // Whoever has the first one open has them all: no other server can have them then.
            statement.execute(attach(Engine.DEFAULT_DATABASE, files.first()));
            if (first) {
                files.settle();
            }
            statement.execute(attach(Engine.SYSTEM_DATABASE, files.system()));
            for (Map.Entry<String, Path> file : databases.toAttach().entrySet()) {
                if (!file.getKey().equals(Engine.DEFAULT_DATABASE)) {
                    statement.execute(attach(file.getKey(), file.getValue()));
                }
            }
            List<Path> allowed = new ArrayList<>(Sandbox.realDirectories(properties.allowedDirectories()));
            allowed.add(data.external());
            Sandbox.close(statement, allowed, files.sandbox());
        }
    }

    /** New files have the newest form, in which all that the engine has can be stored; old ones stay as they are. */
    static String attach(String name, Path file) {
        return "ATTACH " + Sql.literal(file.toString()) + " AS " + Sql.identifier(name)
                + (Files.exists(file) ? "" : " (STORAGE_VERSION '" + STORAGE_VERSION + "')");
    }

    /** Runs a statement of the engine's own on a connection that nobody else uses. */
    void run(String sql) throws SQLException {
        try (DuckDBConnection connection = root.duplicate();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void publish(LiveTable table, Map<String, LiveTable> live) throws SQLException {
        LiveRows.register(root, table, live);
    }

    /** What DuckDB takes for all connections, present and future; each connection needs no statement of its own. */
    private static Properties settings(DataDirectory data, EngineProperties properties) {
        Properties settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        settings.setProperty(DuckDBDriver.JDBC_INSTANCE_CACHE, "false");
        settings.setProperty("errors_as_json", "true");
        settings.setProperty("arrow_lossless_conversion", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("allow_persistent_secrets", "false");
        settings.setProperty("temp_directory", data.spill().toString());
        settings.setProperty("memory_limit", MemoryLimit.of(properties.memoryBytes()) + "B");
        if (properties.threads() > 0) {
            settings.setProperty("threads", Integer.toString(properties.threads()));
        }
        return settings;
    }

    private static SkyportException notOpened(Path directory, Exception failure) {
        SkyportException cause = EngineErrors.of(failure, null);
        boolean inUse = cause.text().contains("lock") || cause.text().contains("already attached");
        String text = inUse
                ? "skyport.data-dir: data directory " + directory + " is in use by another server"
                : "skyport.data-dir: cannot open data directory " + directory;
        return new SkyportException(ErrorCode.IO_ERROR, text + ": " + cause.text(), failure);
    }

    PooledConnection take() throws SQLException {
        @Nullable PooledConnection connection = idle.pollFirst();
        if (connection == null) {
            connection = new PooledConnection(this, root.duplicate(), properties.preparedStatements());
            countProgress(connection);
        }
        connection.taken();
        leased.add(connection);
        if (closed) {
            leased.remove(connection);
            connection.close();
            throw new SQLException("Connection was closed");
        }
        return connection;
    }

    /**
     * Progress is counted only for a progress bar. DuckDB 1.5 lets PRAGMA switch that on although the configuration is
     * locked; DuckDB 2.0 does not, and progress stays unknown there.
     */
    private void countProgress(PooledConnection connection) {
        if (!countsProgress) {
            return;
        }
        try {
            connection.run("PRAGMA disable_print_progress_bar");
            connection.run("PRAGMA enable_progress_bar");
        } catch (SQLException locked) {
            countsProgress = false;
        }
    }

    boolean countsProgress() {
        return countsProgress;
    }

    void give(PooledConnection connection) throws SQLException {
        if (leased.remove(connection)) {
            if (closed || !connection.reusable()) {
                connection.close();
            } else {
                idle.addFirst(connection);
                closeIdleIfClosed();
            }
        }
    }

    private void closeIdleIfClosed() throws SQLException {
        @Nullable PooledConnection connection;
        while (closed && (connection = idle.pollFirst()) != null) {
            connection.close();
        }
    }

    boolean hasAttached(String database) {
        try {
            return value("SELECT count(*) FROM duckdb_databases() WHERE database_name = " + Sql.literal(database))
                    .equals("1");
        } catch (SQLException invalidated) {
            return true;
        }
    }

    /** Whether DuckDB still runs statements, asked on a connection that nobody else uses. */
    boolean valid() {
        try (DuckDBConnection connection = root.duplicate();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException invalidated) {
            return false;
        }
    }

    String version() {
        return version;
    }

    /** Bytes of memory that DuckDB holds. */
    long memoryUsed() throws SQLException {
        return Long.parseLong(
                value("SELECT CAST(coalesce(sum(memory_usage_bytes), 0) AS BIGINT) FROM duckdb_memory()"));
    }

    /** Bytes of the files that DuckDB spills to. */
    long spilled() throws SQLException {
        return Long.parseLong(value("SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM duckdb_temporary_files()"));
    }

    private String value(String sql) throws SQLException {
        try (DuckDBConnection connection = root.duplicate();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    boolean closed() {
        return closed;
    }

    /** Stops everything that runs and closes. DuckDB lets go of its files when the last open stream is closed, too. */
    void close() throws SQLException {
        closed = true;
        closeIdleIfClosed();
        for (PooledConnection connection : leased) {
            connection.close();
        }
        root.close();
    }
}
