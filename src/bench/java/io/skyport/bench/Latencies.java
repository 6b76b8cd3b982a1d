package io.skyport.bench;

import java.util.ArrayList;
import java.util.List;

/** Times of the same work, done many times on one side. Not thread-safe. */
final class Latencies {

    private final List<Long> nanos = new ArrayList<>();

    void add(long time) {
        nanos.add(time);
    }

    void addAll(Latencies other) {
        nanos.addAll(other.nanos);
    }

    void clear() {
        nanos.clear();
    }

    int count() {
        return nanos.size();
    }

    double medianMillis() {
        return millis(0.50);
    }

    /** The time that this share of the work took at most, in milliseconds. */
    double millis(double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1)) / 1e6;
    }
}
