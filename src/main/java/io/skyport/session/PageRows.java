package io.skyport.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;

/** Rows that are taken out of batches for a page. Used by one thread. */
final class PageRows implements AutoCloseable {

    private final ReturnedBytes limit;
    private final BufferAllocator allocator;
    private final List<VectorSchemaRoot> batches = new ArrayList<>();
    private final BitSet deleted = new BitSet();
    private long bytes;
    private long count;

    PageRows(ReturnedBytes limit, BufferAllocator allocator) {
        this.limit = limit;
        this.allocator = allocator;
    }

    List<VectorSchemaRoot> batches() {
        return batches;
    }

    long count() {
        return count;
    }

    BitSet deleted() {
        return deleted;
    }

    /** Takes rows of a batch, which stays the caller's. */
    void add(VectorSchemaRoot batch, int from, int rows) {
        if (rows > 0) {
            add(batch.getFieldVectors(), from, rows);
        }
    }

    /** The same of a batch whose last column says whether a row is there. */
    void addFound(VectorSchemaRoot batch) {
        int rows = batch.getRowCount();
        List<FieldVector> vectors = batch.getFieldVectors();
        BitVector found = (BitVector) vectors.get(vectors.size() - 1);
        for (int row = 0; row < rows; row++) {
            deleted.set(Math.toIntExact(count) + row, found.get(row) == 0);
        }
        if (rows > 0) {
            add(vectors.subList(0, vectors.size() - 1), 0, rows);
        }
    }

    private void add(List<FieldVector> vectors, int from, int rows) {
        List<FieldVector> taken = new ArrayList<>();
        long size = 0;
        for (FieldVector vector : vectors) {
            TransferPair pair = vector.getTransferPair(vector.getField(), allocator);
            pair.splitAndTransfer(from, rows);
            FieldVector part = (FieldVector) pair.getTo();
            size += part.getBufferSize();
            taken.add(part);
        }
        batches.add(
                new VectorSchemaRoot(taken.stream().map(FieldVector::getField).toList(), taken, rows));
        count += rows;
        limit.take(size);
        bytes += size;
    }

    /** Leaves out whole batches at the beginning, as long as {@code rows} are left. */
    void keepLast(long rows) {
        while (!batches.isEmpty() && count - batches.get(0).getRowCount() >= rows) {
            VectorSchemaRoot first = batches.remove(0);
            count -= first.getRowCount();
            giveBack(bytes(first));
            first.close();
        }
    }

    /** Leaves out rows at the beginning, which are not all. */
    void dropFirst(long rows) {
        long left = count - rows;
        keepLast(left);
        int dropped = (int) (count - left);
        if (dropped > 0) {
            try (VectorSchemaRoot whole = batches.get(0)) {
                VectorSchemaRoot rest = whole.slice(dropped);
                batches.set(0, rest);
                giveBack(bytes(whole) - bytes(rest));
            }
            count = left;
        }
    }

    private static long bytes(VectorSchemaRoot batch) {
        return batch.getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
    }

    private void giveBack(long size) {
        limit.giveBack(size);
        bytes -= size;
    }

    /** These rows alone, counted from 0. */
    PageRows part(long from, long rows) {
        PageRows part = new PageRows(limit, allocator);
        boolean done = false;
        try {
            copy(from, rows, part);
            done = true;
            return part;
        } finally {
            if (!done) {
                part.close();
            }
        }
    }

    /** Adds these rows, counted from 0, to others. */
    void copy(long from, long rows, PageRows to) {
        long start = 0;
        for (VectorSchemaRoot batch : batches) {
            long begin = Math.max(from, start);
            long end = Math.min(from + rows, start + batch.getRowCount());
            to.add(batch, (int) (begin - start), (int) Math.max(0, end - begin));
            start += batch.getRowCount();
        }
    }

    @Override
    public void close() {
        batches.forEach(VectorSchemaRoot::close);
        batches.clear();
        limit.giveBack(bytes);
        bytes = 0;
    }
}
