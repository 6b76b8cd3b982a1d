package io.skyport.bench;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.EngineStream;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlContext;
import io.skyport.sql.SqlProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.springframework.util.unit.DataSize;

/** The server's compiler over an engine in this process, without a server around it. */
final class Compiling implements AutoCloseable {

    private static final String MAIN = "main";

    private final DuckDbEngine engine;
    private final Catalog catalog;
    private final SqlCompiler caching;
    private final SqlCompiler anew;

    /** @param readable a directory whose files SQL may read */
    Compiling(Path data, Path readable, BenchSettings settings, BufferAllocator allocator) {
        this.engine = engine(data, settings, allocator, readable);
        this.catalog = new EngineCatalog(engine);
        AllowedDirectories files = new AllowedDirectories(List.of(readable));
        this.caching = new SqlCompiler(catalog, engine, files, SqlProperties.defaults());
        this.anew = new SqlCompiler(
                catalog,
                engine,
                files,
                new SqlProperties(0, SqlProperties.defaults().maxStatementLength(), 1000, 500));
    }

    /** @param readable directories whose files SQL may read */
    static DuckDbEngine engine(Path data, BenchSettings settings, BufferAllocator allocator, Path... readable) {
        return new DuckDbEngine(
                data, limits(settings, EngineProperties.defaults().allowing(readable)), allocator);
    }

    private static EngineProperties limits(BenchSettings settings, EngineProperties properties) {
        return new EngineProperties(
                settings.threads(),
                DataSize.ofMegabytes(settings.memory()),
                properties.tempDirectory(),
                properties.maxTempSize(),
                properties.allowedDirectories(),
                properties.maxConnections(),
                properties.acquireTimeout(),
                properties.preparedStatements(),
                properties.batchRows(),
                properties.arrowMemoryLimit(),
                properties.maxDatabases(),
                properties.maxSpooledSize(),
                properties.minFreeSpace(),
                properties.dropTimeout());
    }

    /** Runs DDL and DML as a session would. */
    void update(String sql) {
        CompiledStatement statement = caching.compile(sql, in(MAIN));
        try (EngineConnection connection = engine.acquire()) {
            connection.update(statement.engineSql(), List.of());
        }
        if (statement.writes().isEmpty()) {
            catalog.changed();
        } else {
            catalog.tablesChanged(statement.writes());
        }
    }

    /** Runs the engine's own SQL; whoever does says {@link #changed()} afterwards. */
    void updateDirectly(String engineSql) {
        try (EngineConnection connection = engine.acquire()) {
            connection.update(engineSql, List.of());
        }
    }

    /** DDL ran. */
    void changed() {
        catalog.changed();
    }

    /** Loads the catalog if it changed. */
    void loadCatalog() {
        catalog.snapshot();
    }

    /** What a start does before it calls itself ready, as far as it compiles. */
    void warmUp() {
        anew.warmUp(in(MAIN));
    }

    private static SqlContext in(String schema) {
        return new SqlContext("default", schema, Map.of());
    }

    /** Compiles without the plan cache; returns the nanoseconds. */
    long compile(String sql, String schema) {
        SqlContext context = in(schema);
        long start = System.nanoTime();
        anew.compile(sql, context);
        return System.nanoTime() - start;
    }

    /** Compiles without the plan cache and fetches all rows; returns the nanoseconds. */
    long answer(String sql, String schema, List<Object> parameters) {
        SqlContext context = in(schema);
        long start = System.nanoTime();
        CompiledStatement statement = anew.compile(sql, context);
        try (EngineStream rows = engine.acquire().query(statement.engineSql(), parameters)) {
            while (rows.loadNextBatch()) {
                rows.root();
            }
        }
        return System.nanoTime() - start;
    }

    /** Compiles with the plan cache; returns the nanoseconds. */
    long compileCached(String sql) {
        SqlContext context = in(MAIN);
        long start = System.nanoTime();
        caching.compile(sql, context);
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        engine.close();
    }
}
