package io.skyport.catalog;

import io.skyport.engine.Connections;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as an open transaction sees it: with what it has changed itself, without what others have changed since it
 * began. Loaded when first asked for. Thread-safe.
 */
public final class TransactionCatalog implements OwnCatalog {

    private final Connections connections;
    private final @Nullable TemporaryObjects temporary;
    private @Nullable CatalogSnapshot snapshot;

    /**
     * @param connections of the transaction
     * @param temporary what is temporary on its connection now, or null
     */
    public TransactionCatalog(Connections connections, @Nullable TemporaryObjects temporary) {
        this.connections = connections;
        this.temporary = temporary;
    }

    @Override
    public Connections connections() {
        return connections;
    }

    @Override
    public synchronized CatalogSnapshot with(CatalogSnapshot shared) {
        CatalogSnapshot known = snapshot;
        if (known == null) {
            known = load();
            snapshot = known;
        }
        return known;
    }

    private CatalogSnapshot load() {
        LaterRoutines routines = new LaterRoutines(connections);
        CatalogSnapshot seen = new SnapshotLoader(connections).load(TemporaryObjects.nextVersion(), routines::routines);
        return temporary == null ? seen : temporary.with(seen);
    }

    /** Read when a statement first needs them. */
    private static final class LaterRoutines {

        private final Connections connections;
        private @Nullable Routines routines;

        LaterRoutines(Connections connections) {
            this.connections = connections;
        }

        synchronized Routines routines() {
            if (routines == null) {
                routines = Routines.load(connections);
            }
            return routines;
        }
    }
}
