package io.skyport.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a result is cut into parts that are read side by side: whole batches, in order, each in one part. Parts are only
 * added. Not thread-safe.
 *
 * <p>While the result grows, half of the parts are given out, each as large as all before it; the other half shares what is
 * left when it is complete.
 */
final class Parts {

    /** Batches of a part by their numbers. */
    record Part(int from, int to) {}

    private final int most;
    private final long minBytes;
    private final List<Part> parts = new ArrayList<>();
    /** The bytes of all batches before each. */
    private long[] before = new long[16];

    private int batches;

    /**
     * @param most parts in all; at least 1
     * @param minBytes of a part, if there are others
     */
    Parts(int most, long minBytes) {
        this.most = most;
        this.minBytes = minBytes;
    }

    /** A batch was added; whether there is a part more now. */
    boolean added(long bytes) {
        if (batches + 2 > before.length) {
            before = Arrays.copyOf(before, 2 * before.length);
        }
        before[batches + 1] = before[batches] + bytes;
        batches++;
        long given = before[given()];
        if (parts.size() >= most / 2 || before[batches] - given < Math.max(minBytes, given)) {
            return false;
        }
        parts.add(new Part(given(), batches));
        return true;
    }

    /** There are no more batches. At least one part is there, if without batches. */
    void finish() {
        int first = given();
        long left = before[batches] - before[first];
        int count = (int) Math.max(1, Math.min(most - parts.size(), left / Math.max(1, minBytes)));
        for (int i = 1; i < count; i++) {
            int end = at(before[first] + left * i / count);
            if (end > given() && end < batches) {
                parts.add(new Part(given(), end));
            }
        }
        if (given() < batches || parts.isEmpty()) {
            parts.add(new Part(given(), batches));
        }
    }

    /** The number of the batch that begins at or behind so many bytes. */
    private int at(long bytes) {
        int found = Arrays.binarySearch(before, 0, batches + 1, bytes);
        return found >= 0 ? found : -found - 1;
    }

    /** The batches that are in parts. */
    private int given() {
        return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).to();
    }

    int count() {
        return parts.size();
    }

    /** A part by its number from 0. */
    Part get(int number) {
        return parts.get(number);
    }

    /** The bytes of all batches. */
    long bytes() {
        return before[batches];
    }
}
