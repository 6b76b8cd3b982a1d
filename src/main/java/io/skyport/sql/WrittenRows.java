package io.skyport.sql;

import io.skyport.catalog.Column;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Engine SQL that takes rows of a table out as they are and puts them back, so that they are the same whatever made them.
 * Computed columns are left to be computed.
 */
public final class WrittenRows {

    /** The table name under which the rows are read that are put back. */
    public static final String STREAM_NAME = "rows_put_back";

    /** Whether a default is more than a constant: a call, or one of the names that ask for the time. */
    private static final Pattern COMPUTED = Pattern.compile("\\(|(?i)\\bcurrent_|\\blocaltime");

    private static final Pattern REPLACES = Pattern.compile("(?i)\\bON CONFLICT\\b|\\bOR REPLACE\\b");

    private final Table table;
    private final List<Column> columns;

    public WrittenRows(Table table) {
        this.table = table;
        this.columns =
                table.columns().stream().filter(column -> !column.generated()).toList();
    }

    /** Whether a row that does not give a column its value would have another one the next time. */
    public boolean hasComputedDefault() {
        return columns.stream()
                .anyMatch(column -> column.defaultExpression() != null
                        && COMPUTED.matcher(column.defaultExpression()).find());
    }

    /** The INSERT, which then also gives the rows it made, behind what it gives already. */
    public String returning(CompiledStatement insert) {
        return insert.engineSql() + (insert.returnsRows() ? ", " : " RETURNING ") + out();
    }

    /** The same for an INSERT that reads its rows from a stream. */
    public String returning(StreamedInsert insert) {
        return insert.engineSql() + " RETURNING " + out();
    }

    /** How many columns the rows have. */
    public int width() {
        return columns.size();
    }

    /** All rows that the table has. */
    public String all() {
        return "SELECT " + out() + " FROM " + name();
    }

    /** Drops all rows that the table has. */
    public String clear() {
        return "DELETE FROM " + name();
    }

    /** Puts rows back that {@code insert} made; where it may have replaced rows with a key, so does this. */
    public String insert(CompiledStatement insert) {
        boolean keys = table.primaryKey() != null || !table.uniqueKeys().isEmpty();
        return insert(keys && REPLACES.matcher(insert.engineSql()).find());
    }

    /** Puts rows back. */
    public String insert() {
        return insert(false);
    }

    private String insert(boolean replacing) {
        String names = columns.stream()
                .map(column -> EngineNames.quoted(column.name()))
                .collect(Collectors.joining(", "));
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            // The engine casts what is assigned to a column.
            values.append(i == 0 ? "\"r" : ", \"r").append(i + 1).append('"');
        }
        return "INSERT " + (replacing ? "OR REPLACE " : "") + "INTO " + name() + " (" + names + ") SELECT " + values
                + " FROM " + EngineNames.quoted(STREAM_NAME);
    }

    private String out() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            out.append(i == 0 ? "" : ", ")
                    .append("CAST(")
                    .append(EngineNames.quoted(column.name()))
                    .append(" AS ")
                    .append(kept(column.type()))
                    .append(") AS \"r")
                    .append(i + 1)
                    .append('"');
        }
        return out.toString();
    }

    /** What has no Arrow type of its own is exact as text. */
    private static String kept(SqlType type) {
        SqlType wire = type.wireType();
        return wire.name().equals(type.name()) || !type.children().isEmpty() ? wire.name() : "VARCHAR";
    }

    private String name() {
        return EngineNames.quoted(table.name());
    }
}
