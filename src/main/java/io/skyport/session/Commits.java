package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.TableKind;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.KeyUse;
import io.skyport.sql.StatementKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** What everybody is told of a commit: the order of changes, and that the catalog moved. Thread-safe. */
final class Commits {

    private final Catalog catalog;
    private final int retries;
    private final TableVersions versions;

    /**
     * @param retries how often a statement that commits by itself is run again after a conflict
     * @param lockTimeout how long one waits for others to commit
     */
    Commits(Catalog catalog, int retries, Duration lockTimeout) {
        this.catalog = catalog;
        this.retries = retries;
        this.versions = new TableVersions(lockTimeout);
    }

    int retries() {
        return retries;
    }

    Catalog catalog() {
        return catalog;
    }

    TableVersions versions() {
        return versions;
    }

    /** What a query reads, as {@link TableVersions} knows it, if it is of several databases; else nothing. */
    Set<ObjectName> readOfSeveral(CompiledStatement query) {
        Set<ObjectName> read = new HashSet<>();
        for (ObjectName name : query.reads()) {
            if (!SeenCatalog.isTemporary(name)) {
                read.add(isTable(name) ? name.folded() : TableVersions.ANYTHING);
            }
        }
        boolean several = read.contains(TableVersions.ANYTHING)
                ? catalog.snapshot().databases().size() > 1
                : read.stream().map(ObjectName::database).distinct().count() > 1;
        return several ? read : Set.of();
    }

    private boolean isTable(ObjectName name) {
        return catalog.snapshot()
                .table(name.database(), name.schema(), name.name())
                .filter(found -> found.kind() != TableKind.VIEW)
                .isPresent();
    }

    /**
     * Runs a statement that commits by itself.
     *
     * @param waiting ends its waits for the commits of others
     */
    long committing(CompiledStatement statement, Cancellation waiting, LongSupplier work) {
        boolean unknown = statement.writes().isEmpty();
        if (unknown && statement.kind() != StatementKind.DDL || statement.onlyTemporary()) {
            return work.getAsLong();
        }
        try (TableVersions.Writing ignored =
                writing(unknown ? Set.of(TableVersions.ANYTHING) : statement.writes(), statement.keys(), waiting)) {
            long count = work.getAsLong();
            changed(statement);
            return count;
        }
    }

    /** Who takes keys away does not begin before those are done who write references. */
    private TableVersions.Writing writing(Set<ObjectName> tables, KeyUse use, Cancellation waiting) {
        KeyVersions keys = new KeyVersions().add(use);
        Set<ObjectName> changed = new HashSet<>(tables);
        changed.addAll(keys.changed());
        return use.removes().isEmpty()
                ? versions.writing(changed, waiting)
                : versions.alone(keys.needed(), changed, waiting);
    }

    /** What writes tables or views changes nothing else. */
    void changed(CompiledStatement statement) {
        if (statement.kind() == StatementKind.DDL && !statement.onlyTemporary()) {
            changed(statement.writes());
        }
    }

    /** @param tables what DDL wrote; empty: something else than tables and views */
    void changed(Collection<ObjectName> tables) {
        if (tables.isEmpty()) {
            catalog.changed();
        } else {
            catalog.tablesChanged(Set.copyOf(tables));
        }
    }
}
