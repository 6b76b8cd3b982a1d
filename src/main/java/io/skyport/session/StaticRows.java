package io.skyport.session;

import io.skyport.session.CursorPosition.Target;

/** The result as it was, put aside on disk. */
record StaticRows(SpooledRows copied) implements CursorRows {

    @Override
    public Found fetch(Target target, PageRows page, Scope scope, Cancellation cancellation) {
        long total = copied.total();
        long first = target.firstOf(total);
        if (first < 1 || first > total) {
            return Found.nothing(page, first, total, total);
        }
        long rows = Math.min(target.count(), total - first + 1);
        try (Cancellation.Registration ignored = cancellation.onCancel(() -> {})) {
            copied.read(first - 1, rows, page::add);
        }
        long last = first + rows - 1;
        return new Found(page, CursorPosition.on(first, last), last < total, total);
    }

    @Override
    public void close() {
        copied.close();
    }
}
