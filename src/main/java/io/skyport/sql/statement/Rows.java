package io.skyport.sql.statement;

import io.skyport.sql.print.Printer;
import java.util.List;

/** Writes rows that are known when a statement is compiled, but for expressions in them. */
final class Rows {

    private final Printer printer;
    private final List<String> columns;
    private boolean any;
    private int column;

    Rows(Printer printer, List<String> columns) {
        this.printer = printer;
        this.columns = columns;
        printer.sql("SELECT * FROM (");
    }

    Rows next() {
        printer.sql(any ? " UNION ALL SELECT " : "SELECT ");
        any = true;
        column = 0;
        return this;
    }

    Rows literal(String value) {
        separator();
        printer.literal(value);
        return this;
    }

    /** @param expression of the engine */
    Rows sql(String expression) {
        separator();
        printer.sql(expression);
        return this;
    }

    private void separator() {
        printer.sql(column++ == 0 ? "" : ", ");
    }

    void end(String order) {
        if (!any) {
            printer.sql("SELECT " + "NULL::VARCHAR, ".repeat(columns.size() - 1) + "NULL::VARCHAR WHERE false");
        }
        String separator = ") AS rows(";
        for (String name : columns) {
            printer.sql(separator).quoted(name);
            separator = ", ";
        }
        printer.sql(") ORDER BY ").quoted(order);
    }
}
