package io.skyport.sql;

import io.skyport.engine.Engine;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT ... VALUES whose parameter rows arrive as an Arrow stream: column {@code i} of the stream is parameter
 * {@code i}, named {@code p1..pn}.
 *
 * @param streamName the table name under which {@code engineSql} reads the stream
 * @param engineSql INSERT ... SELECT from the stream, with the same expressions, casts and defaults as the row form; where
 *     there are rounds, CREATE TABLE {@link #ROWS} AS SELECT
 * @param roundSql where a row may change one that came before it: inserts the rows of {@link #ROWS} whose {@link #ROUND} is
 *     {@code $1}, no two of which have the same key; else null
 */
public record StreamedInsert(
        String streamName, String engineSql, @Nullable String roundSql) {

    /** The rows of a stream in the order in which they came, while they are inserted in rounds. */
    public static final String ROWS = "\"" + Engine.TEMPORARY_DATABASE + "\".\"main\".\"skyport:rows\"";

    /** How many rows of the same key came before a row, and itself. */
    public static final String ROUND = "\"skyport:round\"";

    /** Stands between the two statements where they are written as one text. */
    public static final String NEXT = "\n-- skyport:round\n";

    /** The same with other texts. */
    StreamedInsert with(UnaryOperator<String> writing) {
        return new StreamedInsert(
                streamName, writing.apply(engineSql), roundSql == null ? null : writing.apply(roundSql));
    }

    /** The statements of a text. */
    static StreamedInsert of(String streamName, String text) {
        int next = text.indexOf(NEXT);
        return next < 0
                ? new StreamedInsert(streamName, text, null)
                : new StreamedInsert(streamName, text.substring(0, next), text.substring(next + NEXT.length()));
    }
}
