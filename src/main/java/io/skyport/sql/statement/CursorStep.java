package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SessionChange.CursorDirection;
import java.util.Locale;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Where FETCH and MOVE go.
 *
 * @param offset of ABSOLUTE and RELATIVE
 * @param count at most so many rows
 */
public record CursorStep(CursorDirection direction, long offset, int count) {

    /** To one row. */
    public static CursorStep row(String direction, long offset) {
        return new CursorStep(CursorDirection.valueOf(direction.toUpperCase(Locale.ROOT)), offset, 1);
    }

    /**
     * To several rows.
     *
     * @param direction FORWARD or BACKWARD
     * @param count less than 0 for the other direction
     */
    public static CursorStep rows(String direction, long count) {
        boolean back = direction.equalsIgnoreCase("BACKWARD") != count < 0;
        int most = (int) Math.min(Math.abs(count), Integer.MAX_VALUE);
        return new CursorStep(back ? CursorDirection.PRIOR : CursorDirection.NEXT, 0, most);
    }

    /** The number of a literal, of rows or of a row. */
    public static long number(String literal, boolean negative, SqlParserPos pos) {
        try {
            long number = Long.parseLong(literal);
            if (number > 0) {
                return negative ? -number : number;
            }
        } catch (NumberFormatException tooLarge) {
            // said below
        }
        throw Compilation.error(
                ErrorCode.INVALID_PARAMETER_VALUE, "a cursor goes by 1 row or more: rows are counted from 1", pos);
    }

    SessionChange.Fetch of(String cursor, boolean rows) {
        return new SessionChange.Fetch(cursor, direction, offset, count, rows);
    }
}
