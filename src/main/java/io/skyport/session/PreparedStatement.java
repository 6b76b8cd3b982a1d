package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a session prepared, with the parameter rows bound to it last. Thread-safe: an execution works on the
 * rows that were bound when it began.
 */
public final class PreparedStatement {

    private final String handle = Handles.next();
    private final CompiledStatement compiled;
    private final @Nullable Transaction transaction;
    private volatile @Nullable List<List<@Nullable Object>> rows;

    /** @param transaction in which it was prepared, and runs; null for none */
    PreparedStatement(CompiledStatement compiled, @Nullable Transaction transaction) {
        this.compiled = compiled;
        this.transaction = transaction;
    }

    @Nullable
    Transaction transaction() {
        return transaction;
    }

    public String handle() {
        return handle;
    }

    /** As compiled when it was prepared; an execution compiles again if the catalog changed. */
    public CompiledStatement compiled() {
        return compiled;
    }

    public String text() {
        return compiled.text();
    }

    void bind(List<List<@Nullable Object>> newRows) {
        rows = newRows;
    }

    Optional<List<List<@Nullable Object>>> rows() {
        return Optional.ofNullable(rows);
    }

    /** The rows to execute with: those bound, or one empty row for a statement without parameters. */
    List<List<@Nullable Object>> rowsToExecute() {
        if (compiled.parameters().isEmpty()) {
            return List.of(List.of());
        }
        List<List<@Nullable Object>> bound = rows;
        if (bound == null) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "The statement has " + compiled.parameters().size() + " parameters and none was bound");
        }
        return bound;
    }
}
