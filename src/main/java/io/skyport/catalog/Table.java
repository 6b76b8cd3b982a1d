package io.skyport.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table or view.
 *
 * @param columns in table order
 * @param primaryKey or null
 * @param uniqueKeys UNIQUE constraints
 * @param checks CHECK constraints
 * @param foreignKeys keys of this table that reference others
 * @param external where an external table's files are, or null
 * @param materialized the query of a materialized view as engine SQL, or null
 */
public record Table(
        ObjectName name,
        TableKind kind,
        List<Column> columns,
        @Nullable Key primaryKey,
        List<Key> uniqueKeys,
        List<Check> checks,
        List<ForeignKey> foreignKeys,
        List<Index> indexes,
        @Nullable ExternalLocation external,
        @Nullable String materialized,
        @Nullable String comment) {

    /** A table that is no materialized view. */
    public Table(
            ObjectName name,
            TableKind kind,
            List<Column> columns,
            @Nullable Key primaryKey,
            List<Key> uniqueKeys,
            List<Check> checks,
            List<ForeignKey> foreignKeys,
            List<Index> indexes,
            @Nullable ExternalLocation external,
            @Nullable String comment) {
        this(name, kind, columns, primaryKey, uniqueKeys, checks, foreignKeys, indexes, external, null, comment);
    }

    public Table {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
    }

    /** The column of this name; the case of ASCII letters is ignored, as the engine does. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> NameCase.same(c.name(), name)).findFirst();
    }

    /** Whether rows cannot be written: views of both kinds, external and system tables are only read. */
    public boolean readOnly() {
        return (kind != TableKind.TABLE && kind != TableKind.LOCAL_TEMPORARY) || external != null;
    }

    /**
     * The files behind an external table.
     *
     * @param copy the file that the server made of them and reads in their place, or null
     */
    public record ExternalLocation(
            String storedAs, String location, @Nullable String copy) {

        /** Files that are read themselves. */
        public ExternalLocation(String storedAs, String location) {
            this(storedAs, location, null);
        }
    }

    /** A primary or unique key: its constraint name and its columns in key order. */
    public record Key(String name, List<String> columns) {
        public Key {
            columns = List.copyOf(columns);
        }
    }

    /** A check: its constraint name and its condition as the engine prints it. */
    public record Check(String name, String condition) {}

    /**
     * A foreign key; {@code columns.get(i)} references {@code referencedColumns.get(i)}.
     *
     * @param number in {@link EnforcedKeys}; null if the engine itself enforces it
     */
    public record ForeignKey(
            String name,
            List<String> columns,
            ObjectName referencedTable,
            String referencedKeyName,
            List<String> referencedColumns,
            ReferentialAction updateRule,
            ReferentialAction deleteRule,
            @Nullable Long number) {
        public ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }

        /** A key that the engine enforces. */
        public ForeignKey(
                String name,
                List<String> columns,
                ObjectName referencedTable,
                String referencedKeyName,
                List<String> referencedColumns,
                ReferentialAction updateRule,
                ReferentialAction deleteRule) {
            this(name, columns, referencedTable, referencedKeyName, referencedColumns, updateRule, deleteRule, null);
        }
    }

    /** An index: its name, its expressions in order, whether it is unique. */
    public record Index(String name, List<String> expressions, boolean unique) {
        public Index {
            expressions = List.copyOf(expressions);
        }
    }
}
