package io.skyport.bench;

import java.time.Duration;

/** One way to run SQL, on a database of its own. Used by one thread at a time; its lookups by one thread each. */
interface Contender extends AutoCloseable {

    /** Runs a statement that gives no rows. */
    void update(String sql) throws Exception;

    /** Runs a query and fetches all of its result as Arrow. */
    Fetched fetch(String sql) throws Exception;

    /** Runs a query, takes its first batch and gives the rest up; returns the time until that batch was there. */
    Duration firstBatch(String sql) throws Exception;

    /** A client of its own with a prepared query that has one BIGINT parameter. */
    Lookup lookup(String sql) throws Exception;

    /** Inserts rows into a table of the same columns and returns how many arrived. */
    long insert(String table, RepeatedBatch rows) throws Exception;

    /** How rows come into a table by themselves, without a statement of the client's. */
    enum IngestMode {
        CREATE,
        APPEND,
        REPLACE,
        CREATE_APPEND
    }

    /** Ingests rows into a table, all or none, and returns how many arrived. */
    long ingest(String table, IngestMode mode, RepeatedBatch rows) throws Exception;

    @Override
    void close() throws Exception;

    /** A prepared query: bind, execute, fetch. */
    interface Lookup extends AutoCloseable {

        /** Returns how many rows have the key. */
        long find(long key) throws Exception;

        @Override
        void close() throws Exception;
    }
}
