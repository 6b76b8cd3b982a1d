package io.skyport.session;

/** What a cursor shows of changes that are made after it was opened. */
public enum CursorType {
    /** The result as its query delivers it, which goes on from row to row and never back. */
    FORWARD_ONLY,
    /** The result as it was when the cursor was opened. */
    STATIC,
    /** The rows that there were when the cursor was opened, in that order, with the values they have when fetched. */
    KEYSET,
    /** What the query gives at each fetch. */
    DYNAMIC
}
