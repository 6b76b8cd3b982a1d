package io.skyport.session;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What clients name by an id, until nobody has used it for some time. A cache that counts reads would not do: it may miss the
 * one by which something that was in use begins to be idle, and keep it for ever. Thread-safe.
 */
final class WhileUsed<V> {

    private final ConcurrentMap<String, Kept<V>> kept = new ConcurrentHashMap<>();
    private final long nanos;
    private final Predicate<V> inUse;
    private final Consumer<V> givenUp;
    private final LongSupplier clock;

    private static final class Kept<V> {

        private final V value;
        private volatile long used;

        Kept(V value, long now) {
            this.value = value;
            this.used = now;
        }
    }

    /**
     * @param timeout after the last use
     * @param inUse whether one is not idle in any case
     * @param givenUp told of one that was idle, by who sweeps
     * @param clock nanoseconds, as those of {@link System#nanoTime()}
     */
    WhileUsed(Duration timeout, Predicate<V> inUse, Consumer<V> givenUp, LongSupplier clock) {
        this.nanos = timeout.toNanos();
        this.inUse = inUse;
        this.givenUp = givenUp;
        this.clock = clock;
    }

    /** Uses the one of this id. */
    Optional<V> use(String id) {
        Kept<V> found = kept.get(id);
        if (found == null || idle(found)) {
            return Optional.empty();
        }
        found.used = clock.getAsLong();
        return Optional.of(found.value);
    }

    /** The one of this id, without using it. */
    Optional<V> look(String id) {
        return Optional.ofNullable(kept.get(id)).map(found -> found.value);
    }

    /** Uses the one of this id, or what is opened for it. */
    V use(String id, Supplier<V> open) {
        giveUpIfIdle(id);
        Kept<V> found = kept.computeIfAbsent(id, key -> new Kept<>(open.get(), clock.getAsLong()));
        found.used = clock.getAsLong();
        return found.value;
    }

    /** Takes one away, which is not given up then; false if somebody else has. */
    boolean remove(String id, V value) {
        Kept<V> found = kept.get(id);
        return found != null && found.value == value && kept.remove(id, found);
    }

    Collection<V> values() {
        return kept.values().stream().map(each -> each.value).toList();
    }

    int size() {
        return kept.size();
    }

    /** Gives up those that are idle. To be called again and again. */
    void sweep() {
        kept.keySet().forEach(this::giveUpIfIdle);
    }

    private void giveUpIfIdle(String id) {
        Kept<V> found = kept.get(id);
        if (found != null && idle(found) && kept.remove(id, found)) {
            givenUp.accept(found.value);
        }
    }

    private boolean idle(Kept<V> one) {
        return clock.getAsLong() - one.used > nanos && !inUse.test(one.value);
    }
}
