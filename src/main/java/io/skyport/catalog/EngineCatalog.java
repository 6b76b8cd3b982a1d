package io.skyport.catalog;

import io.skyport.engine.Engine;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as the engine has it. A snapshot is loaded when it is first asked for after {@link #changed()}; threads that
 * ask meanwhile wait for that one load. After DDL of which the tables are known, only those who need these wait. A load
 * that fails leaves the catalog as it was, and the next caller tries again.
 */
public final class EngineCatalog implements Catalog {

    /** Tables written since the last load of which a snapshot keeps account; beyond, the next is loaded whole. */
    private static final int MOST_WRITTEN = 1_000;

    private final Engine engine;
    /** Changed by one thread at a time: {@link #move}. */
    private volatile State state = new State(1, null, Set.of(), null);

    private final ReentrantLock loading = new ReentrantLock();
    private final AtomicLong routinesVersion = new AtomicLong(1);
    private final ReentrantLock loadingRoutines = new ReentrantLock();
    private volatile @Nullable LoadedRoutines currentRoutines;

    /**
     * Where the catalog is.
     *
     * @param loaded the last snapshot that was loaded whole, or null if nothing of it counts any more
     * @param written tables and views that DDL wrote since, by folded name
     * @param current the snapshot of this version, or null before it is loaded
     */
    private record State(
            long version,
            @Nullable CatalogSnapshot loaded,
            Set<ObjectName> written,
            @Nullable CatalogSnapshot current) {}

    /** The functions that users made, as they were at a version of theirs. */
    private record LoadedRoutines(long version, Routines routines) {}

    public EngineCatalog(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CatalogSnapshot snapshot() {
        @Nullable CatalogSnapshot current = state.current();
        return current != null ? current : load();
    }

    /** The whole catalog, as it is now or a little later. */
    private CatalogSnapshot load() {
        loading.lock();
        try {
            State before = state;
            if (before.loaded() != null && before.written().isEmpty()) {
                return before.loaded();
            }
            // DDL that comes in between makes this snapshot old, never wrongly current.
            CatalogSnapshot loaded = new SnapshotLoader(engine).load(before.version(), this::routines);
            move(now -> now == before ? new State(before.version(), loaded, Set.of(), loaded) : now);
            return loaded;
        } finally {
            loading.unlock();
        }
    }

    @Override
    public long version() {
        return state.version();
    }

    @Override
    public void changed() {
        routinesVersion.incrementAndGet();
        move(before -> new State(before.version() + 1, null, Set.of(), null));
    }

    @Override
    public void tablesChanged(Set<ObjectName> tables) {
        move(before -> after(before, tables));
    }

    private synchronized void move(UnaryOperator<State> step) {
        state = step.apply(state);
    }

    private State after(State before, Set<ObjectName> tables) {
        long version = before.version() + 1;
        Set<ObjectName> written = new HashSet<>(before.written());
        tables.forEach(table -> written.add(table.folded()));
        @Nullable CatalogSnapshot loaded = before.loaded();
        if (loaded == null || written.size() > MOST_WRITTEN) {
            return new State(version, null, Set.of(), null);
        }
        return new State(version, loaded, written, new CarriedSnapshot(version, loaded, written, this::load));
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
}
