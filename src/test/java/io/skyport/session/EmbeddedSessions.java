package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.DuckDbEngine;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.springframework.util.unit.DataSize;

/** Sessions over an engine as the server has them, without the server. */
public final class EmbeddedSessions {

    private EmbeddedSessions() {}

    /** @param directories whose files SQL may name */
    public static Sessions over(DuckDbEngine engine, List<Path> directories, BufferAllocator allocator) {
        Catalog catalog = new EngineCatalog(engine);
        AllowedDirectories files = new AllowedDirectories(directories);
        SqlCompiler compiler = new SqlCompiler(catalog, engine, files, SqlProperties.defaults());
        ArrowFiles arrowFiles = new ArrowFiles(engine, files, allocator);
        SessionProperties properties = new SessionProperties(
                Duration.ofMinutes(30),
                10_000,
                1_000,
                10_000,
                Duration.ofMinutes(5),
                DataSize.ofMegabytes(64),
                2,
                DataSize.ofMegabytes(256),
                100,
                java.time.Duration.ofMinutes(10),
                20,
                org.springframework.util.unit.DataSize.ofMegabytes(64),
                java.time.Duration.ofHours(24),
                100,
                java.util.List.of(),
                org.springframework.util.unit.DataSize.ofKilobytes(64),
                100);
        return new Sessions(
                new StatementRunner(
                        compiler,
                        engine,
                        new Commits(catalog, 20),
                        arrowFiles,
                        allocator,
                        properties.returnedByteLimit(),
                        SessionListener.NONE),
                properties,
                SessionListener.NONE);
    }
}
