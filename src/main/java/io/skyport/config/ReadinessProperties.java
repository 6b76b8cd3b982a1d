package io.skyport.config;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When clients should go elsewhere, beside starts, stops and reopenings of the engine.
 *
 * @param minFreeDisk free space of the data directory's file system below which the server is not ready; default 100 MB; 0: it is
 *     ready whatever is free
 * @param diskCheckInterval how often it is looked at; default 5s
 */
@ConfigurationProperties("skyport.readiness")
@Validated
record ReadinessProperties(
        @NotNull @DefaultValue("100MB") DataSize minFreeDisk,

        @NotNull @DurationMin(millis = 1) @DefaultValue("5s")
        Duration diskCheckInterval) {

    /** {@link #minFreeDisk()} in bytes. */
    long minFreeBytes() {
        return minFreeDisk.toBytes();
    }
}
