package io.skyport.bench;

/** A client that transfers money in transactions, as one would who wants it fast: its statements are prepared once. */
interface Teller extends AutoCloseable {

    void begin() throws Exception;

    long balance(long account) throws Exception;

    void change(long account, long by) throws Exception;

    void record(long id, long source, long target, long amount) throws Exception;

    void commit() throws Exception;

    /** Ends a transaction of which a call failed. */
    void rollback() throws Exception;

    /** Whether a call failed because of what another client did. */
    boolean isConflict(Exception failure);

    @Override
    void close() throws Exception;
}
