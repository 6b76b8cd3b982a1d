package io.skyport.session;

import io.skyport.catalog.SqlType;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.StatementParameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private volatile long usedNanos = System.nanoTime();

    /**
     * Rows, and the parameters that their values were fitted to.
     *
     * @param types of those parameters whose type the text does not tell, by index from 0
     */
    record Bound(List<StatementParameter> parameters, List<List<@Nullable Object>> rows, Map<Integer, SqlType> types) {}

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

    /** Somebody names it. */
    void use() {
        usedNanos = System.nanoTime();
    }

    /** Whether nobody has named it for so long. */
    boolean idleFor(Duration time) {
        return System.nanoTime() - usedNanos > time.toNanos();
    }

    void bind(Bound newlyBound) {
        bound = newlyBound;
    }

    /** As far as the rows bound last tell. */
    Map<Integer, SqlType> types() {
        Bound last = bound;
        return last == null ? Map.of() : last.types();
    }

    /**
     * The rows to execute with: those bound, or one empty row for a statement without parameters.
     *
     * @param now what it means now, which may take others than it did when they were bound
     */
    List<List<@Nullable Object>> rows(CompiledStatement now) {
        if (now.parameters().isEmpty()) {
            return List.of(List.of());
        }
        Bound known = bound;
        if (known == null) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "The statement has " + now.parameters().size() + " parameters and none was bound");
        }
        return known.parameters().equals(now.parameters()) ? known.rows() : fitted(known.rows(), now.parameters());
    }

    private static List<List<@Nullable Object>> fitted(
            List<List<@Nullable Object>> rows, List<StatementParameter> parameters) {
        List<List<@Nullable Object>> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(ParameterValues.fit(row, parameters)));
        return all;
    }

    /**
     * The only row to execute with.
     *
     * @throws SkyportException 0A000 if several are bound, or none of them
     */
    List<@Nullable Object> row(CompiledStatement now) {
        List<List<@Nullable Object>> rows = rows(now);
        if (rows.size() != 1) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a cursor is opened with one row of parameters, and " + rows.size() + " are bound");
        }
        return rows.get(0);
    }
}
