package io.skyport.bench;

import java.time.Duration;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A result that was fetched whole: its rows, its bytes as Arrow, and how long that took. */
record Fetched(long rows, long bytes, Duration time) {

    /** Counts batches as they arrive. The time runs from its creation. */
    static final class Count {

        private final long start = System.nanoTime();
        private long rows;
        private long bytes;

        void add(VectorSchemaRoot batch) {
            rows += batch.getRowCount();
            for (FieldVector vector : batch.getFieldVectors()) {
                bytes += vector.getBufferSize();
            }
        }

        /** What was fetched elsewhere. */
        void add(Fetched part) {
            rows += part.rows();
            bytes += part.bytes();
        }

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        Fetched done() {
            return new Fetched(rows, bytes, elapsed());
        }
    }
}
