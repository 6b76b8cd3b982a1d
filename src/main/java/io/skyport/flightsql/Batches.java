package io.skyport.flightsql;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** What DoGet sends: a schema, then batches. One thread reads; {@link #interrupt()} is for any other. */
interface Batches extends AutoCloseable {

    /** The schema that was announced. */
    Schema schema();

    /** Waits for the next batch; false at the end. */
    boolean next();

    /** The current batch: vectors of the schema's types in its order, possibly under other names. */
    VectorSchemaRoot root();

    /** Makes a waiting {@link #next()} fail soon. */
    void interrupt();

    /** Whether somebody stopped them; {@link #next()} then fails. */
    default boolean interrupted() {
        return false;
    }

    /** Frees everything, at any point. */
    @Override
    void close();
}
