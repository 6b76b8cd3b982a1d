package io.skyport.session;

import io.skyport.sql.ResultColumn;
import io.skyport.sql.SessionChange;
import java.util.List;

/** What DECLARE, FETCH, MOVE and CLOSE do with a session's cursors, which they know by name. Thread-safe. */
final class SqlCursors {

    private final Cursors cursors;
    private final OwnTransactions transactions;
    private final StatementRunner runner;

    SqlCursors(Cursors cursors, OwnTransactions transactions, StatementRunner runner) {
        this.cursors = cursors;
        this.transactions = transactions;
        this.runner = runner;
    }

    /** What a FETCH from it gives now. */
    List<ResultColumn> columns(String name) {
        return cursors.find(name).columns();
    }

    void declare(SessionChange.Declare declared, Scope scope, Cancellation cancellation) {
        CursorOptions options = CursorOptions.of(
                switch (declared.kind()) {
                    case FORWARD_ONLY -> CursorType.FORWARD_ONLY;
                    case STATIC -> CursorType.STATIC;
                    case KEYSET -> CursorType.KEYSET;
                });
        Cursor unused = cursors.open(
                declared.query(),
                declared.name(),
                declared.held() ? options.withHold() : options,
                List.of(),
                scope,
                cancellation);
    }

    CursorPage fetch(SessionChange.Fetch fetched, Cancellation cancellation) {
        Fetch.Direction direction = switch (fetched.direction()) {
            case NEXT -> Fetch.Direction.NEXT;
            case PRIOR -> Fetch.Direction.PRIOR;
            case FIRST -> Fetch.Direction.FIRST;
            case LAST -> Fetch.Direction.LAST;
            case ABSOLUTE -> Fetch.Direction.ABSOLUTE;
            case RELATIVE -> Fetch.Direction.RELATIVE;
        };
        return fetch(
                cursors.find(fetched.name()), new Fetch(direction, fetched.offset(), fetched.count()), cancellation);
    }

    /** As {@link Session#fetch} says. */
    CursorPage fetch(Cursor cursor, Fetch fetch, Cancellation cancellation) {
        Scope scope = transactions.scope(cursor.transaction());
        if (scope instanceof Transaction transaction && !transaction.usable()) {
            throw transaction.unusable(null);
        }
        return cursor.fetch(fetch, runner.page(), scope, cancellation);
    }

    void close(SessionChange.CloseCursor closed) {
        String name = closed.name();
        if (name == null) {
            cursors.all().forEach(Cursor::close);
        } else {
            cursors.find(name).close();
        }
    }
}
