package io.skyport.session;

import io.skyport.sql.ResultColumn;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The rows of an execution, batch by batch. One thread reads; {@link #interrupt()} is for any other. Closing frees the
 * buffers and the engine connection, at any point of the stream, and is idempotent.
 */
public interface ResultStream extends AutoCloseable {

    /** The columns that were announced. */
    List<ResultColumn> columns();

    /**
     * Waits for the next batch; false at the end.
     *
     * @throws io.skyport.error.SkyportException with a position in the client's text where one is known
     */
    boolean next();

    /**
     * The current batch. Its vectors have the wire types of {@link #columns()} but the engine's own field names: a
     * consumer transfers them out and labels them itself. Overwritten by {@link #next()}.
     */
    VectorSchemaRoot root();

    /** Makes a waiting {@link #next()} fail soon with 57014. */
    void interrupt();

    /** Whether somebody did; {@link #next()} then fails. */
    default boolean interrupted() {
        return false;
    }

    /** Share of the work that is done, 0 to 1, or -1 if that is unknown. Safe from any thread. */
    default double progress() {
        return -1;
    }

    @Override
    void close();
}
