package io.skyport.session;

import java.time.Duration;

/**
 * How many statements run at one time, and how much one may take. A statement runs from its start until its last row was
 * taken; BEGIN, COMMIT, SET, metadata and the preparing of statements do not count, and the statements of one transaction count
 * as one.
 *
 * @param maxRunning 0 for as many as come
 * @param maxRunningPerUser 0 for as many as the server runs
 * @param maxQueued statements that wait to run
 * @param maxQueuedPerUser those of one user
 * @param queueTimeout how long one waits
 * @param maxTime with waiting and all its rows; zero for ever
 * @param maxResultRows of one query; 0 for no limit
 * @param maxResultBytes of one query, in Arrow buffers; 0 for no limit
 */
record StatementLimits(
        int maxRunning,
        int maxRunningPerUser,
        int maxQueued,
        int maxQueuedPerUser,
        Duration queueTimeout,
        Duration maxTime,
        long maxResultRows,
        long maxResultBytes) {

    /** The shorter of what the server and the session allow; zero for as long as it likes. */
    Duration timeFor(SessionOptions options) {
        Duration own = options.queryTimeout();
        if (maxTime.isZero() || (!own.isZero() && own.compareTo(maxTime) <= 0)) {
            return own;
        }
        return maxTime;
    }
}
