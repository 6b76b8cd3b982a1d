package io.skyport.session;

import java.util.concurrent.atomic.AtomicLong;

/** Makes names that people see and repeat: unique over all starts of the server, short, and no secret. Thread-safe. */
final class Tags {

    private static final int RADIX = 36;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    /** @param kind what they name, a letter or two */
    Tags(String kind, long startMillis) {
        this.prefix = kind + Long.toString(startMillis, RADIX) + "-";
    }

    String next() {
        return prefix + count.incrementAndGet();
    }
}
