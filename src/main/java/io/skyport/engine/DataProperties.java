package io.skyport.engine;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where everything durable lives.
 *
 * @param dataDir the directory with one file {@code <name>.duckdb} a database; created if it is missing; default
 *     {@code ./data}. One server at a time uses it.
 */
@ConfigurationProperties("skyport")
@Validated
public record DataProperties(
        @NotNull @DefaultValue("./data") Path dataDir) {}
