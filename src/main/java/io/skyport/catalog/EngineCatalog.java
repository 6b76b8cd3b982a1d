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
    private final AtomicLong routinesVersion = new AtomicLong(1);
    private final ReentrantLock loadingRoutines = new ReentrantLock();
    private volatile @Nullable CatalogSnapshot current;
    private volatile @Nullable LoadedRoutines currentRoutines;

    /** The functions that users made, as they were at a version of theirs. */
    private record LoadedRoutines(long version, Routines routines) {}

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
            CatalogSnapshot loaded = new SnapshotLoader(engine).load(version.get(), this::routines);
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
        routinesVersion.incrementAndGet();
        version.incrementAndGet();
    }

    @Override
    public void tablesChanged() {
        version.incrementAndGet();
    }

    /** Loaded when first asked for after {@link #changed()}, because that takes longer than all the rest. */
    private Routines routines() {
        @Nullable LoadedRoutines loaded = currentRoutines;
        if (loaded != null && loaded.version() == routinesVersion.get()) {
            return loaded.routines();
        }
        loadingRoutines.lock();
        try {
            long wanted = routinesVersion.get();
            @Nullable LoadedRoutines loadedMeanwhile = currentRoutines;
            if (loadedMeanwhile == null || loadedMeanwhile.version() != wanted) {
                loadedMeanwhile = new LoadedRoutines(wanted, Routines.load(engine));
                currentRoutines = loadedMeanwhile;
            }
            return loadedMeanwhile.routines();
        } finally {
            loadingRoutines.unlock();
        }
    }

    private @Nullable CatalogSnapshot upToDate() {
        @Nullable CatalogSnapshot loaded = current;
        return loaded != null && loaded.version() == version.get() ? loaded : null;
    }
}
