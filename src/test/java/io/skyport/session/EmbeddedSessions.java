package io.skyport.session;

import io.skyport.Configured;
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
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** Sessions over an engine as the server has them, without the server. */
public final class EmbeddedSessions {

    private EmbeddedSessions() {}

    /** @param directories whose files SQL may name */
    public static Sessions over(DuckDbEngine engine, List<Path> directories, BufferAllocator allocator) {
        Catalog catalog = new EngineCatalog(engine);
        AllowedDirectories files = new AllowedDirectories(directories);
        SqlCompiler compiler = new SqlCompiler(catalog, engine, files, SqlProperties.defaults());
        ArrowFiles arrowFiles = new ArrowFiles(engine, files, allocator);
        SessionProperties properties = Configured.as(
                "skyport.session", SessionProperties.class, Map.of("skyport.session.max-own-connections", 2));
        return new Sessions(
                new StatementRunner(
                        compiler,
                        engine,
                        new Commits(catalog, 20, Duration.ofSeconds(30)),
                        arrowFiles,
                        allocator,
                        properties.returnedByteLimit(),
                        SessionListener.NONE),
                properties,
                SessionListener.NONE);
    }
}
