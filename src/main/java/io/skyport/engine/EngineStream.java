package io.skyport.engine;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A running query's result: Arrow batches, produced as they are asked for.
 *
 * <p>One thread reads. {@link #close()} frees every buffer and gives the connection back; it may be called at any point
 * of the stream and more than once, by the reading thread. Another thread stops a reader by {@link #interrupt()}.
 */
public interface EngineStream extends AutoCloseable {

    /** The schema of the batches as the engine exports them. */
    Schema schema();

    /**
     * Waits for the next batch.
     *
     * @return false at the end of the result
     * @throws io.skyport.error.SkyportException if the query fails or was interrupted
     */
    boolean loadNextBatch();

    /**
     * The batch that {@link #loadNextBatch()} loaded. Its vectors are overwritten by the next load: a consumer that keeps
     * data transfers the buffers out.
     */
    VectorSchemaRoot root();

    /** Makes the query stop soon, also while another thread waits in {@link #loadNextBatch()}; that call then fails with 57014. */
    void interrupt();

    @Override
    void close();
}
