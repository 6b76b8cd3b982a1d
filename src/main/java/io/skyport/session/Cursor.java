package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, to be fetched page by page from {@link Session#fetch} until it is closed: by
 * {@link Session#closeCursor}, with its session, or, unless it is held, with the transaction in which it was opened. One
 * opened in no transaction belongs to none.
 *
 * <p>Thread-safe: fetches take turns; closing stops the one that runs and does not wait for it.
 */
public final class Cursor {

    private final String id = "cur_" + Handles.next();
    private final @Nullable String name;
    private final CursorOptions options;
    private final List<ResultColumn> columns;
    private final CursorRows rows;
    private final @Nullable Transaction transaction;
    private final Consumer<Cursor> closed;
    private final Cancellation closing = new Cancellation();
    private final ReentrantLock turn = new ReentrantLock();
    private CursorPosition position = CursorPosition.BEFORE;
    private long fetches;

    /** @param closed is told once, when it is closed */
    Cursor(
            @Nullable String name,
            CursorOptions options,
            List<ResultColumn> columns,
            CursorRows rows,
            @Nullable Transaction transaction,
            Consumer<Cursor> closed) {
        this.name = name;
        this.options = options;
        this.columns = columns;
        this.rows = rows;
        this.transaction = transaction;
        this.closed = closed;
    }

    /** Opaque and unguessable. */
    public String id() {
        return id;
    }

    /** The name that it was opened with. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    public CursorOptions options() {
        return options;
    }

    /** The columns of its rows. They travel in their types' wire form. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** In which it was opened, while that is open; null for none. */
    @Nullable
    Transaction transaction() {
        return transaction != null && transaction.open() ? transaction : null;
    }

    boolean isOpen() {
        return !closing.isCancelled();
    }

    /** Whether a fetch runs now. */
    boolean fetching() {
        return turn.isLocked();
    }

    /** @param page for the rows; closed if this fails */
    CursorPage fetch(Fetch fetch, PageRows page, Scope scope, Cancellation cancellation) {
        turn.lock();
        CursorRows.@Nullable Found found = null;
        try {
            requireOpen();
            requireDirection(fetch.direction());
            Cancellation stopping = new Cancellation();
            try (Cancellation.Registration caller = cancellation.onCancel(stopping::cancel);
                    Cancellation.Registration closer = closing.onCancel(stopping::cancel)) {
                int count = fetch.count() == 0 ? options.fetchSize() : fetch.count();
                found = rows.fetch(position.target(fetch, count), page, scope, stopping);
            }
            CursorPosition before = position;
            position = found.position();
            return page(found, fetch.direction() == Fetch.Direction.PRIOR, before);
        } finally {
            if (found == null || found.rows() != page) {
                page.close();
            }
            turn.unlock();
            release();
        }
    }

    private CursorPage page(CursorRows.Found found, boolean backwards, CursorPosition before) {
        boolean more = backwards && found.rows().count() > 0 ? found.position().first() > 1 : found.more();
        long fetched = ++fetches;
        return new CursorPage(
                columns,
                found.rows(),
                found.position(),
                more,
                found.total(),
                (page, used) -> goBack(fetched, page, used, before));
    }

    /** To where it would be if fetch number {@code fetched} had been for so many rows. */
    private CursorPage.Left goBack(long fetched, PageRows page, long used, CursorPosition before) {
        turn.lock();
        try {
            if (!isOpen() || fetches != fetched) {
                return CursorPage.Left.LOST;
            }
            long first = position.first();
            position = used == 0 ? before : CursorPosition.on(first, first + used - 1);
            return rows.takeBack(page, used) ? CursorPage.Left.KEPT : CursorPage.Left.FORGOTTEN;
        } finally {
            turn.unlock();
            release();
        }
    }

    private void requireDirection(Fetch.Direction direction) {
        if (direction != Fetch.Direction.NEXT && !rows.scrollable()) {
            throw new SkyportException(
                    ErrorCode.INVALID_CURSOR_STATE, "the cursor is forward-only: it fetches the next rows alone");
        }
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new SkyportException(ErrorCode.INVALID_CURSOR_STATE, "the cursor is closed");
        }
    }

    /** Nothing happens if it is closed. */
    void close() {
        if (isOpen()) {
            closing.cancel();
            closed.accept(this);
        }
        release();
    }

    /** Whoever ends a turn looks again: what closes meanwhile does not wait for the turn. */
    private void release() {
        if (!isOpen() && turn.tryLock()) {
            try {
                rows.close();
            } finally {
                turn.unlock();
            }
        }
    }
}
