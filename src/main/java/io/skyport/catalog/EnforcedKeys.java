package io.skyport.catalog;

import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The foreign keys that the engine does not know, because it has no referential actions: tables of the database itself,
 * in a schema that nobody sees, keep them. They are written in the transaction of the DDL that makes, renames and drops
 * tables.
 */
public final class EnforcedKeys {

    /** The schema, in each database that has such keys. */
    public static final String SCHEMA = "_skyport";

    /** One row for each key. */
    public static final String KEYS = "foreign_keys";

    /** {@link #LOCK_SLOTS} rows for each key. */
    public static final String LOCKS = "key_locks";

    /** Where numbers of keys come from. */
    public static final String NUMBERS = "key_numbers";

    /**
     * Who writes referencing rows changes one slot of the key, by the number of the transaction, who changes referenced
     * rows changes them all: two of the former hardly ever meet, one of the latter meets everybody, and the engine lets
     * only one of those who meet commit.
     */
    public static final int LOCK_SLOTS = 64;

    private EnforcedKeys() {}

    /** The full name of one of the tables here. */
    public static ObjectName in(String database, String table) {
        return new ObjectName(database, SCHEMA, table);
    }

    /** A key and where it belongs. */
    record Row(
            long number,
            String name,
            ObjectName table,
            List<String> columns,
            ObjectName referencedTable,
            List<String> referencedColumns,
            ReferentialAction updateRule,
            ReferentialAction deleteRule) {}

    /** Hands out the keys of a database that has the schema. */
    static void forEach(Connections engine, String database, Consumer<Row> key) {
        String query = "SELECT CAST(number AS VARCHAR), name, child_schema, child_table, child_columns, parent_schema,"
                + " parent_table, parent_columns, update_rule, delete_rule FROM \""
                + database.replace("\"", "\"\"") + "\".\"" + SCHEMA + "\".\"" + KEYS + "\" ORDER BY number";
        MetadataRow.forEach(
                engine,
                query,
                row -> key.accept(new Row(
                        Long.parseLong(row.text(0)),
                        row.text(1),
                        new ObjectName(database, row.text(2), row.text(3)),
                        row.texts(4),
                        new ObjectName(database, row.text(5), row.text(6)),
                        row.texts(7),
                        rule(row.text(8)),
                        rule(row.text(9)))));
    }

    private static ReferentialAction rule(String words) {
        return Optional.of(words.toUpperCase(Locale.ROOT).replace(' ', '_'))
                .map(ReferentialAction::valueOf)
                .orElse(ReferentialAction.NO_ACTION);
    }
}
