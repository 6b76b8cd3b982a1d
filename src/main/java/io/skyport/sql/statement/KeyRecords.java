package io.skyport.sql.statement;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.EnforcedKeys;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/** What DDL does to the records of foreign keys that the engine does not enforce. */
final class KeyRecords {

    private KeyRecords() {}

    /** The keys that tables have or that reference them. */
    static List<EnforcedKey> around(List<Table> tables, CatalogSnapshot catalog) {
        return tables.stream()
                .flatMap(table ->
                        Stream.concat(EnforcedKey.in(table).stream(), EnforcedKey.on(table.name(), catalog).stream()))
                .distinct()
                .toList();
    }

    /** @throws io.skyport.error.SkyportException 2BP01 if a table that stays references one of {@code tables} */
    static void requireFree(List<Table> tables, CatalogSnapshot catalog, SqlNode source) {
        Predicate<ObjectName> going =
                name -> tables.stream().anyMatch(table -> table.name().equals(name));
        for (Table table : tables) {
            for (EnforcedKey key : EnforcedKey.on(table.name(), catalog)) {
                if (!going.test(key.table().name())) {
                    throw Compilation.error(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "table \"" + table.name().name() + "\" is referenced by constraint \""
                                    + key.key().name() + "\" of table \""
                                    + key.table().name().name() + "\"",
                            source);
                }
            }
        }
    }

    /** @throws io.skyport.error.SkyportException 2BP01 if a foreign key needs the index: no key of the table is like it */
    static void requireUnneeded(Table table, String index, CatalogSnapshot catalog, SqlNode source) {
        List<Set<String>> others = Stream.of(
                        Stream.ofNullable(table.primaryKey()).map(Table.Key::columns),
                        table.uniqueKeys().stream().map(Table.Key::columns),
                        table.indexes().stream()
                                .filter(other -> other.unique() && !other.name().equalsIgnoreCase(index))
                                .map(Table.Index::expressions))
                .flatMap(columns -> columns)
                .map(Set::copyOf)
                .toList();
        for (EnforcedKey key : EnforcedKey.on(table.name(), catalog)) {
            if (!others.contains(Set.copyOf(key.key().referencedColumns()))) {
                throw Compilation.error(
                        ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                        "constraint \"" + key.key().name() + "\" of table \""
                                + key.table().name().name() + "\" needs index \"" + index + "\"",
                        source);
            }
        }
    }

    /** Forgets keys of one database. */
    static List<String> forget(String database, Collection<EnforcedKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        String numbers = keys.stream()
                .map(EnforcedKey::number)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        List<String> statements = new ArrayList<>();
        for (String table : List.of(EnforcedKeys.LOCKS, EnforcedKeys.KEYS)) {
            statements.add("DELETE FROM " + EngineNames.quoted(EnforcedKeys.in(database, table)) + " WHERE number IN ("
                    + numbers + ")");
        }
        return statements;
    }

    /** The draft of DDL that drops tables, with their keys forgotten; {@link #requireFree} first. */
    static Draft forgotten(Draft draft, List<Table> tables, Compilation compilation) {
        Draft whole = draft;
        List<EnforcedKey> keys = around(tables, compilation.names().catalog());
        for (String database : keys.stream()
                .map(key -> key.table().name().database())
                .distinct()
                .toList()) {
            List<EnforcedKey> there = keys.stream()
                    .filter(key -> key.table().name().database().equals(database))
                    .toList();
            for (String statement : forget(database, there)) {
                whole = whole.before(compilation.newPrinter().sql(statement));
            }
        }
        return whole;
    }

    /** Says that tables of keys are changed: who knows them must look again. */
    static void written(Collection<EnforcedKey> keys, Compilation compilation) {
        for (EnforcedKey key : keys) {
            compilation.printer().writes(key.table().name());
            compilation.printer().writes(key.key().referencedTable());
        }
    }

    /** Renames a table in the keys that it has or that reference it. */
    static List<String> renameTable(ObjectName from, String to, List<EnforcedKey> keys) {
        List<String> statements = new ArrayList<>();
        for (EnforcedKey key : keys) {
            if (key.table().name().equals(from)) {
                statements.add(set(key, "child_table = " + EngineNames.literal(to)));
            }
            if (key.key().referencedTable().equals(from)) {
                statements.add(set(key, "parent_table = " + EngineNames.literal(to)));
            }
        }
        return statements;
    }

    /** Renames a column in the same keys. */
    static List<String> renameColumn(ObjectName table, String from, String to, List<EnforcedKey> keys) {
        List<String> statements = new ArrayList<>();
        for (EnforcedKey key : keys) {
            if (key.table().name().equals(table)) {
                statements.add(renamed(key, "child_columns", from, to));
            }
            if (key.key().referencedTable().equals(table)) {
                statements.add(renamed(key, "parent_columns", from, to));
            }
        }
        return statements;
    }

    private static String renamed(EnforcedKey key, String where, String from, String to) {
        return set(
                key,
                where + " = list_transform(" + where + ", lambda x: CASE WHEN lower(x) = lower("
                        + EngineNames.literal(from) + ") THEN " + EngineNames.literal(to) + " ELSE x END)");
    }

    private static String set(EnforcedKey key, String what) {
        return "UPDATE " + EngineNames.quoted(EnforcedKeys.in(key.table().name().database(), EnforcedKeys.KEYS))
                + " SET " + what + " WHERE number = " + key.number();
    }
}
