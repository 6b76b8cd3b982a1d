package io.skyport.engine;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Gives a {@link LiveTable}'s rows to DuckDB: those of the moment when a scan begins. */
final class LiveRows implements DuckDBTableFunction<Object, Iterator<List<@Nullable Object>>, Object> {

    /** DuckDB wants something that stands for the call. */
    private static final Object CALL = new Object();

    private final String name;
    private final Map<String, LiveTable> tables;

    private LiveRows(String name, Map<String, LiveTable> tables) {
        this.name = name;
        this.tables = tables;
    }

    /**
     * Makes it known to all connections of the instance.
     *
     * @param tables by name: the one of this name at the time is read
     */
    static void register(DuckDBConnection root, LiveTable table, Map<String, LiveTable> tables) throws SQLException {
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName(table.function())
                    .withFunction(new LiveRows(table.name(), tables))
                    .register(root);
        }
    }

    @Override
    public Object bind(DuckDBTableFunctionBindInfo info) {
        table().columns().forEach(column -> info.addResultColumn(column.name(), type(column.typeName())));
        return CALL;
    }

    private LiveTable table() {
        return Objects.requireNonNull(tables.get(name));
    }

    private static DuckDBColumnType type(String name) {
        return switch (name) {
            case "VARCHAR" -> DuckDBColumnType.VARCHAR;
            case "BIGINT" -> DuckDBColumnType.BIGINT;
            case "DOUBLE" -> DuckDBColumnType.DOUBLE;
            case "TIMESTAMP WITH TIME ZONE" -> DuckDBColumnType.TIMESTAMP_WITH_TIME_ZONE;
            default -> throw new IllegalArgumentException("A live table has no columns of type " + name);
        };
    }

    @Override
    public Iterator<List<@Nullable Object>> init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        return table().rows().get().iterator();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
        Iterator<List<@Nullable Object>> rows = info.getInitData();
        long row = 0;
        for (; row < chunk.capacity() && rows.hasNext(); row++) {
            List<@Nullable Object> values = rows.next();
            for (int column = 0; column < values.size(); column++) {
                write(values.get(column), row, chunk.vector(column));
            }
        }
        return row;
    }

    private static void write(@Nullable Object value, long row, DuckDBWritableVector vector) {
        if (value == null) {
            vector.setNull(row);
        } else if (value instanceof Instant instant) {
            vector.setOffsetDateTime(row, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof Long number) {
            vector.setLong(row, number);
        } else if (value instanceof Double number) {
            vector.setDouble(row, number);
        } else {
            vector.setString(row, value.toString());
        }
    }
}
