package io.skyport.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Compiled statements by all that their meaning depends on. Thread-safe. */
final class PlanCache {

    /** Statements longer than this count more: the cache's memory is bounded too. */
    private static final int CHARACTERS_PER_STATEMENT = 4096;

    /**
     * What a statement's meaning depends on.
     *
     * @param named whether that includes what EXECUTE runs, which most do not ask for
     */
    record Key(String text, SqlContext context, boolean named, long catalogVersion) {

        /** Of one for whose meaning everything counts. */
        Key(String text, SqlContext context, long catalogVersion) {
            this(text, context, true, catalogVersion);
        }

        /** Of one that means the same whatever EXECUTE runs. */
        Key withoutNames() {
            return new Key(text, context.withStatements(Map.of()), false, catalogVersion);
        }
    }

    private final Cache<Key, CompiledStatement> statements;
    private final LongAdder misses = new LongAdder();

    PlanCache(int size) {
        this.statements = Caffeine.newBuilder()
                .maximumWeight(size)
                .weigher(
                        (Key key, CompiledStatement statement) -> 1 + key.text().length() / CHARACTERS_PER_STATEMENT)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    Optional<CompiledStatement> get(Key key) {
        CompiledStatement found = statements.getIfPresent(key.withoutNames());
        found = found == null ? statements.getIfPresent(key) : found;
        if (found == null) {
            misses.increment();
        }
        return Optional.ofNullable(found);
    }

    void put(Key key, CompiledStatement statement) {
        statements.put(key, statement);
    }

    void clear() {
        statements.invalidateAll();
    }

    long hits() {
        return statements.stats().hitCount();
    }

    long misses() {
        return misses.sum();
    }

    long size() {
        return statements.estimatedSize();
    }
}
