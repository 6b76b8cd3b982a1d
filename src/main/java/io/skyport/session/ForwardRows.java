package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.CursorPosition.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The result as it comes from the engine. */
final class ForwardRows implements CursorRows {

    private final QueryStream stream;
    private final Running.Entering running;
    private final Runnable released;
    private @Nullable Part rest;
    /** Rows that were given and not used: they come before the rest. */
    private final Deque<PageRows> unused = new ArrayDeque<>();

    private long given;
    private boolean ended;
    private boolean failed;
    private boolean closed;

    /** What of the stream's batch was not given yet. */
    private record Part(int from, int rows) {}

    /**
     * @param stream which rests
     * @param running called with what interrupts a fetch; ended when that is done
     * @param released is run once, when the stream is closed
     */
    ForwardRows(QueryStream stream, Running.Entering running, Runnable released) {
        this.stream = stream;
        this.running = running;
        this.released = released;
    }

    @Override
    public boolean scrollable() {
        return false;
    }

    @Override
    public Found fetch(Target target, PageRows page, Scope scope, Cancellation cancellation) {
        if (failed) {
            throw new SkyportException(
                    ErrorCode.INVALID_CURSOR_STATE, "rows of the cursor were lost when a fetch of it failed");
        }
        stream.clock().wake();
        LogContext.enter(stream.clock());
        try (Scope.Use ignored = scope.use();
                Running.Entry entry = running.enter(stream.clock(), stream::interrupt);
                Cancellation.Registration waiting = cancellation.onCancel(entry::giveUp);
                Cancellation.Registration registration = cancellation.onCancel(stream::interrupt)) {
            return entry.run(() -> {
                entry.admit(scope);
                return unused.isEmpty() ? read(target.count(), page) : again(target.count(), page);
            });
        } finally {
            stream.clock().rest();
        }
    }

    /** Not more than there are of them, so that nothing is taken twice. */
    private Found again(long count, PageRows page) {
        PageRows before = unused.element();
        if (before.count() <= count) {
            boolean more = unused.size() > 1 || there();
            return found(unused.remove(), more);
        }
        before.copy(0, count, page);
        before.dropFirst(count);
        return found(page, true);
    }

    @Override
    public boolean takeBack(PageRows page, long used) {
        given -= page.count() - used;
        page.dropFirst(used);
        unused.push(page);
        return true;
    }

    private Found read(long count, PageRows page) {
        failed = true;
        while (page.count() < count && there()) {
            take(page, count - page.count());
        }
        boolean more = there();
        failed = false;
        return found(page, more);
    }

    private Found found(PageRows page, boolean more) {
        long first = given + 1;
        given += page.count();
        long total = more ? CursorPage.UNKNOWN : given;
        CursorPosition position = page.count() == 0 ? CursorPosition.BEHIND : CursorPosition.on(first, given);
        return new Found(page, position, more, total);
    }

    private void take(PageRows page, long most) {
        Part part = rest;
        if (part != null) {
            int rows = (int) Math.min(most, part.rows());
            page.add(stream.root(), part.from(), rows);
            rest = rows == part.rows() ? null : new Part(part.from() + rows, part.rows() - rows);
        }
    }

    /** Whether there is a row to give: waits for it. */
    private boolean there() {
        while (rest == null && !ended) {
            if (stream.next()) {
                int rows = stream.root().getRowCount();
                rest = rows == 0 ? null : new Part(0, rows);
            } else {
                ended = true;
                closeStream();
            }
        }
        return rest != null;
    }

    @Override
    public void close() {
        unused.forEach(PageRows::close);
        unused.clear();
        closeStream();
    }

    private void closeStream() {
        if (!closed) {
            closed = true;
            try {
                stream.close();
            } finally {
                released.run();
            }
        }
    }
}
