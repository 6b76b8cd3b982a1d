package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.engine.Spool;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.StreamedInsert;
import io.skyport.sql.WrittenRows;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What of a statement that runs must be kept for it to be done again: the rows that it inserts, where it would insert others
 * the next time; else its parameters, where they come as a stream. Used by one thread.
 */
final class Recording implements AutoCloseable {

    private final Engine engine;
    private final @Nullable WrittenRows written;
    private @Nullable Spool spool;
    private boolean whole;

    /** @param written whose rows are kept; null if the parameters are */
    Recording(Engine engine, @Nullable WrittenRows written) {
        this.engine = engine;
        this.written = written;
    }

    /** Whether the rows are kept that are inserted, and not those that come in. */
    boolean ofInserted() {
        return written != null;
    }

    String sql(CompiledStatement insert) {
        return written == null ? insert.engineSql() : written.returning(insert);
    }

    String sql(StreamedInsert insert) {
        return written == null ? insert.engineSql() : written.returning(insert);
    }

    /** Keeps what was inserted; returns what the statement itself gives, which is to the left of it. */
    VectorSchemaRoot keepInserted(VectorSchemaRoot batch) {
        int width = written == null ? 0 : written.width();
        int own = batch.getFieldVectors().size() - width;
        keep(columns(batch, own, own + width));
        return columns(batch, 0, own);
    }

    private static VectorSchemaRoot columns(VectorSchemaRoot batch, int from, int to) {
        List<FieldVector> vectors = batch.getFieldVectors().subList(from, to);
        return new VectorSchemaRoot(
                new Schema(batch.getSchema().getFields().subList(from, to)), vectors, batch.getRowCount());
    }

    void keep(VectorSchemaRoot batch) {
        if (spool == null) {
            spool = engine.spool(batch.getSchema());
        }
        spool.add(batch);
    }

    /** Keeps the batches of a stream of parameters as they are read. */
    void keep(ParameterStream rows) {
        whole = rows.isWhole();
        rows.keepIn(this);
    }

    /** Whether its rows are run as one stream. */
    boolean ofWhole() {
        return whole;
    }

    /** What was kept, which is the caller's now; null if there was nothing. */
    @Nullable
    Spool finish() {
        Spool kept = spool;
        spool = null;
        if (kept != null) {
            kept.finish();
        }
        return kept;
    }

    @Override
    public void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
