package io.skyport.session;

import io.skyport.session.CursorPosition.Target;

/** Where the rows of a cursor come from, by its type. Used by one thread at a time. */
sealed interface CursorRows extends AutoCloseable permits StaticRows, KeysetRows, DynamicRows, ForwardRows {

    /**
     * What was found.
     *
     * @param position the cursor's from now on
     * @param more whether there are rows behind these
     * @param total rows in all, or {@link CursorPage#UNKNOWN}
     */
    record Found(PageRows rows, CursorPosition position, boolean more, long total) {

        /** Nothing, because {@code first} is before or behind all of {@code total} rows. */
        static Found nothing(PageRows none, long first, long total, long known) {
            boolean before = first < 1;
            return new Found(none, before ? CursorPosition.BEFORE : CursorPosition.BEHIND, before && total > 0, known);
        }
    }

    /**
     * Fetches into {@code page}, which stays the caller's if this fails; what is found may be another one.
     *
     * @param scope where statements run now
     */
    Found fetch(Target target, PageRows page, Scope scope, Cancellation cancellation);

    /** Whether rows that were given can be given again. */
    default boolean scrollable() {
        return true;
    }

    /**
     * Rows of what was fetched last were not used: the next fetch begins with them.
     *
     * @param page all rows of that fetch
     * @param used how many of them were used, not all
     * @return whether {@code page} is not the caller's any more
     */
    default boolean takeBack(PageRows page, long used) {
        return false;
    }

    /** Frees what it holds; idempotent. */
    @Override
    void close();
}
