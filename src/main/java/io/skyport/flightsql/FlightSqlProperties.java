package io.skyport.flightsql;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the Flight SQL wire.
 *
 * @param batchRows rows in one message of a result at most; default 65,536
 * @param maxBatchBytes bytes that one message of a result does not exceed, cut between rows; default 2 MiB, because some clients
 *     refuse messages over 4 MiB
 * @param maxRowBytes bytes of a message with a single row, which cannot be cut; a larger one fails the result with 54000;
 *     default 4 MiB
 * @param maxQueuedBytes result bytes that wait in the server for one slow reader at most, plus one message; default 4 MiB
 * @param maxStreams results sent and uploads received at one time; the next one is refused with 53400; default 200
 * @param maxCalls calls of GetFlightInfo and PollFlightInfo that run or wait at one time, which may be INSERTs and the like; the
 *     next one is refused with 53400; default 200
 * @param maxDecompressedBytes what one compressed batch of an upload may become; a larger one fails with 54000; default 256 MiB
 * @param firstMessageTimeout how long an upload or a Handshake may be open without a message; default 30 seconds
 * @param uploadIdleTimeout how long an upload that must send more may be silent; default 5 minutes
 * @param pollWait how long a PollFlightInfo waits for news of its query, but not beyond the call's deadline; default 2 seconds;
 *     0: not at all
 */
@Validated
@ConfigurationProperties("skyport.flightsql")
public record FlightSqlProperties(
        @DefaultValue("65536") @Min(1) int batchRows,
        @DefaultValue("2MB") @NotNull DataSize maxBatchBytes,
        @DefaultValue("4MB") @NotNull DataSize maxRowBytes,
        @DefaultValue("4MB") @NotNull DataSize maxQueuedBytes,
        @DefaultValue("200") @Min(1) @Max(10_000) int maxStreams,
        @DefaultValue("200") @Min(1) @Max(10_000) int maxCalls,
        @DefaultValue("256MB") @NotNull DataSize maxDecompressedBytes,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 1)
        Duration firstMessageTimeout,

        @DefaultValue("5m") @NotNull @DurationMin(millis = 1)
        Duration uploadIdleTimeout,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 0)
        Duration pollWait) {

    public FlightSqlProperties {
        if (maxQueuedBytes.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "skyport.flightsql.max-queued-bytes is '" + maxQueuedBytes + "': less than 2GB");
        }
    }
}
