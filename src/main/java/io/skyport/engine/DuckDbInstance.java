package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** One opening of DuckDB: the instance in memory, the databases attached to it, and its idle connections. */
final class DuckDbInstance implements AutoCloseable {

    private static final String SUFFIX = ".duckdb";

    private final DuckDBConnection root;
    private final EngineProperties properties;
    private final String version;
    private final ConcurrentLinkedDeque<PooledConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean open = true;

    private DuckDbInstance(DuckDBConnection root, EngineProperties properties, String version) {
        this.root = root;
        this.properties = properties;
        this.version = version;
    }

    static DuckDbInstance open(Path dataDirectory, EngineProperties properties) {
        try {
            Path data = Files.createDirectories(dataDirectory).toRealPath();
            Files.createDirectories(data.resolve("tmp"));
            DuckDBConnection root =
                    (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings(data, properties));
            try (Statement statement = root.createStatement()) {
                statement.execute("SET GLOBAL TimeZone = 'UTC'");
                for (Path database : databases(data)) {
                    String file = database.getFileName().toString();
                    String name = file.substring(0, file.length() - SUFFIX.length());
                    statement.execute("ATTACH " + Sql.literal(database.toString()) + " AS " + Sql.identifier(name));
                }
                try (ResultSet version = statement.executeQuery("SELECT version()")) {
                    version.next();
                    return new DuckDbInstance(root, properties, version.getString(1));
                }
            } catch (SQLException e) {
                root.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "cannot open " + dataDirectory + ": " + e.getMessage(), e);
        }
    }

    private static Properties settings(Path data, EngineProperties properties) {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        settings.setProperty("jdbc_instance_cache", "false");
        settings.setProperty("errors_as_json", "true");
        settings.setProperty("arrow_lossless_conversion", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("temp_directory", data.resolve("tmp").toString());
        return settings;
    }

    private static List<Path> databases(Path data) throws IOException {
        List<Path> databases = new ArrayList<>();
        databases.add(data.resolve(Engine.DEFAULT_DATABASE + SUFFIX));
        try (Stream<Path> files = Files.list(data)) {
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .filter(file -> !databases.contains(file))
                    .forEach(databases::add);
        }
        return databases;
    }

    PooledConnection take() {
        @Nullable PooledConnection connection = idle.pollFirst();
        if (connection != null) {
            return connection;
        }
        try {
            return new PooledConnection(root.duplicate(), properties.preparedStatements());
        } catch (SQLException e) {
            throw EngineErrors.of(e, null);
        }
    }

    void give(PooledConnection connection) {
        idle.addFirst(connection);
    }

    boolean isOpen() {
        return open;
    }

    String version() {
        return version;
    }

    @Override
    public void close() {
        open = false;
        idle.forEach(PooledConnection::close);
        try {
            root.close();
        } catch (SQLException e) {
            throw EngineErrors.of(e, null);
        }
    }
}
