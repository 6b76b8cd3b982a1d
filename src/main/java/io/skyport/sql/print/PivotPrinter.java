package io.skyport.sql.print;

import io.skyport.sql.query.PivotColumn;
import io.skyport.sql.query.PivotedTable;
import io.skyport.sql.query.UnpivotedTable;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Writes PIVOT and UNPIVOT: in parentheses, so that what stands beside it in FROM does not matter. */
final class PivotPrinter {

    private final Printer printer;

    PivotPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void pivot(PivotedTable pivot) {
        writer().at(pivot.getParserPosition()).sql(pivot.statement() ? "(PIVOT " : "(FROM ");
        printer.from().operand(pivot.table());
        if (pivot.statement()) {
            list(" ON ", pivot.columns(), this::column);
            list(
                    " USING ",
                    pivot.aggregates(),
                    aggregate -> aggregate(aggregate, pivot.aggregates().size()));
        } else {
            writer().list(
                            " PIVOT (",
                            pivot.aggregates(),
                            aggregate -> aggregate(aggregate, pivot.aggregates().size()),
                            " FOR");
            for (SqlNode column : pivot.columns()) {
                writer().sql(" ");
                column(column);
            }
        }
        if (pivot.groups() != null) {
            list(" GROUP BY ", pivot.groups(), printer.queries()::grouping);
        }
        writer().sql(pivot.statement() ? ")" : "))");
    }

    void unpivot(UnpivotedTable unpivot) {
        writer().at(unpivot.getParserPosition()).sql(unpivot.statement() ? "(UNPIVOT " : "(FROM ");
        printer.from().operand(unpivot.table());
        if (unpivot.statement()) {
            list(" ON ", unpivot.items(), this::item);
            list(" INTO NAME ", unpivot.names(), this::name);
            list(" VALUE ", unpivot.values(), this::name);
            writer().sql(")");
            return;
        }
        writer().sql(unpivot.includeNulls() ? " UNPIVOT INCLUDE NULLS (" : " UNPIVOT (");
        names(unpivot.values());
        writer().sql(" FOR ");
        names(unpivot.names());
        writer().list(" IN (", unpivot.items(), this::item, ")))");
    }

    private void list(String open, SqlNodeList nodes, Consumer<SqlNode> print) {
        if (!nodes.isEmpty()) {
            writer().list(open, nodes, print, "");
        }
    }

    private void name(SqlNode name) {
        printer.name((SqlIdentifier) name);
    }

    private void names(SqlNodeList names) {
        if (names.size() == 1) {
            name(Objects.requireNonNull(names.get(0)));
        } else {
            printer.names(names);
        }
    }

    private void column(SqlNode node) {
        PivotColumn column = (PivotColumn) node;
        value(column.column());
        if (!(column.values() instanceof SqlNodeList values)) {
            throw Printer.unsupported("PIVOT without its values (write column IN (value, ...))", column);
        }
        writer().list(" IN (", values, this::item, ")");
    }

    /** One of several aggregates is a part of its columns' names. */
    private void aggregate(SqlNode aggregate, int count) {
        int start = writer().length();
        int holes = writer().holes();
        item(aggregate);
        if (count > 1 && aggregate.getKind() != SqlKind.AS) {
            writer().label(start, holes, printer.queries().label(aggregate));
        }
    }

    /** value [ AS alias ] */
    private void item(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            value(((SqlCall) item).operand(0));
            writer().sql(" AS ");
            name(((SqlCall) item).operand(1));
        } else {
            value(item);
        }
    }

    /** A row is bare parentheses here, no constructor. */
    private void value(SqlNode value) {
        if (value.getKind() == SqlKind.ROW) {
            writer().list("(", ((SqlCall) value).getOperandList(), printer::expression, ")");
        } else {
            printer.expression(value);
        }
    }
}
