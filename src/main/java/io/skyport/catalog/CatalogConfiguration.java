package io.skyport.catalog;

import io.skyport.engine.Engine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalog. It has no properties: its one limit, how deep types nest, is no operator's concern. */
@Configuration(proxyBeanMethods = false)
public class CatalogConfiguration {

    @Bean
    Catalog catalog(Engine engine) {
        return new EngineCatalog(engine);
    }
}
