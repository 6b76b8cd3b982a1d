package io.skyport.sql;

import org.jspecify.annotations.Nullable;

/** What a statement of kind {@link StatementKind#SESSION} changes in the session that runs it. */
public sealed interface SessionChange {

    /** USE: unqualified names are looked up here from now on. Both exist. */
    record Use(String database, String schema) implements SessionChange {}

    /** SET: a whitelisted setting gets a checked value, in its canonical text. */
    record Set(String name, String value) implements SessionChange {}

    /** RESET: a whitelisted setting goes back to its default. */
    record Reset(String name) implements SessionChange {}

    /** RESET ALL: every setting goes back to its default. */
    record ResetAll() implements SessionChange {}

    /** PREPARE: {@code EXECUTE name} runs the statement from now on. The name is free. */
    record Prepare(String name, PreparedText statement) implements SessionChange {}

    /** DEALLOCATE: the name, which is in use, is free again; null for all names. */
    record Deallocate(@Nullable String name) implements SessionChange {}

    /** What ends something of whichever session; changes nothing in the one that asks for it. */
    sealed interface Kill extends SessionChange {
        String id();
    }

    /** KILL QUERY: stops the statement of this id. */
    record KillQuery(String id) implements Kill {}

    /** KILL SESSION: closes the session of this id with all it holds. */
    record KillSession(String id) implements Kill {}

    /** What opens, moves or closes a cursor. */
    sealed interface OfCursor extends SessionChange {}

    /** What a cursor shows, and where it can go. */
    enum CursorKind {
        FORWARD_ONLY,
        STATIC,
        KEYSET
    }

    /** DECLARE: places in the query's text are those in the client's. */
    record Declare(String name, CursorKind kind, boolean held, String query) implements OfCursor {}

    /** Where a cursor goes. */
    enum CursorDirection {
        NEXT,
        PRIOR,
        FIRST,
        LAST,
        ABSOLUTE,
        RELATIVE
    }

    /**
     * FETCH and MOVE.
     *
     * @param offset of ABSOLUTE and RELATIVE
     * @param count at most so many rows
     * @param rows whether it gives the rows that it passes
     */
    record Fetch(String name, CursorDirection direction, long offset, int count, boolean rows) implements OfCursor {}

    /** CLOSE: null for all. */
    record CloseCursor(@Nullable String name) implements OfCursor {}

    /** What begins, ends or marks a transaction. */
    sealed interface Transaction extends SessionChange {}

    /** BEGIN, START TRANSACTION: null is what the session has by default. */
    record Begin(@Nullable Isolation isolation, @Nullable Boolean readOnly) implements Transaction {}

    /** SET TRANSACTION: for the open transaction, before its first statement. */
    record SetTransaction(
            @Nullable Isolation isolation, @Nullable Boolean readOnly) implements Transaction {}

    /** COMMIT. */
    record Commit() implements Transaction {}

    /** ROLLBACK. */
    record Rollback() implements Transaction {}

    /** SAVEPOINT. */
    record Savepoint(String name) implements Transaction {}

    /** ROLLBACK TO SAVEPOINT. */
    record RollbackTo(String name) implements Transaction {}

    /** RELEASE SAVEPOINT. */
    record Release(String name) implements Transaction {}
}
