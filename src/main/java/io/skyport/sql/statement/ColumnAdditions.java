package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.ColumnConstraint.Kind;
import io.skyport.sql.statement.TableAction.AddColumn;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** ADD COLUMN of ALTER TABLE. */
final class ColumnAdditions {

    private final AlteredTable altered;
    private final ColumnChanges changes;

    ColumnAdditions(AlteredTable altered, ColumnChanges changes) {
        this.altered = altered;
        this.changes = changes;
    }

    void add(AddColumn change) {
        ColumnDefinition definition = change.definition();
        definition.constraints().stream()
                .filter(constraint -> ColumnChanges.NOT_ADDED.contains(constraint.kind()))
                .findFirst()
                .ifPresent(constraint -> Unsupported.refuse(
                        constraint.pos(), "ADD COLUMN ... " + constraint.kind().words()));
        definition.check();
        boolean field = !change.column().isSimple();
        if (field) {
            altered.require(change.column());
        } else if (change.ifNotExists()
                && altered.columns().contains(change.column().getSimple())) {
            return;
        } else {
            altered.requireNew(change.column());
            altered.columns().add(change.column().getSimple());
        }
        String type = definition.engineType(changes::type).orElseThrow(() -> ColumnChanges.noType(definition));
        Printer statement = AlteredTable.path(
                        altered.alter().sql(" ADD COLUMN ").sql(change.ifNotExists() ? "IF NOT EXISTS " : ""),
                        change.column())
                .sql(" " + type);
        if (definition.identity().isPresent()) {
            SqlIdentifier column = change.column();
            ObjectName sequence = altered.sequences()
                    .create(column, column.getSimple(), definition.identity().get());
            counted(column, type, printer -> TableElements.nextValue(printer, sequence));
        }
        definition.constraints().forEach(constraint -> added(constraint, change.column(), type, statement));
        // Last, when the rows have their values.
        if (definition.identity().isPresent() || definition.has(Kind.NOT_NULL)) {
            changes.setNotNull(change.column(), true);
        }
    }

    /** A default that differs from row to row: the engine gives it to rows that are there only when it makes them anew. */
    private void counted(SqlIdentifier column, String type, Consumer<Printer> value) {
        Printer retyped = altered.alterColumn(column).sql(" SET DATA TYPE " + type + " USING (");
        value.accept(retyped);
        retyped.sql(")");
        Printer defaulted = altered.alterColumn(column).sql(" SET DEFAULT (");
        value.accept(defaulted);
        defaulted.sql(")");
    }

    private void added(ColumnConstraint constraint, SqlIdentifier column, String type, Printer statement) {
        switch (constraint.kind()) {
            case DEFAULT -> {
                SqlNode value = Objects.requireNonNull(constraint.expression());
                if (column.isSimple() && isVolatile(value)) {
                    counted(column, type, printer -> printer.kept(value));
                } else {
                    statement.sql(" DEFAULT (").kept(value).sql(")");
                }
            }
            case COLLATE ->
                TableElements.collation(statement, (SqlIdentifier) Objects.requireNonNull(constraint.expression()));
            case COMMENT -> changes.comment(column, constraint);
            default -> {}
        }
    }

    private boolean isVolatile(SqlNode value) {
        return altered.compilation().newPrinter().expression(value).isVolatile();
    }
}
