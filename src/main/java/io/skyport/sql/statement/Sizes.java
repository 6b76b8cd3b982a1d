package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.dialect.EngineNames;

/** Expressions of the engine that tell how much there is. */
final class Sizes {

    private Sizes() {}

    static String rows(ObjectName table) {
        return "(SELECT count(*) FROM " + EngineNames.quoted(table) + ")";
    }

    /** Of what is in the database's file; what was written since the last checkpoint is in the log. */
    static String table(ObjectName table) {
        return readable("(SELECT count(DISTINCT block_id) * 262144 FROM pragma_storage_info("
                + EngineNames.literal(EngineNames.quoted(table)) + ") WHERE persistent)");
    }

    static String database(String database) {
        return readable(ofDatabase("block_size * total_blocks", database));
    }

    static String log(String database) {
        return ofDatabase("wal_size", database);
    }

    static String memory(String database) {
        return ofDatabase("memory_usage", database);
    }

    private static String ofDatabase(String column, String database) {
        return "(SELECT " + column + " FROM pragma_database_size() WHERE database_name = "
                + EngineNames.literal(database) + ")";
    }

    private static String readable(String bytes) {
        return "(SELECT CASE WHEN b < 1024 THEN b || ' B' WHEN b < 1048576 THEN printf('%.2f KB', b / 1024)"
                + " WHEN b < 1073741824 THEN printf('%.2f MB', b / 1048576) ELSE printf('%.2f GB', b / 1073741824) END"
                + " FROM (SELECT " + bytes + ") AS size(b))";
    }
}
