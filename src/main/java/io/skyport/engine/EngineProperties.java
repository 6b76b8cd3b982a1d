package io.skyport.engine;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The engine's limits.
 *
 * @param threads threads that run queries, all connections together; default 0: as many as the process has processors
 * @param memoryLimit memory the engine may use before it spills to disk; default 0: 60% of what the container (or the
 *     machine) has beyond the JVM's heap
 * @param tempDirectory where queries spill to; default {@code <data-dir>/tmp}
 * @param maxTempSize most disk space that spilling may take; default 0: 90% of what is free
 * @param allowedDirectories directories whose files SQL may read and write; default none; every other file is refused
 * @param maxConnections most statements, open results and transactions at one time; default 256
 * @param acquireTimeout how long a statement waits for a connection before it fails with 53300; default 10s; 0: not at
 *     all
 * @param preparedStatements statements each connection keeps prepared, the least recently used goes first; default 64;
 *     0: none
 * @param batchRows most rows in an Arrow batch of a result; default 8192
 * @param arrowMemoryLimit most memory outside the heap that Arrow batches may take; default 0: no limit but the
 *     machine's
 * @param maxDatabases most databases; CREATE DATABASE fails with 53400 beyond; those that are there are opened in any case;
 *     default 64
 * @param maxSpooledSize disk space, under the {@code tempDirectory}, for rows that are put aside: unread ones of a session
 *     with an open transaction or temporary objects, and what open transactions wrote from client streams; all together;
 *     beyond it 53100; default 10 GB
 * @param minFreeSpace what is left free on the disk of the data directory: with less, what needs room there fails with 53100 before
 *     it begins, so that the engine can still write checkpoints; default 256 MB; 0: nothing
 * @param dropTimeout how long DROP DATABASE waits for the statements on the database to end, while new ones wait for it, before
 *     it fails with 55006; default 5s; 0: not at all
 */
@ConfigurationProperties("skyport.engine")
@Validated
public record EngineProperties(
        @Min(0) @Max(1024) @DefaultValue("0") int threads,
        @NotNull @DefaultValue("0") DataSize memoryLimit,
        @Nullable Path tempDirectory,
        @NotNull @DefaultValue("0") DataSize maxTempSize,
        @NotNull @DefaultValue List<Path> allowedDirectories,
        @Min(1) @Max(100_000) @DefaultValue("256") int maxConnections,
        @NotNull @DefaultValue("10s") Duration acquireTimeout,
        @Min(0) @Max(100_000) @DefaultValue("64") int preparedStatements,
        @Min(1) @Max(1_000_000) @DefaultValue("8192") int batchRows,
        @NotNull @DefaultValue("0") DataSize arrowMemoryLimit,
        @Min(1) @Max(1000) @DefaultValue("64") int maxDatabases,
        @NotNull @DefaultValue("10GB") DataSize maxSpooledSize,
        @NotNull @DefaultValue("256MB") DataSize minFreeSpace,
        @NotNull @DefaultValue("5s") Duration dropTimeout) {

    /** The engine does not open with less. */
    private static final long MIN_MEMORY = DataSize.ofMegabytes(1).toBytes();

    public EngineProperties {
        if (memoryLimit.toBytes() > 0 && memoryLimit.toBytes() < MIN_MEMORY) {
            throw new IllegalArgumentException("skyport.engine.memory-limit is '" + memoryLimit + "': at least 1MB");
        }
        allowedDirectories = List.copyOf(allowedDirectories);
    }

    /** What applies when nothing is configured. */
    public static EngineProperties defaults() {
        return new EngineProperties(
                0,
                DataSize.ofBytes(0),
                null,
                DataSize.ofBytes(0),
                List.of(),
                256,
                Duration.ofSeconds(10),
                64,
                8192,
                DataSize.ofBytes(0),
                64,
                DataSize.ofGigabytes(10),
                DataSize.ofMegabytes(256),
                Duration.ofSeconds(5));
    }

    long minFreeBytes() {
        return minFreeSpace.toBytes();
    }

    /** {@link #memoryLimit()} for rooms' other classes, which do without Spring. */
    long memoryBytes() {
        return memoryLimit.toBytes();
    }

    long maxSpooledBytes() {
        return maxSpooledSize.toBytes();
    }

    long maxTempBytes() {
        return maxTempSize.toBytes();
    }

    /** The same, but with files of these directories readable and writable by SQL. */
    public EngineProperties allowing(Path... directories) {
        return new EngineProperties(
                threads,
                memoryLimit,
                tempDirectory,
                maxTempSize,
                List.of(directories),
                maxConnections,
                acquireTimeout,
                preparedStatements,
                batchRows,
                arrowMemoryLimit,
                maxDatabases,
                maxSpooledSize,
                minFreeSpace,
                dropTimeout);
    }
}
