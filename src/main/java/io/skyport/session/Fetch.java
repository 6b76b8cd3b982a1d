package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;

/**
 * Which rows of a cursor are asked for. The current row is the first one that the last fetch gave.
 *
 * @param offset of {@link Direction#ABSOLUTE}, the number of the first row, counted from 1, or from the end as -1, -2 and
 *     so on; of {@link Direction#RELATIVE}, how far the first row is from the current one
 * @param count at most so many rows; 0 for the cursor's fetch size
 */
public record Fetch(Direction direction, long offset, int count) {

    /** Where the rows are, in the order of the result in any case. */
    public enum Direction {
        /** Behind the rows fetched last. */
        NEXT,
        /** Before the rows fetched last; none of those again. */
        PRIOR,
        /** The first ones. */
        FIRST,
        /** The last ones. */
        LAST,
        ABSOLUTE,
        RELATIVE
    }

    /** @throws SkyportException 22023 if {@code count} is negative */
    public Fetch {
        if (count < 0) {
            throw new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, "the number of rows to fetch is negative");
        }
    }

    public static Fetch next(int count) {
        return new Fetch(Direction.NEXT, 0, count);
    }

    public static Fetch prior(int count) {
        return new Fetch(Direction.PRIOR, 0, count);
    }

    public static Fetch first(int count) {
        return new Fetch(Direction.FIRST, 0, count);
    }

    public static Fetch last(int count) {
        return new Fetch(Direction.LAST, 0, count);
    }

    public static Fetch absolute(long row, int count) {
        return new Fetch(Direction.ABSOLUTE, row, count);
    }

    public static Fetch relative(long rows, int count) {
        return new Fetch(Direction.RELATIVE, rows, count);
    }
}
