package io.skyport.session;

import io.skyport.catalog.SqlType;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import java.util.List;
import java.util.Map;
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
    private volatile @Nullable Bound bound;

    /**
     * Rows with the types of those parameters whose type the text does not tell, by index from 0.
     */
    record Bound(List<List<@Nullable Object>> rows, Map<Integer, SqlType> types) {}

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

    void bind(List<List<@Nullable Object>> rows) {
        bind(new Bound(rows, Map.of()));
    }

    void bind(Bound newlyBound) {
        bound = newlyBound;
    }

    Optional<List<List<@Nullable Object>>> rows() {
        return Optional.ofNullable(bound).map(Bound::rows);
    }

    /** As far as the rows bound last tell. */
    Map<Integer, SqlType> types() {
        Bound last = bound;
        return last == null ? Map.of() : last.types();
    }

    /** The rows to execute with: those bound, or one empty row for a statement without parameters. */
    Bound toExecute() {
        if (compiled.parameters().isEmpty()) {
            return new Bound(List.of(List.of()), Map.of());
        }
        Bound last = bound;
        if (last == null) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "The statement has " + compiled.parameters().size() + " parameters and none was bound");
        }
        return last;
    }
}
