package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.sql.ResultColumn;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one fetch, as Arrow batches in memory; what later fetches do makes no difference to them. To be read by one
 * thread and closed.
 */
public final class CursorPage implements ResultStream {

    /** The {@link #totalRows()} that nobody knows. */
    public static final long UNKNOWN = -1;

    private final List<ResultColumn> columns;
    private final PageRows rows;
    private final CursorPosition position;
    private final boolean more;
    private final long total;
    private final Rest rest;
    private int next;
    private Left left = Left.LOST;
    private @Nullable VectorSchemaRoot current;

    /** Gives rows back to the cursor. */
    interface Rest {
        Left leave(PageRows rows, long used);
    }

    /** What became of them. */
    enum Left {
        /** The cursor has moved meanwhile, or is closed. */
        LOST,
        /** The cursor will find them again. */
        FORGOTTEN,
        /** The cursor has them, all rows of the page. */
        KEPT
    }

    CursorPage(
            List<ResultColumn> columns, PageRows rows, CursorPosition position, boolean more, long total, Rest rest) {
        this.columns = columns;
        this.rows = rows;
        this.position = position;
        this.more = more;
        this.total = total;
        this.rest = rest;
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    /** Rows of all batches together. */
    public long rowCount() {
        return rows.count();
    }

    /**
     * The number of the current row, counted from 1, which is the first one of this page. Without rows: 0 if the cursor is
     * before the first row; behind the last one, one more than there are rows, or {@link #UNKNOWN}.
     */
    public long position() {
        if (position.behind()) {
            return total == UNKNOWN ? UNKNOWN : total + 1;
        }
        return position.first();
    }

    /** The number of the last row of this page; the same as {@link #position()} without rows. */
    public long lastRow() {
        return rowCount() == 0 ? position() : position.last();
    }

    /** Whether there are rows behind this page, or, if it was fetched by PRIOR, before it. */
    public boolean hasMoreRows() {
        return more;
    }

    /** How many rows the cursor has, or {@link #UNKNOWN}. */
    public long totalRows() {
        return total;
    }

    /** Which rows of this page, counted from 0, are holes: deleted since the cursor was opened, with all values null. */
    public BitSet deleted() {
        return (BitSet) rows.deleted().clone();
    }

    /** 02000 if there are no rows, else nothing: SQL's completion condition. */
    public Optional<ErrorCode> condition() {
        return rowCount() == 0 ? Optional.of(ErrorCode.NO_DATA) : Optional.empty();
    }

    @Override
    public boolean next() {
        if (next == rows.batches().size()) {
            current = null;
            return false;
        }
        current = rows.batches().get(next++);
        return true;
    }

    @Override
    public VectorSchemaRoot root() {
        VectorSchemaRoot batch = current;
        if (batch == null) {
            throw new IllegalStateException("There is no batch");
        }
        return batch;
    }

    /**
     * Leaves rows to the next fetch: the cursor goes back, as if it had been asked for no more than were used. Nothing more
     * can be read of this page, which is still to be closed.
     *
     * @param used how many rows of this page were used: fewer than it has
     * @return false if the cursor has moved meanwhile, or is closed: it does not come back to these rows
     */
    public boolean leave(long used) {
        left = rest.leave(rows, used);
        current = null;
        next = rows.batches().size();
        return left != Left.LOST;
    }

    /** Never waits. */
    @Override
    public void interrupt() {}

    @Override
    public void close() {
        current = null;
        if (left != Left.KEPT) {
            rows.close();
        }
    }
}
