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
