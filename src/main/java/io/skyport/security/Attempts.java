package io.skyport.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often somebody was let in and was not, without any name. Thread-safe. */
public final class Attempts {

    /** What was presented. */
    public enum Method {
        PASSWORD("password"),
        TOKEN("token");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /** As metrics write it. */
        public String label() {
            return label;
        }
    }

    private record Attempt(Door door, Method method, boolean success) {}

    private final Map<Attempt, LongAdder> counts = new ConcurrentHashMap<>();

    void add(Door door, Method method, boolean success) {
        counts.computeIfAbsent(new Attempt(door, method, success), attempt -> new LongAdder())
                .increment();
    }

    /** Since the start. */
    public long count(Door door, Method method, boolean success) {
        LongAdder count = counts.get(new Attempt(door, method, success));
        return count == null ? 0 : count.sum();
    }
}
