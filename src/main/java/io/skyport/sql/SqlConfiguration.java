package io.skyport.sql;

import io.skyport.catalog.Catalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.Engine;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The compiler. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SqlProperties.class)
public class SqlConfiguration {

    @Bean
    SqlCompiler sqlCompiler(
            Catalog catalog, Engine engine, AllowedDirectories files, SqlProperties properties, ServerFacts server) {
        return new SqlCompiler(catalog, engine, files, properties, server);
    }
}
