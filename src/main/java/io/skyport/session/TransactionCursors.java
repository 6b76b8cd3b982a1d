package io.skyport.session;

import java.util.NavigableMap;
import java.util.TreeMap;

/** The cursors that were opened in one transaction. Used by one thread at a time. */
final class TransactionCursors {

    /** By how many were opened before them. */
    private final NavigableMap<Integer, Cursor> cursors = new TreeMap<>();

    private int opened;

    /** How many were opened. */
    int opened() {
        return opened;
    }

    void add(Cursor cursor) {
        cursors.values().removeIf(older -> !older.isOpen());
        cursors.put(opened++, cursor);
    }

    /** @param opened how many were opened before the first of them */
    void closeFrom(int opened) {
        close(opened, true);
    }

    /** Those that the commit does not end stay. */
    void closeUnlessHeld() {
        close(0, false);
    }

    private void close(int from, boolean held) {
        cursors.tailMap(from, true).values().removeIf(cursor -> {
            boolean close = held || !cursor.options().held();
            if (close) {
                cursor.close();
            }
            return close;
        });
    }
}
