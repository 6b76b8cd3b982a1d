package io.skyport.sql.dialect;

import io.skyport.catalog.ObjectName;

/** How names and texts are written in engine SQL. */
public final class EngineNames {

    private EngineNames() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String quoted(ObjectName name) {
        return quoted(name.database()) + "." + quoted(name.schema()) + "." + quoted(name.name());
    }

    /** A character literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
