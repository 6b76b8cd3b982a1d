package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.print.Printer;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Writes what stands between the parentheses of CREATE TABLE. */
final class TableElements {

    private final Compilation compilation;
    private final Printer printer;
    private final ObjectName table;
    private final boolean named;

    /** @param named whether a query gives the types, so that the columns are only named */
    TableElements(Compilation compilation, ObjectName table, boolean named) {
        this.compilation = compilation;
        this.printer = compilation.printer();
        this.table = table;
        this.named = named;
    }

    static boolean hasReference(SqlNode element) {
        return element instanceof TableConstraint constraint
                ? constraint.reference().isPresent()
                : ((ColumnDefinition) element)
                        .constraints().stream().anyMatch(constraint -> constraint.reference() != null);
    }

    void element(String separator, TableElement element) {
        printer.sql(separator);
        if (element instanceof ColumnDefinition column) {
            column(column);
        } else {
            constraint((TableConstraint) element);
        }
    }

    void end() {
        printer.sql(")");
    }

    private void column(ColumnDefinition column) {
        if (named == column.type().isPresent()) {
            String problem = named
                    ? "with AS the query gives the types: name the columns only"
                    : "column \"" + column.name().getSimple() + "\" has no type";
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, problem, column);
        }
        printer.name(column.name());
        column.type().ifPresent(type -> printer.sql(" " + EngineTypes.name(type)));
        column.constraints().forEach(this::constraint);
    }

    private void constraint(ColumnConstraint constraint) {
        printer.sql(" ");
        name(constraint.name());
        switch (constraint.kind()) {
            case DEFAULT -> {
                printer.sql("DEFAULT (").expression(Objects.requireNonNull(constraint.expression()));
                printer.sql(")");
            }
            case CHECK -> {
                printer.sql("CHECK (").expression(Objects.requireNonNull(constraint.expression()));
                printer.sql(")");
            }
            case REFERENCES -> reference(Objects.requireNonNull(constraint.reference()));
            case NOT_NULL, NULL, PRIMARY_KEY, UNIQUE ->
                printer.sql(constraint.kind().words());
        }
    }

    private void constraint(TableConstraint constraint) {
        if (named) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE TABLE ... AS takes no constraints", constraint);
        }
        name(constraint.name().orElse(null));
        printer.sql(constraint.kind().words()).sql(" ");
        if (!constraint.columns().isEmpty()) {
            printer.names(constraint.columns());
        }
        constraint
                .condition()
                .ifPresent(condition -> printer.sql("(").expression(condition).sql(")"));
        constraint.reference().ifPresent(reference -> {
            printer.sql(" ");
            reference(reference);
        });
    }

    private void name(@Nullable SqlIdentifier name) {
        if (name != null) {
            printer.sql("CONSTRAINT ").name(name).sql(" ");
        }
    }

    /** The engine reads the referenced table in the connection's own database only. */
    private void reference(TableConstraint.Reference reference) {
        ObjectName referenced = referenced(reference.table());
        if (!referenced.database().equals(table.database())) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a foreign key cannot reference a table of another database",
                    reference.table());
        }
        requireAction(reference.onDelete(), "ON DELETE", reference.table());
        requireAction(reference.onUpdate(), "ON UPDATE", reference.table());
        printer.sql("REFERENCES ").quoted(referenced.schema()).sql(".").quoted(referenced.name());
        if (reference.columns() != null) {
            printer.sql(" ").names(reference.columns());
        }
        printer.reads(referenced);
    }

    /** A table may reference itself before it exists. */
    private ObjectName referenced(SqlIdentifier name) {
        return compilation.names().find(name.names).orElseGet(() -> {
            ObjectName target = compilation.names().target(name);
            boolean self =
                    target.schema().equals(table.schema()) && target.name().equalsIgnoreCase(table.name());
            if (!self) {
                throw compilation.names().undefinedTable(name);
            }
            return table;
        });
    }

    private static void requireAction(@Nullable String action, String event, SqlIdentifier table) {
        if (action != null && !action.equals("NO ACTION") && !action.equals("RESTRICT")) {
            throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, event + " " + action + " is not supported", table);
        }
    }
}
