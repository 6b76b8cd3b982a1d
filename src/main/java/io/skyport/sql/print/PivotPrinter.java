package io.skyport.sql.print;

import io.skyport.sql.query.PivotColumn;
import io.skyport.sql.query.PivotedTable;
import io.skyport.sql.query.UnpivotedTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Writes PIVOT and UNPIVOT: in parentheses, so that what stands beside it in FROM does not matter. */
final class PivotPrinter {

    /** Stands where there is no value, because the engine wants one; its columns are left out. */
    private static final String NO_VALUE = "skyport:none";

    private static final List<String> NOTHING = List.of(NO_VALUE);

    private final Printer printer;

    PivotPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void pivot(PivotedTable pivot) {
        List<List<String>> found = found(pivot);
        boolean nothing = found.stream().anyMatch(NOTHING::equals);
        writer().at(pivot.getParserPosition());
        if (nothing) {
            writer().sql("(SELECT COLUMNS(lambda c: NOT contains(c, '" + NO_VALUE + "')) FROM ");
        }
        print(pivot, found);
        writer().sql(nothing ? ")" : "");
    }

    /** The values of columns that list none; empty lists for the others. */
    private List<List<String>> found(PivotedTable pivot) {
        List<List<String>> found = new ArrayList<>();
        for (SqlNode node : pivot.columns()) {
            PivotColumn column = (PivotColumn) node;
            if (isListed(column)) {
                found.add(List.of());
                continue;
            }
            if (!pivot.statement()) {
                throw Printer.unsupported("PIVOT (... FOR column) without IN (value, ...)", column);
            }
            List<String> values = column.values() == null
                    ? printer.pivotValues(pivot.table(), column.column())
                    : printer.pivotValues(column.values());
            found.add(values.isEmpty() ? NOTHING : values);
        }
        return found;
    }

    private static boolean isListed(PivotColumn column) {
        return column.values() instanceof SqlNodeList;
    }

    private void print(PivotedTable pivot, List<List<String>> found) {
        writer().sql(pivot.statement() ? "(PIVOT " : "(FROM ");
        printer.from().operand(pivot.table());
        if (pivot.statement()) {
            Iterator<List<String>> values = found.iterator();
            list(" ON ", pivot.columns(), column -> column(column, values.next()));
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
                column(column, List.of());
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

    /** Compares as the engine does that finds the values itself: by their texts. */
    private void column(SqlNode node, List<String> found) {
        PivotColumn column = (PivotColumn) node;
        if (column.values() instanceof SqlNodeList values) {
            value(column.column());
            writer().list(" IN (", values, this::item, ")");
            return;
        }
        writer().sql("CAST(");
        value(column.column());
        String separator = " AS VARCHAR) IN (";
        for (String value : found) {
            writer().sql(separator).literal(value);
            separator = ", ";
        }
        writer().sql(")");
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
    void value(SqlNode value) {
        if (value.getKind() == SqlKind.ROW) {
            writer().list("(", ((SqlCall) value).getOperandList(), printer::expression, ")");
        } else {
            printer.expression(value);
        }
    }
}
