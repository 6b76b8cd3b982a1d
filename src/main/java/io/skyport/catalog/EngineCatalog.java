package io.skyport.catalog;

import io.skyport.engine.Engine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as the engine has it. A snapshot is loaded when it is first asked for after {@link #changed()}; threads that
 * ask meanwhile wait for that one load. A load that fails leaves the catalog as it was, and the next caller tries again.
 */
public final class EngineCatalog implements Catalog {

    private final Engine engine;
    private final AtomicLong version = new AtomicLong(1);
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable CatalogSnapshot current;

    public EngineCatalog(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CatalogSnapshot snapshot() {
        @Nullable CatalogSnapshot loaded = upToDate();
        return loaded != null ? loaded : load();
    }

    private CatalogSnapshot load() {
        loading.lock();
        try {
            @Nullable CatalogSnapshot loadedMeanwhile = upToDate();
            if (loadedMeanwhile != null) {
                return loadedMeanwhile;
            }
            // Read before the engine is: DDL that comes in between makes this snapshot old, never wrongly current.
            CatalogSnapshot loaded = new SnapshotLoader(engine).load(version.get());
            current = loaded;
            return loaded;
        } finally {
            loading.unlock();
        }
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public void changed() {
        version.incrementAndGet();
    }

    private @Nullable CatalogSnapshot upToDate() {
        @Nullable CatalogSnapshot loaded = current;
        return loaded != null && loaded.version() == version.get() ? loaded : null;
    }
}
