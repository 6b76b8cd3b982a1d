package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
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

    /** Null if the source is not one row of values. */
    static @Nullable EngineText of(Insert insert, ObjectName target, Compilation compilation) {
        SqlNode source = insert.source().orElse(null);
        if (source == null || source.getKind() != SqlKind.VALUES || ((SqlCall) source).operandCount() != 1) {
            return null;
        }
        SqlNode row = ((SqlCall) source).operand(0);
        List<SqlNode> values = row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row);
        List<String> columns = columns(insert, target, compilation);
        if (columns.size() < values.size()) {
            return null;
        }
        return text(target, columns, values, compilation.newPrinter());
    }

    private static List<String> columns(Insert insert, ObjectName target, Compilation compilation) {
        return insert.columns()
                .map(list -> list.stream().map(Object::toString).toList())
                .orElseGet(() -> compilation
                        .names()
                        .catalog()
                        .table(target.database(), target.schema(), target.name())
                        .map(Table::columns)
                        .orElse(List.of())
                        .stream()
                        .filter(column -> !column.generated())
                        .map(Column::name)
                        .toList());
    }

    /** Columns that take their default are left out: SELECT has no DEFAULT. */
    private static EngineText text(ObjectName target, List<String> columns, List<SqlNode> values, Printer printer) {
        List<String> names = new ArrayList<>();
        List<SqlNode> expressions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).getKind() != SqlKind.DEFAULT) {
                names.add(EngineNames.quoted(columns.get(i)));
                expressions.add(values.get(i));
            }
        }
        printer.sql("INSERT INTO " + EngineNames.quoted(target) + " (" + String.join(", ", names) + ")");
        String separator = " SELECT ";
        for (SqlNode expression : expressions) {
            printer.sql(separator).expression(expression);
            separator = ", ";
        }
        printer.sql(" FROM ").quoted(Draft.STREAM_NAME).sql(" AS \"p\"");
        return printer.text();
    }
}
