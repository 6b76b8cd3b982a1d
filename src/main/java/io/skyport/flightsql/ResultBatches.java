package io.skyport.flightsql;

import io.skyport.session.Promised;
import io.skyport.session.ResultStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows that a client was promised. */
final class ResultBatches implements Batches {

    private final Schema schema;
    private final ResultStream rows;

    ResultBatches(Promised promised) {
        this.schema = ArrowSchemas.of(promised.columns());
        this.rows = promised.open();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean next() {
        return rows.next();
    }

    @Override
    public VectorSchemaRoot root() {
        return rows.root();
    }

    @Override
    public void interrupt() {
        rows.interrupt();
    }

    @Override
    public boolean interrupted() {
        return rows.interrupted();
    }

    @Override
    public void close() {
        rows.close();
    }
}
