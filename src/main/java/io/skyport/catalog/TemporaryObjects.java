package io.skyport.catalog;

import io.skyport.engine.Connections;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a session has that no other session sees: temporary tables, views, sequences, types and functions, as they were when this was
 * loaded. Equal only to itself, so that no plan made with it serves another session. Thread-safe.
 */
public final class TemporaryObjects implements OwnCatalog {

    /** Below the versions of the catalog, which are positive. */
    private static final AtomicLong VERSIONS = new AtomicLong();

    private final Connections connections;
    private final CatalogSnapshot objects;
    private volatile @Nullable Layered layered;

    /** The objects together with the catalog of one version. */
    private record Layered(CatalogSnapshot shared, CatalogSnapshot together) {}

    private TemporaryObjects(Connections connections, CatalogSnapshot objects) {
        this.connections = connections;
        this.objects = objects;
    }

    /** @param connections where the objects can be seen */
    public static TemporaryObjects load(Connections connections) {
        return new TemporaryObjects(connections, SnapshotLoader.temporary(connections));
    }

    @Override
    public Connections connections() {
        return connections;
    }

    /** The version of the next snapshot that is not everybody's. */
    static long nextVersion() {
        return VERSIONS.decrementAndGet();
    }

    /** The catalog with these objects in it, as the database {@code temp}. */
    @Override
    public CatalogSnapshot with(CatalogSnapshot shared) {
        Layered known = layered;
        if (known == null || known.shared() != shared) {
            known = new Layered(shared, new LayeredSnapshot(nextVersion(), shared, objects));
            layered = known;
        }
        return known.together();
    }
}
