package io.skyport.flightsql;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A metadata answer as one batch: some clients read no more of it than the first. */
final class AnswerBatches implements Batches {

    private final Answer answer;
    private final VectorSchemaRoot root;
    private boolean given;

    AnswerBatches(Answer answer, BufferAllocator allocator) {
        this.answer = answer;
        this.root = VectorSchemaRoot.create(answer.schema(), allocator);
    }

    @Override
    public Schema schema() {
        return answer.schema();
    }

    @Override
    public boolean next() {
        if (given) {
            return false;
        }
        given = true;
        Cells.write(answer, root);
        return true;
    }

    @Override
    public VectorSchemaRoot root() {
        return root;
    }

    @Override
    public void interrupt() {
        // Nothing here waits.
    }

    @Override
    public void close() {
        root.close();
    }
}
