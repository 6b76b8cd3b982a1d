package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;

/**
 * How a cursor is opened.
 *
 * @param held whether it stays open when the transaction commits in which it was opened
 * @param fetchSize rows of a fetch that does not say how many; 0 for the session's option fetch_size,
 *     and {@link #DEFAULT_FETCH_SIZE} if that is 0 too
 */
public record CursorOptions(CursorType type, CursorConcurrency concurrency, boolean held, int fetchSize) {

    public static final int DEFAULT_FETCH_SIZE = 100;

    /** @throws SkyportException 22023 if {@code fetchSize} is negative */
    public CursorOptions {
        if (fetchSize < 0) {
            throw new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, "the fetch size is negative");
        }
    }

    /** A cursor to read with, closed with its transaction. */
    public static CursorOptions of(CursorType type) {
        return new CursorOptions(type, CursorConcurrency.READ_ONLY, false, 0);
    }

    public CursorOptions withHold() {
        return new CursorOptions(type, concurrency, true, fetchSize);
    }

    public CursorOptions with(CursorConcurrency other) {
        return new CursorOptions(type, other, held, fetchSize);
    }

    public CursorOptions withFetchSize(int rows) {
        return new CursorOptions(type, concurrency, held, rows);
    }

    /** With the session's fetch size in place of none. */
    CursorOptions or(long sessionFetchSize) {
        long size = sessionFetchSize == 0 ? DEFAULT_FETCH_SIZE : Math.min(sessionFetchSize, Integer.MAX_VALUE);
        return fetchSize == 0 ? withFetchSize((int) size) : this;
    }

    /** @throws SkyportException 0A000 for what no cursor keeps here */
    void requireKept(boolean inTransaction) {
        if (concurrency == CursorConcurrency.LOCK) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a cursor cannot lock rows: the engine has no locks, transactions that collide fail with 40001");
        }
        if (concurrency == CursorConcurrency.OPTIMISTIC && (!inTransaction || held)) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "an optimistic cursor needs a transaction, with which it ends: only there the change of a row that"
                            + " others changed meanwhile fails");
        }
    }
}
