package io.skyport.flydb;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The FlyDB server.
 *
 * @param enabled whether there is one, default true
 * @param address the address it listens on, default "*" for all
 * @param port the port, default 8889; 0 for a free one
 * @param maxConnections clients at one time, default 1000; one more is told so (53300) and closed
 * @param maxPipelinedRequests requests of a client that wait for the one that runs, default 64; beyond it the server reads on as
 *     long as it is no more than maxPipelinedBytes ahead, to see whether the client is still there
 * @param maxPipelinedBytes bytes of those requests, and of what is read beyond them, default 1 MB
 * @param maxQueuedBytes bytes of replies that wait for a slow reader before its next request runs, default 1 MB
 * @param maxReplyMemory bytes of the replies to all clients that are being made or wait for slow readers, default 256 MB; one
 *     that would take more is refused (53200)
 * @param workerThreads requests that run at one time, default 64
 * @param eventLoopThreads threads that read and write, default 2
 * @param authenticationTimeout how long a client may take to authenticate, default 2m
 * @param frameTimeout how long a client may take to send a message, default 1m
 * @param writeTimeout how long a client may take to read what waits for it, default 1m
 * @param idleTimeout how long a client may send nothing, default 8h; 0 for ever
 * @param halfCloseTimeout how long requests go on of a client that has closed its side, default 5s
 * @param shutdownGracePeriod how long running requests may go on when the server is told to stop, default 30s
 * @param consoleText who gets results as text, default AUTO
 * @param tls encryption
 */
@Validated
@ConfigurationProperties("skyport.flydb")
public record FlydbProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("*") @NotNull String address,

        @DefaultValue("8889") @Min(0) @Max(65535) int port,

        @DefaultValue("1000") @Min(1) int maxConnections,
        @DefaultValue("64") @Min(1) int maxPipelinedRequests,
        @DefaultValue("1MB") @NotNull DataSize maxPipelinedBytes,
        @DefaultValue("1MB") @NotNull DataSize maxQueuedBytes,
        @DefaultValue("256MB") @NotNull DataSize maxReplyMemory,
        @DefaultValue("64") @Min(1) int workerThreads,
        @DefaultValue("2") @Min(1) int eventLoopThreads,

        @DefaultValue("2m") @NotNull @DurationMin(millis = 1)
        Duration authenticationTimeout,

        @DefaultValue("1m") @NotNull @DurationMin(millis = 1)
        Duration frameTimeout,

        @DefaultValue("1m") @NotNull @DurationMin(millis = 1)
        Duration writeTimeout,

        @DefaultValue("8h") @NotNull @DurationMin(seconds = 0)
        Duration idleTimeout,

        @DefaultValue("5s") @NotNull @DurationMin(seconds = 0)
        Duration halfCloseTimeout,

        @DefaultValue("30s") @NotNull @DurationMin(seconds = 0)
        Duration shutdownGracePeriod,

        @DefaultValue("AUTO") @NotNull ConsoleText consoleText,
        @DefaultValue @Valid TlsProperties tls) {

    public FlydbProperties {
        requireInt("max-queued-bytes", maxQueuedBytes);
        requireInt("max-pipelined-bytes", maxPipelinedBytes);
    }

    private static void requireInt(String name, DataSize size) {
        if (size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("skyport.flydb." + name + " is '" + size + "': less than 2GB");
        }
    }

    /** {@link #maxPipelinedBytes()}. */
    public int pipelinedByteLimit() {
        return Math.toIntExact(maxPipelinedBytes.toBytes());
    }

    /** {@link #maxQueuedBytes()}. */
    public int queuedByteLimit() {
        return Math.toIntExact(maxQueuedBytes.toBytes());
    }

    /** {@link #maxReplyMemory()} in bytes. */
    public long replyMemoryLimit() {
        return maxReplyMemory.toBytes();
    }

    /** Who gets the whole result as text beside its columns and rows. */
    public enum ConsoleText {
        /** Clients whose first message is a PING: FlyDB's own shell and dump. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * Encryption, on the same port: a client that begins with TLS gets TLS, with the certificate of {@code skyport.tls}, or else
     * one that is made at the first start.
     *
     * @param enabled whether there is, default true
     * @param required whether clients without TLS are refused; default: if {@code skyport.tls.bundle} is set
     */
    public record TlsProperties(
            @DefaultValue("true") boolean enabled, @Nullable Boolean required) {

        /** @param configured whether there is a certificate for all servers */
        public boolean required(boolean configured) {
            return enabled && (required == null ? configured : required);
        }
    }
}
