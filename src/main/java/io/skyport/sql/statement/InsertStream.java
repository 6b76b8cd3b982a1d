package io.skyport.sql.statement;

import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
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
        if (source == null
                || source.getKind() != SqlKind.VALUES
                || ((SqlCall) source).operandCount() != 1
                || !insert.isUnordered()) {
            return null;
        }
        List<SqlNode> values = Insert.values(((SqlCall) source).operand(0));
        List<String> columns = insert.columns(table);
        if (columns.size() < values.size()) {
            return null;
        }
        Printer printer = compilation.newPrinter();
        printer.sql("INSERT " + insert.action() + "INTO " + EngineNames.quoted(table.name()));
        select(columns, values, printer);
        insert.printConflict(table, printer);
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
