package io.skyport.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of what clients hold on the server.
 *
 * @param idleTimeout a session without a call for this long is closed with all it holds; default 30 minutes
 * @param maxSessions sessions in all; the next one is refused with 53300; default 10,000
 * @param maxPreparedStatements prepared statements per session; the next one is refused with 53400; default 1,000
 * @param maxOpenResults results that clients were promised and have not fetched yet, in all; default 10,000
 * @param resultTimeout how long a promised result waits to be fetched; default 5 minutes
 * @param maxBoundBytes parameter values that one prepared statement holds between bind and execution; default 64 MiB
 * @param maxOwnConnections engine connections that sessions keep for themselves: one for each session with temporary
 *     objects, and one for each forward-only cursor that was opened in no transaction, until its last row is fetched; one
 *     more is refused with 53400; default 64
 * @param maxReturnedBytes rows of RETURNING and of fetches from cursors, of all sessions together, that wait for their
 *     clients; a statement or fetch whose rows go beyond it fails with 53400 and changes nothing; default 256 MiB
 * @param maxTransactions open transactions, each of which keeps an engine connection; one more is refused with 53400; default
 *     100
 * @param transactionTimeout an open transaction that nobody uses for this long is rolled back; default 10 minutes
 * @param conflictRetries how often a statement that commits by itself is run again when it loses against another writer of
 *     the same rows, before it fails with 40001; default 20
 * @param lockTimeout how long a statement or COMMIT waits for others that commit what it depends on, before it fails with
 *     55P03; default 30 seconds
 * @param maxTransactionLog memory for the statements of one open transaction, which ROLLBACK TO does again; a transaction that
 *     goes beyond it goes on without savepoints (54000); default 64 MB
 * @param lostSessionMemory how long the server remembers, also over a restart, that a token's session held something; longer
 *     than {@code skyport.security.token-lifetime}; default 24 hours
 * @param maxLostSessions how many it remembers; beyond it the oldest are forgotten; default 100,000
 * @param clientOptions options that sessions keep for their clients and make nothing of; default none
 * @param maxClientOptionBytes the longest value of those; a longer one is an invalid value; default 64 KB
 * @param drainTime how long what runs may go on when the server stops, before its clients lose it; new statements are refused
 *     with 57P01 then; 0 for not at all; default 20 seconds
 * @param preparedTimeout a prepared statement that nobody uses for this long is closed; 0 for never; default 1 hour
 * @param maxClosedStatements handles of prepared statements, in all, that are remembered when they are gone, so that closing them
 *     once more is no mistake; 0 for none; default 10,000
 * @param maxTransactionsPerSession open transactions of one session; one more is refused with 53400; default 80
 * @param maxAllPreparedStatements prepared statements of all sessions together; the next one is refused with 53400; default
 *     100,000
 * @param maxAllCursors open cursors of all sessions together; one more is refused with 53400; default 10,000
 * @param maxCursors open cursors per session; one more is refused with 53400; default 100
 * @param statements how many statements run at one time, and how much one may take
 * @param storedResults limits of results that are stored until they expire
 */
@Validated
@ConfigurationProperties("skyport.session")
public record SessionProperties(
        @DefaultValue("30m") @NotNull Duration idleTimeout,
        @DefaultValue("10000") @Min(1) int maxSessions,
        @DefaultValue("1000") @Min(1) int maxPreparedStatements,
        @DefaultValue("10000") @Min(1) int maxOpenResults,
        @DefaultValue("5m") @NotNull Duration resultTimeout,
        @DefaultValue("64MB") @NotNull DataSize maxBoundBytes,
        @DefaultValue("64") @Min(0) int maxOwnConnections,
        @DefaultValue("256MB") @NotNull DataSize maxReturnedBytes,
        @DefaultValue("100") @Min(0) int maxTransactions,
        @DefaultValue("10m") @NotNull Duration transactionTimeout,
        @DefaultValue("20") @Min(0) int conflictRetries,
        @DefaultValue("30s") @NotNull Duration lockTimeout,
        @DefaultValue("64MB") @NotNull DataSize maxTransactionLog,
        @DefaultValue("24h") @NotNull Duration lostSessionMemory,
        @DefaultValue("100000") @Min(1) int maxLostSessions,
        @DefaultValue @NotNull List<@Valid ClientOptionProperties> clientOptions,
        @DefaultValue("64KB") @NotNull DataSize maxClientOptionBytes,
        @DefaultValue("80") @Min(0) int maxTransactionsPerSession,
        @DefaultValue("100000") @Min(0) int maxAllPreparedStatements,
        @DefaultValue("10000") @Min(0) int maxAllCursors,
        @DefaultValue("20s") @NotNull Duration drainTime,
        @DefaultValue("1h") @NotNull Duration preparedTimeout,
        @DefaultValue("10000") @Min(0) int maxClosedStatements,
        @DefaultValue("100") @Min(0) int maxCursors,
        @DefaultValue @NotNull @Valid StatementProperties statements,
        @DefaultValue @NotNull @Valid StoredResultProperties storedResults) {

    public SessionProperties {
        clientOptions = List.copyOf(clientOptions);
    }

    /**
     * An option that is kept and given back.
     *
     * @param name as clients send it
     * @param type of its values: any, string, bool, int64, double or string_list; a text may stand for each; default any
     */
    public record ClientOptionProperties(
            @NotBlank String name,
            @DefaultValue("any") @NotNull ClientOption type) {}

    /**
     * How many statements run at one time, and how much one may take.
     *
     * @param maxRunning statements that run at one time; 0 for as many as come; default 100
     * @param maxRunningPerUser those of one user; 0 for as many as the server runs; default 80, so that one user leaves room for
     *     others
     * @param maxQueued statements that wait to run; one more is refused with 53400 at once; default 100
     * @param maxQueuedPerUser those of one user; default 80
     * @param queueTimeout how long a statement waits to run before it is refused with 53400; default 30 seconds
     * @param maxTime the longest that a statement may take, with waiting and all its rows, whatever the session's query_timeout
     *     says; then it fails with 57014; default 0: for ever
     * @param maxResultRows the most rows of one query, which fails with 54000 when it gives more; default 0: no limit
     * @param maxResultBytes the most Arrow buffer bytes of one query, likewise; default 0: no limit
     */
    public record StatementProperties(
            @DefaultValue("100") @Min(0) int maxRunning,
            @DefaultValue("80") @Min(0) int maxRunningPerUser,
            @DefaultValue("100") @Min(0) int maxQueued,
            @DefaultValue("80") @Min(0) int maxQueuedPerUser,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 0)
            Duration queueTimeout,

            @DefaultValue("0s") @NotNull @DurationMin(millis = 0)
            Duration maxTime,

            @DefaultValue("0") @Min(0) long maxResultRows,
            @DefaultValue("0") @NotNull DataSize maxResultBytes) {

        StatementLimits limits() {
            return new StatementLimits(
                    maxRunning,
                    maxRunningPerUser,
                    maxQueued,
                    maxQueuedPerUser,
                    queueTimeout,
                    maxTime,
                    maxResultRows,
                    maxResultBytes.toBytes());
        }
    }

    /** {@link #maxClientOptionBytes()} in bytes. */
    long clientOptionByteLimit() {
        return maxClientOptionBytes.toBytes();
    }

    /** {@link #clientOptions()} by name. */
    Map<String, ClientOption> clientOptionTypes() {
        return clientOptions.stream()
                .collect(Collectors.toUnmodifiableMap(ClientOptionProperties::name, ClientOptionProperties::type));
    }

    /** {@link #maxTransactionLog()} in bytes. */
    long transactionLogByteLimit() {
        return maxTransactionLog.toBytes();
    }

    /** {@link #maxBoundBytes()} in bytes. */
    long boundByteLimit() {
        return maxBoundBytes.toBytes();
    }

    /** {@link #maxReturnedBytes()} in bytes. */
    long returnedByteLimit() {
        return maxReturnedBytes.toBytes();
    }
}
