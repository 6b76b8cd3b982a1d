package io.skyport.session;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.ObjectName;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.KeyUse;
import io.skyport.sql.StatementKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** What everybody is told of a commit: the order of changes, and that the catalog moved. Thread-safe. */
final class Commits {

    private final Catalog catalog;
    private final int retries;
    private final TableVersions versions = new TableVersions();

    /** @param retries how often a statement that commits by itself is run again after a conflict */
    Commits(Catalog catalog, int retries) {
        this.catalog = catalog;
        this.retries = retries;
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

    /** Runs a statement that commits by itself. */
    long committing(CompiledStatement statement, LongSupplier work) {
        boolean unknown = statement.writes().isEmpty();
        if (unknown && statement.kind() != StatementKind.DDL || statement.onlyTemporary()) {
            return work.getAsLong();
        }
        try (TableVersions.Writing ignored =
                writing(unknown ? Set.of(TableVersions.ANYTHING) : statement.writes(), statement.keys())) {
            long count = work.getAsLong();
            changed(statement);
            return count;
        }
    }

    /** Who takes keys away does not begin before those are done who write references. */
    private TableVersions.Writing writing(Set<ObjectName> tables, KeyUse use) {
        KeyVersions keys = new KeyVersions().add(use);
        Set<ObjectName> changed = new HashSet<>(tables);
        changed.addAll(keys.changed());
        return use.removes().isEmpty() ? versions.writing(changed) : versions.alone(keys.needed(), changed);
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
