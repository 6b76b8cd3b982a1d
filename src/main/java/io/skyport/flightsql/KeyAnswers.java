package io.skyport.flightsql;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.catalog.Table.Key;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Primary and foreign keys (conformance text, section 4). A table that does not exist has no keys. */
final class KeyAnswers {

    private static final int FOREIGN_SIDE = 4;
    private static final int FK_KEY_NAME = 9;
    private static final int PK_KEY_NAME = 10;
    private static final int KEY_SEQUENCE = 8;

    private final CatalogSnapshot catalog;

    /** @param catalog as the caller's session sees it */
    KeyAnswers(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    Answer primaryKeys(CommandGetPrimaryKeys command) {
        Predicate<ObjectName> wanted = table(
                command.getTable(),
                NamePattern.exact(command.hasCatalog(), command.getCatalog()),
                NamePattern.exact(command.hasDbSchema(), command.getDbSchema()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Table table : catalog.tables()) {
            Key key = table.primaryKey();
            if (key != null && wanted.test(table.name())) {
                addPrimaryKey(rows, table.name(), key);
            }
        }
        rows.sort(by(0, 1, 2, 5, 4));
        return new Answer(Schemas.GET_PRIMARY_KEYS_SCHEMA, rows);
    }

    /** Keys of other tables that reference this one. */
    Answer exportedKeys(CommandGetExportedKeys command) {
        Predicate<ObjectName> parent = table(
                command.getTable(),
                NamePattern.exact(command.hasCatalog(), command.getCatalog()),
                NamePattern.exact(command.hasDbSchema(), command.getDbSchema()));
        return foreignKeys(
                Schemas.GET_EXPORTED_KEYS_SCHEMA,
                (pk, fk) -> parent.test(pk),
                by(FOREIGN_SIDE, FOREIGN_SIDE + 1, FOREIGN_SIDE + 2, FK_KEY_NAME, KEY_SEQUENCE));
    }

    /** Keys of this table that reference others. */
    Answer importedKeys(CommandGetImportedKeys command) {
        Predicate<ObjectName> child = table(
                command.getTable(),
                NamePattern.exact(command.hasCatalog(), command.getCatalog()),
                NamePattern.exact(command.hasDbSchema(), command.getDbSchema()));
        return foreignKeys(
                Schemas.GET_IMPORTED_KEYS_SCHEMA,
                (pk, fk) -> child.test(fk),
                by(0, 1, 2, PK_KEY_NAME, FK_KEY_NAME, KEY_SEQUENCE));
    }

    Answer crossReference(CommandGetCrossReference command) {
        Predicate<ObjectName> parent = table(
                command.getPkTable(),
                NamePattern.exact(command.hasPkCatalog(), command.getPkCatalog()),
                NamePattern.exact(command.hasPkDbSchema(), command.getPkDbSchema()));
        Predicate<ObjectName> child = table(
                command.getFkTable(),
                NamePattern.exact(command.hasFkCatalog(), command.getFkCatalog()),
                NamePattern.exact(command.hasFkDbSchema(), command.getFkDbSchema()));
        return foreignKeys(
                Schemas.GET_CROSS_REFERENCE_SCHEMA,
                (pk, fk) -> parent.test(pk) && child.test(fk),
                by(0, 1, 2, PK_KEY_NAME, FK_KEY_NAME, KEY_SEQUENCE));
    }

    private static Predicate<ObjectName> table(String table, Predicate<String> database, Predicate<String> schema) {
        if (table.isEmpty()) {
            throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The command names no table");
        }
        return name -> database.test(name.database()) && schema.test(name.schema()) && table.equals(name.name());
    }

    private static void addPrimaryKey(List<List<@Nullable Object>> rows, ObjectName table, Key key) {
        for (int i = 0; i < key.columns().size(); i++) {
            rows.add(List.of(
                    table.database(),
                    table.schema(),
                    table.name(),
                    key.columns().get(i),
                    i + 1,
                    key.name()));
        }
    }

    private Answer foreignKeys(
            Schema schema, BiPredicate<ObjectName, ObjectName> wanted, Comparator<List<@Nullable Object>> order) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Table table : catalog.tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                if (wanted.test(key.referencedTable(), table.name())) {
                    addForeignKey(rows, table.name(), key);
                }
            }
        }
        rows.sort(order);
        return new Answer(schema, rows);
    }

    private static void addForeignKey(List<List<@Nullable Object>> rows, ObjectName table, ForeignKey key) {
        ObjectName parent = key.referencedTable();
        for (int i = 0; i < key.columns().size(); i++) {
            rows.add(List.of(
                    parent.database(),
                    parent.schema(),
                    parent.name(),
                    key.referencedColumns().get(i),
                    table.database(),
                    table.schema(),
                    table.name(),
                    key.columns().get(i),
                    i + 1,
                    key.name(),
                    key.referencedKeyName(),
                    key.updateRule().code(),
                    key.deleteRule().code()));
        }
    }

    private static Comparator<List<@Nullable Object>> by(int... columns) {
        return (a, b) -> {
            for (int column : columns) {
                int order = compare(a.get(column), b.get(column));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Integer number && b instanceof Integer other) {
            return number.compareTo(other);
        }
        return String.valueOf(a).compareTo(String.valueOf(b));
    }
}
