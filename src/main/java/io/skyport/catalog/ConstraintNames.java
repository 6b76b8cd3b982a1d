package io.skyport.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of one table's constraints, as PostgreSQL makes them: the engine forgets the names that CREATE TABLE gave. The same
 * table always gets the same names.
 */
final class ConstraintNames {

    private final String table;
    private final Set<String> taken = new HashSet<>();

    ConstraintNames(String table) {
        this.table = table;
    }

    static String primaryKeyOf(String table) {
        return table + "_pkey";
    }

    String primaryKey() {
        return unique(primaryKeyOf(table));
    }

    String uniqueKey(List<String> columns) {
        return unique(table + "_" + String.join("_", columns) + "_key");
    }

    String foreignKey(List<String> columns) {
        return unique(table + "_" + String.join("_", columns) + "_fkey");
    }

    /** A check of one column is named after it, as PostgreSQL does. */
    String check(List<String> columns) {
        return unique(columns.size() == 1 ? table + "_" + columns.get(0) + "_check" : table + "_check");
    }

    private String unique(String name) {
        String candidate = name;
        for (int i = 1; !taken.add(candidate); i++) {
            candidate = name + i;
        }
        return candidate;
    }
}
