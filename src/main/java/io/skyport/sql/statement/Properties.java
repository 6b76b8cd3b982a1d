package io.skyport.sql.statement;

import io.skyport.sql.print.Printer;
import org.jspecify.annotations.Nullable;

/** Writes one object as rows of {@code property} and {@code value}, in their order. A heading has no value. */
final class Properties {

    private final Printer printer;
    private int number;

    Properties(Printer printer) {
        this.printer = printer;
        printer.sql("SELECT property, value FROM (");
    }

    void heading(String text) {
        row(text, "NULL::VARCHAR", null);
    }

    void text(String property, String value) {
        row(property, "", value);
    }

    /** @param expression of the engine */
    void sql(String property, String expression) {
        row(property, "CAST(" + expression + " AS VARCHAR)", null);
    }

    private void row(String property, String expression, @Nullable String literal) {
        printer.sql(number == 0 ? "SELECT " : " UNION ALL SELECT ")
                .sql(number++ + ", ")
                .literal(property)
                .sql(", ");
        if (literal == null) {
            printer.sql(expression);
        } else {
            printer.literal(literal);
        }
    }

    void end() {
        printer.sql(") AS properties(number, property, value) ORDER BY number");
    }
}
