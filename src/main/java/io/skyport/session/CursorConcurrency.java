package io.skyport.session;

/** What a cursor promises about rows that somebody else changes between a fetch and an update of them. */
public enum CursorConcurrency {
    /** Nothing. */
    READ_ONLY,
    /** That nobody can. The engine has no locks of rows, so that it is refused. */
    LOCK,
    /** That the update fails with 40001: what every transaction of the engine promises until it ends. */
    OPTIMISTIC
}
