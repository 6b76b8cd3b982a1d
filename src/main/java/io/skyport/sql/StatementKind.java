package io.skyport.sql;

/** What a statement does, as far as its caller must know to run it. */
public enum StatementKind {
    /** Reads and returns rows; may be run lazily and more than once. Includes SHOW, EXPLAIN and DESCRIBE. */
    QUERY,
    /** INSERT, UPDATE, DELETE, MERGE: changes rows and returns their count; runs exactly once. */
    DML,
    /** Changes the catalog; runs exactly once; the catalog's version moves on. */
    DDL,
    /** Changes only the session: {@link CompiledStatement#sessionChange()} says how; nothing for the engine to run. */
    SESSION
}
