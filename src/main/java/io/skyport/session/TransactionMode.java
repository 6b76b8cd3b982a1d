package io.skyport.session;

import io.skyport.sql.Isolation;
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

    boolean serializable() {
        return isolation == Isolation.SERIALIZABLE;
    }
}
