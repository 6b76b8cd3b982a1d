package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Isolation;
import io.skyport.sql.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction promises. The engine's snapshot is what every level up to REPEATABLE READ gets, and more than it asks
 * for; SERIALIZABLE is checked at commit.
 */
public record TransactionMode(Isolation isolation, boolean readOnly) {

    /** What a session has that asked for nothing. */
    public static final TransactionMode DEFAULT = new TransactionMode(Isolation.READ_COMMITTED, false);

    /** The same where something is asked for. */
    TransactionMode with(@Nullable Isolation otherIsolation, @Nullable Boolean otherReadOnly) {
        return new TransactionMode(
                otherIsolation == null ? isolation : otherIsolation, otherReadOnly == null ? readOnly : otherReadOnly);
    }

    /** @throws SkyportException 25006 if the statement would write what others see, and nothing may */
    void requireWritable(CompiledStatement statement) {
        boolean writes =
                statement.kind() == StatementKind.DDL || !statement.writes().isEmpty();
        if (readOnly && writes && !statement.onlyTemporary()) {
            throw new SkyportException(
                    ErrorCode.READ_ONLY_TRANSACTION, "the transaction is read-only, and the statement would write");
        }
    }

    boolean serializable() {
        return isolation == Isolation.SERIALIZABLE;
    }
}
