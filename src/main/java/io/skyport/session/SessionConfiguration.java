package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.Engine;
import io.skyport.sql.SqlCompiler;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.arrow.memory.BufferAllocator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the session room. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    /** In the data directory. */
    private static final String LOST_SESSIONS = "sessions";

    @Bean
    Sessions sessions(
            SqlCompiler compiler,
            Engine engine,
            Catalog catalog,
            ArrowFiles arrowFiles,
            BufferAllocator allocator,
            SessionProperties properties,
            ObjectProvider<SessionListener> listeners,
            @Value("${skyport.data-dir:./data}") Path dataDirectory) {
        SessionListener heard = SessionListener.of(listeners.orderedStream().toList());
        StatementRunner runner = new StatementRunner(
                compiler,
                engine,
                new Commits(catalog, properties.conflictRetries(), properties.lockTimeout()),
                arrowFiles,
                allocator,
                properties.returnedByteLimit(),
                heard);
        LostSessions lost = new LostSessionsFile(
                dataDirectory.resolve(LOST_SESSIONS),
                properties.lostSessionMemory(),
                properties.maxLostSessions(),
                InstantSource.system());
        return new Sessions(runner, properties, heard, lost);
    }
}
