package io.skyport.flightsql;

import io.skyport.session.Execution;
import io.skyport.session.ResultStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of an execution. */
final class ResultBatches implements Batches {

    private final Schema schema;
    private final ResultStream rows;

    ResultBatches(Execution execution) {
        this.schema = ArrowSchemas.of(execution.columns());
        this.rows = execution.open();
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
