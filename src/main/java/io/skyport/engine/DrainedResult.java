package io.skyport.engine;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a statement answers that no table can be made of, such as EXPLAIN, on a connection that is kept: read at once, so
 * that its turn is over before the client reads. Of an answer larger than {@link #MOST_BYTES} the rest stays in the
 * engine, and holds the turn until it was read.
 */
final class DrainedResult implements EngineStream {

    /** Plans and descriptions are kilobytes. */
    static final long MOST_BYTES = 4L << 20;

    private final EngineStream rest;
    private final TakenBatches batches;
    private final Schema schema;
    private boolean ended;
    private boolean fromRest;

    private DrainedResult(EngineStream rest, TakenBatches batches) {
        this.rest = rest;
        this.batches = batches;
        this.schema = rest.schema();
    }

    /** Runs the statement in {@code turn}, and ends the turn unless the answer is large. */
    static DrainedResult of(DuckDbConnection turn, String sql, List<? extends @Nullable Object> parameters) {
        EngineStream stream = turn.stream(sql, parameters);
        DrainedResult result =
                new DrainedResult(stream, new TakenBatches(turn.engine().allocator()));
        boolean drained = false;
        try {
            result.drain();
            drained = true;
            return result;
        } finally {
            if (!drained) {
                result.close();
            }
        }
    }

    private void drain() {
        long bytes = 0;
        while (bytes < MOST_BYTES) {
            if (!rest.loadNextBatch()) {
                ended = true;
                rest.close();
                return;
            }
            bytes += batches.take(rest.root());
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean loadNextBatch() {
        if (batches.next()) {
            return true;
        }
        fromRest = !ended && rest.loadNextBatch();
        return fromRest;
    }

    @Override
    public VectorSchemaRoot root() {
        return fromRest ? rest.root() : batches.current();
    }

    @Override
    public void interrupt() {
        if (!ended) {
            rest.interrupt();
        }
    }

    @Override
    public void close() {
        batches.close();
        rest.close();
    }
}
