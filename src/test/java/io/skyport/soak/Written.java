package io.skyport.soak;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What clients write, and which of it was acknowledged. Thread-safe. */
final class Written {

    private final AtomicLong ids = new AtomicLong();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

    long next() {
        return ids.incrementAndGet();
    }

    void acknowledge(long id) {
        acknowledged.add(id);
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }
}
