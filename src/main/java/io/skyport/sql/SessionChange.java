package io.skyport.sql;

/** What a statement of kind {@link StatementKind#SESSION} changes in the session that runs it. */
public sealed interface SessionChange {

    /** USE: unqualified names are looked up here from now on. Both exist. */
    record Use(String database, String schema) implements SessionChange {}

    /** SET: a whitelisted setting gets a checked value, in its canonical text. */
    record Set(String name, String value) implements SessionChange {}

    /** RESET: a whitelisted setting goes back to its default. */
    record Reset(String name) implements SessionChange {}
}
