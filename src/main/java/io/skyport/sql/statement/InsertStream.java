package io.skyport.sql.statement;

import io.skyport.sql.StreamedInsert;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** INSERT ... VALUES (...) with parameters as an INSERT ... SELECT from a stream of parameter rows. */
final class InsertStream {

    private InsertStream() {}

    /** Null if the source is not one row of values, or the order of the rows counts. */
    static @Nullable EngineText of(Insert insert, WrittenTable table, Compilation compilation) {
        SqlNode source = insert.source().orElse(null);
        if (source == null || source.getKind() != SqlKind.VALUES || ((SqlCall) source).operandCount() != 1) {
            return null;
        }
        List<SqlNode> values = Insert.values(((SqlCall) source).operand(0));
        List<String> columns = insert.columns(table);
        if (columns.size() < values.size()) {
            return null;
        }
        if (!insert.isUnordered()) {
            return rounds(insert, table, columns, values, compilation);
        }
        Printer printer = compilation.newPrinter();
        printer.sql("INSERT " + insert.action() + "INTO " + EngineNames.quoted(table.name()));
        select(columns, values, printer);
        insert.printConflict(table, printer);
        return printer.text();
    }

    /**
     * The same for rows that may change others: they are kept, and inserted in rounds, in each of which no two rows have the
     * same key. Null if rows of different keys might meet, or what they change depends on more than two rows.
     */
    private static @Nullable EngineText rounds(
            Insert insert, WrittenTable table, List<String> columns, List<SqlNode> values, Compilation compilation) {
        List<String> key = insert.changedByKey(table);
        Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).getKind() != SqlKind.DEFAULT) {
                given.add(columns.get(i));
            }
        }
        if (key.isEmpty() || !given.containsAll(key)) {
            return null;
        }
        Compilation again = compilation.again();
        Printer printer = again.printer();
        printer.sql("CREATE TEMP TABLE " + StreamedInsert.ROWS + " AS SELECT *, row_number() OVER (PARTITION BY "
                + key.stream()
                        .map(column -> "CAST(" + EngineNames.quoted(column) + " AS " + table.typeOf(column) + ")")
                        .collect(Collectors.joining(", "))
                + " ORDER BY \"skyport:n\") AS " + StreamedInsert.ROUND + " FROM (SELECT ");
        for (int i = 0; i < values.size(); i++) {
            if (given.contains(columns.get(i))) {
                printer.expression(values.get(i))
                        .sql(" AS ")
                        .quoted(columns.get(i))
                        .sql(", ");
            }
        }
        String names = columns.stream()
                .filter(given::contains)
                .map(EngineNames::quoted)
                .collect(Collectors.joining(", "));
        printer.sql("row_number() OVER () AS \"skyport:n\" FROM ")
                .quoted(Draft.STREAM_NAME)
                .sql(" AS \"p\") ORDER BY " + StreamedInsert.ROUND + StreamedInsert.NEXT)
                .sql("INSERT " + insert.action() + "INTO ");
        insert.target().print(printer, table.name());
        printer.sql(" (" + names + ") SELECT " + names + " FROM " + StreamedInsert.ROWS + " WHERE "
                + StreamedInsert.ROUND + " = $1 ORDER BY \"skyport:n\"");
        insert.printChange(table, again);
        return printer.text();
    }

    /** Columns that take their default are left out: SELECT has no DEFAULT. */
    private static void select(List<String> columns, List<SqlNode> values, Printer printer) {
        List<String> names = new ArrayList<>();
        List<SqlNode> expressions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).getKind() != SqlKind.DEFAULT) {
                names.add(EngineNames.quoted(columns.get(i)));
                expressions.add(values.get(i));
            }
        }
        printer.sql(" (" + String.join(", ", names) + ")");
        String separator = " SELECT ";
        for (SqlNode expression : expressions) {
            printer.sql(separator).expression(expression);
            separator = ", ";
        }
        printer.sql(" FROM ").quoted(Draft.STREAM_NAME).sql(" AS \"p\"");
    }
}
