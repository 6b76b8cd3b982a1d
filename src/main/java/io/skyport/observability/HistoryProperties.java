package io.skyport.observability;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is remembered of statements that have ended ({@code _system.queries}), and which of them are logged.
 *
 * @param enabled whether they are remembered; default true
 * @param maxRows most statements that are remembered, the oldest go first; default 100000
 * @param maxAge how long a statement is remembered; default 7d; 0: however long
 * @param flushInterval how often what has ended is written; default 1s
 * @param queueSize most statements that wait to be written; more are dropped, and counted; default 10000
 * @param literals whether texts are shown with their literals and comments, here, in {@code _system.running_queries} and in
 *     the log; what looks like a secret is never shown; default true
 * @param maxTextLength most characters of a text that are shown; default 8192
 * @param slowThreshold statements that take longer are logged with the engine's plan; default 10s; 0: none
 * @param maxSlowPerMinute most of them that are logged in a minute; the log tells how many more there were; default 60
 */
@ConfigurationProperties("skyport.history")
@Validated
public record HistoryProperties(
        @DefaultValue("true") boolean enabled,
        @Min(1) @Max(10_000_000) @DefaultValue("100000") int maxRows,
        @NotNull @DefaultValue("7d") Duration maxAge,
        @NotNull @DefaultValue("1s") Duration flushInterval,
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int queueSize,
        @DefaultValue("true") boolean literals,
        @Min(16) @Max(1_000_000) @DefaultValue("8192") int maxTextLength,
        @NotNull @DefaultValue("10s") Duration slowThreshold,
        @Min(1) @Max(10_000) @DefaultValue("60") int maxSlowPerMinute) {}
