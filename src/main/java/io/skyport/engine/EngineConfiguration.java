package io.skyport.engine;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine and the root of all Arrow memory. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataProperties.class, EngineProperties.class})
public class EngineConfiguration {

    /** The parent of every Arrow allocator in the process; closed last, so that a leak fails the shutdown loudly. */
    @Bean(destroyMethod = "close")
    BufferAllocator rootAllocator(EngineProperties properties) {
        long limit = properties.arrowMemoryLimit().toBytes();
        return new RootAllocator(limit == 0 ? Long.MAX_VALUE : limit);
    }

    @Bean(destroyMethod = "close")
    DuckDbEngine engine(
            DataProperties data,
            EngineProperties properties,
            BufferAllocator rootAllocator,
            ObjectProvider<EngineListener> listeners) {
        return new DuckDbEngine(
                data.dataDir(),
                properties,
                rootAllocator,
                listeners.orderedStream().toList());
    }

    @Bean
    AllowedDirectories allowedDirectories(EngineProperties properties) {
        return new AllowedDirectories(properties.allowedDirectories());
    }

    @Bean
    ArrowFiles arrowFiles(DuckDbEngine engine, AllowedDirectories allowedDirectories, BufferAllocator rootAllocator) {
        return new ArrowFiles(engine, allowedDirectories, rootAllocator);
    }
}
