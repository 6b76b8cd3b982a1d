package io.skyport.engine;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine and the root of all Arrow memory. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataProperties.class, EngineProperties.class})
public class EngineConfiguration {

    @Bean(destroyMethod = "close")
    BufferAllocator rootAllocator(EngineProperties properties) {
        long limit = properties.arrowMemoryLimit().toBytes();
        return new RootAllocator(limit == 0 ? Long.MAX_VALUE : limit);
    }

    @Bean(destroyMethod = "close")
    DuckDbEngine engine(DataProperties data, EngineProperties properties, BufferAllocator rootAllocator) {
        return new DuckDbEngine(data.dataDir(), properties, rootAllocator);
    }
}
