package io.skyport.session;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of results that are stored until they expire: of statements that run on while their clients are away, and of those
 * whose clients read at several endpoints. The disk space of all of them is part of {@code skyport.engine.max-spooled-size}.
 *
 * @param timeout how long a result can be read after its statement has ended, or its endpoint was renewed; default 10 minutes
 * @param maxResults stored results in all, with those whose statements run; one more is refused with 53400; default 1,000
 * @param maxRunning statements that run for them at one time; one more is refused with 53400; default 64
 * @param maxSize of one result on disk; a statement whose rows go beyond it fails with 53400; default 4 GB
 * @param minEndpointSize of a result's part that gets an endpoint of its own, if there is more than one; default 8 MB
 */
public record StoredResultProperties(
        @DefaultValue("10m") @NotNull Duration timeout,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int maxResults,
        @DefaultValue("64") @Min(1) @Max(10_000) int maxRunning,
        @DefaultValue("4GB") @NotNull DataSize maxSize,
        @DefaultValue("8MB") @NotNull DataSize minEndpointSize) {

    /** {@link #maxSize()} for the room's other classes, which do without Spring. */
    long maxBytes() {
        return maxSize.toBytes();
    }

    /** {@link #minEndpointSize()} in bytes. */
    long minEndpointBytes() {
        return minEndpointSize.toBytes();
    }
}
