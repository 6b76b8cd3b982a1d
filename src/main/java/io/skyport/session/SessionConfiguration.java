package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.Engine;
import io.skyport.sql.SqlCompiler;
import org.apache.arrow.memory.BufferAllocator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the session room. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    @Bean
    Sessions sessions(
            SqlCompiler compiler,
            Engine engine,
            Catalog catalog,
            ArrowFiles arrowFiles,
            BufferAllocator allocator,
            SessionProperties properties,
            ObjectProvider<SessionListener> listener) {
        SessionListener heard = listener.getIfAvailable(() -> SessionListener.NONE);
        StatementRunner runner = new StatementRunner(
                compiler,
                engine,
                new Commits(catalog, properties.conflictRetries()),
                arrowFiles,
                allocator,
                properties.returnedByteLimit(),
                heard);
        return new Sessions(runner, properties, heard);
    }
}
