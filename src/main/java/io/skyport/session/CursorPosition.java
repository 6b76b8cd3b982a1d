package io.skyport.session;

/**
 * Where a cursor stands: before the first row, behind the last one, or on the rows that it gave last.
 *
 * @param first number of the first of those rows, counted from 1; 0 before all rows and behind all rows
 * @param last number of the last of those rows
 * @param behind whether it is behind the last row
 */
record CursorPosition(long first, long last, boolean behind) {

    static final CursorPosition BEFORE = new CursorPosition(0, 0, false);
    static final CursorPosition BEHIND = new CursorPosition(0, 0, true);

    static CursorPosition on(long first, long last) {
        return new CursorPosition(first, last, false);
    }

    /**
     * Rows that are asked for.
     *
     * @param fromEnd whether {@code first} counts from the last row, which is 1 then, towards the first one
     * @param first number of the first row; less than 1: no rows, but the place before the first row
     * @param clipped whether rows that are not there at the beginning are just left out
     */
    record Target(boolean fromEnd, long first, long count, boolean clipped) {

        static final Target BEFORE = new Target(false, 0, 0, false);

        private static Target from(long first, long count) {
            return new Target(false, first, count, false);
        }

        private static Target fromEnd(long back, long count) {
            return new Target(true, back, count, false);
        }

        private static Target tail(long count) {
            return new Target(true, count, count, true);
        }

        /** The number of the first row, counted from the beginning; less than 1 if that is before all rows. */
        long firstOf(long total) {
            if (!fromEnd) {
                return first;
            }
            long row = total - first + 1;
            return clipped ? Math.max(1, row) : row;
        }
    }

    /** What a fetch of {@code count} rows asks for from here. */
    Target target(Fetch fetch, long count) {
        return switch (fetch.direction()) {
            case NEXT -> behind ? Target.fromEnd(0, count) : Target.from(last + 1, count);
            case PRIOR -> prior(count);
            case FIRST -> Target.from(1, count);
            case LAST -> Target.tail(count);
            case ABSOLUTE -> absolute(fetch.offset(), count);
            case RELATIVE -> relative(fetch.offset(), count);
        };
    }

    private Target prior(long count) {
        if (behind) {
            return Target.tail(count);
        }
        long from = Math.max(1, first - count);
        return first <= 1 ? Target.BEFORE : Target.from(from, first - from);
    }

    private static Target absolute(long row, long count) {
        if (row == Long.MIN_VALUE || row == 0) {
            return Target.BEFORE;
        }
        return row > 0 ? Target.from(row, count) : Target.fromEnd(-row, count);
    }

    private Target relative(long rows, long count) {
        if (behind) {
            return rows >= 0 ? Target.fromEnd(0, count) : absolute(rows, count);
        }
        long row = first + rows;
        boolean overflown = rows > 0 && row < 0;
        return overflown ? Target.fromEnd(0, count) : Target.from(row, count);
    }
}
