package io.skyport.session;

import io.skyport.session.CursorPosition.Target;
import java.util.function.Function;

/** What the query gives when it is run once more, as it is for each fetch. */
record DynamicRows(Function<Scope, QueryStream> query) implements CursorRows {

    @Override
    public Found fetch(Target target, PageRows page, Scope scope, Cancellation cancellation) {
        if (!target.fromEnd() && target.first() < 1) {
            // Not to be told as behind an empty result: nobody looked.
            return new Found(page, CursorPosition.BEFORE, true, CursorPage.UNKNOWN);
        }
        try (QueryStream stream = query.apply(scope);
                Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            return target.fromEnd() ? fromEnd(target, page, stream) : fromBeginning(target, page, stream);
        }
    }

    private static Found fromBeginning(Target target, PageRows page, QueryStream stream) {
        long seen = 0;
        while (stream.next()) {
            int rows = stream.root().getRowCount();
            long skipped = Math.min(rows, Math.max(0, target.first() - 1 - seen));
            long taken = Math.min(rows - skipped, target.count() - page.count());
            page.add(stream.root(), (int) skipped, (int) taken);
            seen += rows;
            if (skipped + taken < rows) {
                stream.enough();
                return found(page, target.first(), true);
            }
        }
        return page.count() == 0
                ? new Found(page, CursorPosition.BEHIND, false, CursorPage.UNKNOWN)
                : found(page, target.first(), false);
    }

    private static Found found(PageRows page, long first, boolean more) {
        return new Found(page, CursorPosition.on(first, first + page.count() - 1), more, CursorPage.UNKNOWN);
    }

    /** The rows from there on are kept until the end is seen. */
    private static Found fromEnd(Target target, PageRows page, QueryStream stream) {
        long total = 0;
        while (stream.next()) {
            int rows = stream.root().getRowCount();
            if (target.first() > 0) {
                page.add(stream.root(), 0, rows);
                page.keepLast(target.first());
            }
            total += rows;
        }
        long first = target.firstOf(total);
        if (first < 1 || first > total) {
            return Found.nothing(page.part(0, 0), first, total, CursorPage.UNKNOWN);
        }
        long rows = Math.min(target.count(), total - first + 1);
        PageRows part = page.part(first - 1 - (total - page.count()), rows);
        return found(part, first, first + rows - 1 < total);
    }

    /** It holds nothing between fetches. */
    @Override
    public void close() {}
}
