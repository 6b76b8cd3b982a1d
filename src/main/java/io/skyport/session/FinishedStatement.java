package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.sql.StatementKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a statement went.
 *
 * @param knownKind its kind, or null if it did not compile
 * @param failure what went wrong, or null if it succeeded
 * @param duration from the start of its compilation or execution to its last row
 * @param rows rows delivered, or affected by DML
 * @param bytes Arrow buffer bytes delivered
 */
public record FinishedStatement(
        String user,
        String text,
        @Nullable StatementKind knownKind,
        @Nullable ErrorCode failure,
        Duration duration,
        long rows,
        long bytes) {

    public Optional<StatementKind> kind() {
        return Optional.ofNullable(knownKind);
    }

    public Optional<ErrorCode> error() {
        return Optional.ofNullable(failure);
    }
}
