package io.skyport.flydb.server;

import org.jspecify.annotations.Nullable;

/** Makes a text of rows for people, value by value. */
interface RowText extends ValueSink {

    /** The values of another row follow. */
    void beginRow();

    /** Whether the text is not too long yet for another row. */
    boolean hasRoom();

    /** So many rows were there more, taken or not. */
    void count(int more);

    /** The text; null if there is none. */
    @Nullable
    String text();
}
