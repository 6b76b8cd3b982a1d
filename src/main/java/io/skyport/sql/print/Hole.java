package io.skyport.sql.print;

/**
 * A place in engine SQL where something goes that is not known while it is printed.
 *
 * @param offset into the SQL without what goes into holes
 * @param kind what goes there
 * @param index which parameter, division, sum, text or label it is, each counted from 0
 * @param detail what the printer knows of it
 */
public record Hole(int offset, Kind kind, int index, String detail) {

    /** What goes into a hole. */
    public enum Kind {
        /** A parameter. */
        PARAMETER,
        /** A parameter of the macro that is being made; the detail is its name. */
        MACRO_PARAMETER,
        /** The operator that the client wrote as {@code /}. */
        DIVISION,
        /** Before a call of sum, with its FILTER and OVER. */
        SUM_START,
        /** Before the argument of sum. */
        ARGUMENT_START,
        /** Behind the argument of sum. */
        ARGUMENT_END,
        /** Behind a call of sum. */
        SUM_END,
        /** Before what is cast to a text of limited length; the detail is the word CAST or TRY_CAST. */
        TEXT_START,
        /** Behind what is cast to a text of limited length; the detail is the length. */
        TEXT_END,
        /** Before a column without a name whose engine SQL differs from what the engine would label it by. */
        LABEL_START,
        /** Where that column's name goes; the detail is the client's text. */
        LABEL_END,
        /** Before a column of RETURNING. */
        RETURNED_START,
        /** Behind a column of RETURNING. */
        RETURNED_END
    }

    Hole moved(int characters) {
        return new Hole(offset + characters, kind, index, detail);
    }

    /** Beside holes of another text, of which there are fewer than {@code others}. Parameters are the statement's. */
    Hole renumbered(int others) {
        return kind == Kind.PARAMETER ? this : new Hole(offset, kind, index + others, detail);
    }
}
