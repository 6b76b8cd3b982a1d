package io.skyport.sql;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SqlType;
import io.skyport.engine.Engine;
import io.skyport.sql.dialect.EngineNames;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The statements that bulk ingest stands for, as a client would write them. */
public final class IngestTexts {

    private static final Pattern LINE_BREAK = Pattern.compile("[\\n\\r]");

    private IngestTexts() {}

    /** A column of a table to be created. */
    public record NewColumn(String name, SqlType type, boolean nullable) {

        private String text() {
            // NULL alone is no type of a column, and INTEGER what the engine makes of it.
            String typeName = type.baseName().equals("NULL") ? "INTEGER" : type.name();
            return quoted(name) + " " + typeName + (nullable ? "" : " NOT NULL");
        }
    }

    /** CREATE TABLE; a table in {@link Engine#TEMPORARY_DATABASE} is temporary. */
    public static String create(ObjectName table, List<NewColumn> columns, boolean replace) {
        boolean temporary = table.database().equals(Engine.TEMPORARY_DATABASE);
        return "CREATE " + (replace ? "OR REPLACE " : "") + (temporary ? "TEMPORARY " : "") + "TABLE "
                + quoted(table)
                + columns.stream().map(NewColumn::text).collect(Collectors.joining(", ", " (", ")"));
    }

    /** DROP TABLE. */
    public static String drop(ObjectName table) {
        return "DROP TABLE " + quoted(table);
    }

    /** INSERT with a parameter for each column. */
    public static String insert(ObjectName table, List<String> columns) {
        return "INSERT INTO " + quoted(table)
                + columns.stream().map(IngestTexts::quoted).collect(Collectors.joining(", ", " (", ")"))
                + " VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private static String quoted(ObjectName name) {
        return quoted(name.database()) + "." + quoted(name.schema()) + "." + quoted(name.name());
    }

    /** A name as a client writes it: the grammar knows line breaks in names only as what they are numbered. */
    public static String quoted(String name) {
        if (!LINE_BREAK.matcher(name).find()) {
            return EngineNames.quoted(name);
        }
        String escaped = name.replace("\\", "\\\\").replace("\n", "\\000A").replace("\r", "\\000D");
        return "U&" + EngineNames.quoted(escaped);
    }
}
