package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Table;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of a table that foreign keys reference, and the temporary table that lives as long as one statement runs and
 * holds which of their values went or changed. Its columns are {@code o0, o1, ...} for the old values, {@code n0, n1, ...}
 * for the new ones, {@code gone} for rows that were deleted, and {@code state}: 0 for rows that wait for the next round, 1
 * for those of the running round, 2 for those that are done.
 *
 * @param number of the temporary table within one statement
 * @param columns as one foreign key lists them
 * @param keys that reference these columns in this order
 */
record ReferencedKey(int number, Table table, List<String> columns, List<EnforcedKey> keys) {

    private static final String PREFIX = "skyport:moved:";

    /** The rows that deletions of this round left behind. */
    static final String GONE = "m.state = 1 AND m.gone";

    /** The rows that changed in this round. */
    static final String CHANGED = "m.state = 1 AND NOT m.gone";

    String moved() {
        return "temp.\"main\"." + EngineNames.quoted(PREFIX + number);
    }

    String create() {
        return "CREATE OR REPLACE TEMP TABLE " + EngineNames.quoted(PREFIX + number) + " ("
                + each(i -> "o" + i + " " + type(i), ", ") + ", " + each(i -> "n" + i + " " + type(i), ", ")
                + ", gone BOOLEAN, state UTINYINT)";
    }

    String drop() {
        return "DROP TABLE " + moved();
    }

    private String type(int i) {
        return table.column(columns.get(i)).map(Column::type).orElseThrow().name();
    }

    String column(int i) {
        return EngineNames.quoted(columns.get(i));
    }

    boolean hasAny(List<String> others) {
        return columns.stream().anyMatch(column -> others.stream().anyMatch(column::equalsIgnoreCase));
    }

    String each(IntFunction<String> part, String separator) {
        return IntStream.range(0, columns.size()).mapToObj(part).collect(Collectors.joining(separator));
    }

    /** The beginning of what notes rows of this key that go: {@code INSERT INTO ... SELECT ... FROM}. */
    String noteGone(String row) {
        return "INSERT INTO " + moved() + " SELECT DISTINCT " + each(i -> row + "." + column(i), ", ") + ", "
                + each(i -> "NULL", ", ") + ", true, 0 FROM ";
    }

    /** The same for rows that get new values. */
    String noteChanged(String row, IntFunction<String> values) {
        return "INSERT INTO " + moved() + " SELECT DISTINCT " + each(i -> row + "." + column(i), ", ") + ", "
                + each(values, ", ") + ", false, 0 FROM ";
    }
}
