package io.skyport.sql.print;

import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Writes WITHIN GROUP (ORDER BY ...), which the engine has for few functions. */
final class OrderedSetPrinter {

    private static final Set<String> ORDERED_SETS = Set.of("percentile_cont", "percentile_disc", "mode");
    private static final Set<String> HYPOTHETICAL_SETS = Set.of("rank", "dense_rank", "percent_rank", "cume_dist");

    private final Printer printer;
    private final FunctionPrinter functions;

    OrderedSetPrinter(Printer printer, FunctionPrinter functions) {
        this.printer = printer;
        this.functions = functions;
    }

    void print(SqlCall withinGroup) {
        SqlCall function = withinGroup.operand(0);
        String name = FunctionPrinter.name(function);
        if (HYPOTHETICAL_SETS.contains(name)) {
            throw Printer.unsupported(name + " with WITHIN GROUP", withinGroup);
        }
        if (ORDERED_SETS.contains(name)) {
            functions.print(function);
            printer.queries().orderList(" WITHIN GROUP (ORDER BY ", withinGroup.operand(1));
            printer.writer().sql(")");
        } else {
            // LISTAGG and the like: the order stands among the arguments.
            functions.ordered(function, withinGroup.operand(1));
        }
    }

    /** What stands before OVER: there the engine knows ordered sets by their other names only. */
    void windowed(SqlNode call) {
        if (call.getKind() == SqlKind.FILTER) {
            SqlCall filter = (SqlCall) call;
            windowed(filter.operand(0));
            functions.filter(filter.operand(1));
        } else if (call.getKind() == SqlKind.WITHIN_GROUP
                && FunctionPrinter.name(((SqlCall) call).operand(0)).startsWith("percentile")) {
            quantile((SqlCall) call);
        } else {
            functions.print((SqlCall) call);
        }
    }

    private void quantile(SqlCall withinGroup) {
        SqlCall function = withinGroup.operand(0);
        SqlNodeList order = withinGroup.operand(1);
        boolean continuous = FunctionPrinter.name(function).equals("percentile_cont");
        if (order.size() != 1 || function.operandCount() != 1) {
            throw Printer.unsupported("WITHIN GROUP by more than one column", withinGroup);
        }
        printer.foundUnlabelled();
        printer.writer()
                .at(function.getParserPosition())
                .list(
                        continuous ? "quantile_cont(" : "quantile_disc(",
                        List.of(bare(order.get(0)), function.operand(0)),
                        printer::expression,
                        "");
        printer.queries().orderList(" ORDER BY ", order);
        printer.writer().sql(")");
    }

    private static SqlNode bare(SqlNode item) {
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> bare(((SqlCall) item).operand(0));
            default -> item;
        };
    }
}
