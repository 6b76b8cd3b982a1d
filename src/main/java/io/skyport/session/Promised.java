package io.skyport.session;

import io.skyport.sql.ResultColumn;
import java.util.List;

/** Rows that a client was promised and may fetch now. Used by one thread. */
public interface Promised {

    /** The columns of the rows; none if the statement gives no rows. They travel in their types' wire form. */
    List<ResultColumn> columns();

    /** Starts to produce the rows. To be called once, by the thread that reads. */
    ResultStream open();

    /** Gives the rows up in place of {@link #open()}. */
    void discard();
}
