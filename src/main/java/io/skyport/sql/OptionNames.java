package io.skyport.sql;

/**
 * Settings of a session that change what happens around its statements and not what their texts mean: the session keeps
 * them beside {@link SqlContext#settings()}, which is part of the plan cache's key.
 */
public final class OptionNames {

    /** {@code true}: every statement commits by itself. {@code false}: the next one opens a transaction. */
    public static final String AUTO_COMMIT = "auto_commit";

    /** {@link Isolation#sql()}. */
    public static final String ISOLATION_LEVEL = "isolation_level";

    /** {@code true}: nothing may be written. */
    public static final String READ_ONLY = "read_only";

    /** Seconds, as a decimal number; 0 for none. */
    public static final String QUERY_TIMEOUT = "query_timeout";

    /** Rows; 0 for the server's choice. */
    public static final String FETCH_SIZE = "fetch_size";

    /** Parts in which a client may read a large result side by side; 1 for none. */
    public static final String MAX_ENDPOINTS = "max_endpoints";

    private OptionNames() {}
}
