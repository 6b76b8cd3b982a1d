package io.skyport.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Optional;

/** Compiled statements by all that their meaning depends on. Thread-safe. */
final class PlanCache {

    /** Statements longer than this count more: the cache's memory is bounded too. */
    private static final int CHARACTERS_PER_STATEMENT = 4096;

    /** What a statement's meaning depends on. */
    record Key(String text, SqlContext context, long catalogVersion) {}

    private final Cache<Key, CompiledStatement> statements;

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
        return Optional.ofNullable(statements.getIfPresent(key));
    }

    void put(Key key, CompiledStatement statement) {
        statements.put(key, statement);
    }

    void clear() {
        statements.invalidateAll();
    }

    long hits() {
        return stats().hitCount();
    }

    long misses() {
        return stats().missCount();
    }

    long size() {
        return statements.estimatedSize();
    }

    private CacheStats stats() {
        return statements.stats();
    }
}
