package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.OwnCatalog;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.catalog.TransactionCatalog;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineHold;
import io.skyport.sql.WrittenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalog as one transaction sees it: what others change since it began is not in it. Used by one thread at a time. */
final class SeenCatalog {

    private final Catalog shared;
    private final OwnConnection connection;
    private final EngineHold hold;
    /** Of the shared one when the engine's transaction began. */
    private long version;

    private boolean changed;
    private @Nullable TransactionCatalog own;
    /** What the session has besides, as of the last statement. */
    private @Nullable OwnCatalog temporary;

    SeenCatalog(Catalog shared, OwnConnection connection, EngineHold hold) {
        this.shared = shared;
        this.connection = connection;
        this.hold = hold;
    }

    /** Whether it is what belongs to one session. */
    static boolean isTemporary(ObjectName name) {
        return name.database().equals(Engine.TEMPORARY_DATABASE);
    }

    /** The engine's transaction begins, or is begun anew. */
    void begun() {
        version = shared.version();
        own = null;
        changed = false;
    }

    /** The transaction changed it. */
    void change() {
        own = null;
        changed = true;
    }

    /** Whether the transaction changed it. */
    boolean changed() {
        return changed;
    }

    /** For a statement of a session that has {@code objects} besides. */
    @Nullable
    OwnCatalog with(@Nullable OwnCatalog objects) {
        temporary = objects;
        return own(objects);
    }

    /** The catalog as all see it is right until DDL of anybody makes it differ from what this transaction sees. */
    private @Nullable OwnCatalog own(@Nullable OwnCatalog objects) {
        if (own == null && (changed || shared.version() != version)) {
            own = new TransactionCatalog(hold, connection.objects().orElse(null));
        }
        return own != null ? own : connection.temporary() ? objects : null;
    }

    CatalogSnapshot snapshot(ObjectName name) {
        CatalogSnapshot all = shared.snapshot();
        OwnCatalog seen = own(isTemporary(name) ? temporary : null);
        return seen == null ? all : seen.with(all);
    }

    Optional<Table> table(ObjectName name) {
        return snapshot(name).table(name.database(), name.schema(), name.name());
    }

    /** The tables of these names, as they are now, and no views. */
    List<WrittenRows> rows(Set<ObjectName> names) {
        List<WrittenRows> tables = new ArrayList<>();
        for (ObjectName name : names) {
            table(name)
                    .filter(table -> table.kind() != TableKind.VIEW && table.external() == null)
                    .ifPresent(table -> tables.add(new WrittenRows(table)));
        }
        return tables;
    }

    /** How many databases there are. */
    int databases() {
        return shared.snapshot().databases().size();
    }
}
