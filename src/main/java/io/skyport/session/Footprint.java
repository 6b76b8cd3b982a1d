package io.skyport.session;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.StatementKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of one transaction looked at and wrote: what has to be as it was for it to be serializable, or to be
 * done again. Used by one thread at a time.
 */
final class Footprint {

    private final SeenCatalog catalog;
    /** What all statements read and wrote, also those that were undone. */
    private final Set<ObjectName> touched = new HashSet<>();

    private final Set<ObjectName> read = new HashSet<>();
    private final Set<ObjectName> written = new HashSet<>();
    private final Set<ObjectName> changedSchema = new HashSet<>();
    private final KeyVersions keys = new KeyVersions();
    private @Nullable String database;

    Footprint(SeenCatalog catalog) {
        this.catalog = catalog;
    }

    Set<ObjectName> touched() {
        return touched;
    }

    Set<ObjectName> read() {
        return read;
    }

    Set<ObjectName> written() {
        return written;
    }

    /** What foreign keys make of what was written. */
    KeyVersions keys() {
        return keys;
    }

    /** What DDL changed; {@link TableVersions#ANYTHING} among them if it was no table or view. */
    Set<ObjectName> changedSchema() {
        return changedSchema;
    }

    /** A statement is about to look at what it reads. */
    void reads(CompiledStatement statement) {
        Set<ObjectName> tables = tables(statement.reads());
        touched.addAll(tables);
        read.addAll(tables);
    }

    /** What is behind a view or a function is not told: they count as everything. */
    private Set<ObjectName> tables(Set<ObjectName> names) {
        Set<ObjectName> tables = new HashSet<>();
        for (ObjectName name : names) {
            boolean table = catalog.table(name)
                    .filter(found -> found.kind() != TableKind.VIEW)
                    .isPresent();
            if (!table) {
                tables.add(TableVersions.ANYTHING);
            } else if (!SeenCatalog.isTemporary(name)) {
                tables.add(name.folded());
            }
        }
        return tables;
    }

    /**
     * A statement is about to write. All but a plain INSERT looks at the rows that are there, and the engine at those behind
     * foreign keys.
     */
    void writes(CompiledStatement statement, boolean serializable) {
        boolean inserts = statement.kind() == StatementKind.DML
                && statement.engineSql().startsWith("INSERT INTO ")
                && !statement.engineSql().contains(" ON CONFLICT");
        for (ObjectName name : statement.writes()) {
            if (SeenCatalog.isTemporary(name)) {
                continue;
            }
            touched.add(name.folded());
            if (!inserts) {
                read.add(name.folded());
            }
            if (serializable) {
                read.addAll(inserts ? referenced(name) : related(name));
            }
        }
    }

    private Set<ObjectName> referenced(ObjectName name) {
        return catalog.table(name).map(Table::foreignKeys).orElse(List.of()).stream()
                .map(key -> key.referencedTable().folded())
                .collect(Collectors.toSet());
    }

    private Set<ObjectName> related(ObjectName name) {
        Set<ObjectName> related = referenced(name);
        for (Table table : catalog.snapshot(name).tables()) {
            if (table.foreignKeys().stream()
                    .anyMatch(key -> key.referencedTable().folded().equals(name.folded()))) {
                related.add(table.name().folded());
            }
        }
        return related;
    }

    /** A statement has written. */
    void wrote(CompiledStatement statement) {
        KeyVersions unused = keys.add(statement.keys());
        statement.writes().stream()
                .filter(name -> !SeenCatalog.isTemporary(name))
                .forEach(name -> {
                    written.add(name.folded());
                    database = name.database();
                });
        if (statement.kind() == StatementKind.DDL) {
            catalog.change();
            changedSchema.addAll(statement.writes());
            if (statement.writes().isEmpty()) {
                changedSchema.add(TableVersions.ANYTHING);
                written.add(TableVersions.ANYTHING);
            }
        }
    }

    /** What was written is undone; that it was looked at is not. */
    void undone() {
        written.clear();
        changedSchema.clear();
        keys.clear();
        database = null;
    }

    /**
     * The engine would find out only when it writes, and lose all that was done before.
     *
     * @throws SkyportException 25000 if a statement writes another database than those before
     */
    void requireOneDatabase(CompiledStatement statement) {
        String first = database;
        for (ObjectName name : statement.writes()) {
            if (first != null && !SeenCatalog.isTemporary(name) && !Savepoints.same(first, name.database())) {
                throw new SkyportException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "the transaction has written to database \"" + first
                                + "\", and one transaction can write to one database: commit before writing to \""
                                + name.database() + "\"");
            }
        }
    }

    /** Of several databases, each has a snapshot of its own time. */
    boolean readSeveralDatabases() {
        return read.contains(TableVersions.ANYTHING)
                ? catalog.databases() > 1
                : read.stream().map(ObjectName::database).distinct().count() > 1;
    }
}
