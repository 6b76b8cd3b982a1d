package io.skyport.engine;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends rows to tables of {@link Engine#SYSTEM_DATABASE}, without SQL. */
final class SystemRows {

    private SystemRows() {}

    /** What is appended before a failure is undone by the transaction's end alone. */
    static void append(DuckDBConnection connection, String table, List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        try (DuckDBAppender appender =
                connection.createAppender(Engine.SYSTEM_DATABASE, Engine.DEFAULT_SCHEMA, table)) {
            for (List<? extends @Nullable Object> row : rows) {
                appender.beginRow();
                for (@Nullable Object value : row) {
                    append(appender, value);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (value instanceof Instant instant) {
            appender.append(instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else {
            appender.append(value.toString());
        }
    }
}
