package io.skyport.sql.print;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;

/** Writes operators of two and more operands. */
final class OperatorPrinter {

    private final Printer printer;

    OperatorPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void binary(SqlCall call, String symbol) {
        writer().sql("(");
        printer.expression(call.operand(0));
        writer().at(call.getParserPosition()).sql(" ");
        if (symbol.equals("/")) {
            writer().hole(Hole.Kind.DIVISION, writer().next(Hole.Kind.DIVISION), "");
        } else {
            writer().sql(symbol);
        }
        writer().sql(" ");
        printer.expression(call.operand(1));
        writer().sql(")");
    }

    /** {@code a = ANY (query)}; a list of values becomes a list of the engine. */
    void quantified(SqlCall call, SqlQuantifyOperator operator) {
        writer().sql("(");
        printer.expression(call.operand(0));
        String word = operator.getKind() == SqlKind.SOME ? "ANY" : "ALL";
        writer().sql(" " + operator.comparisonKind.sql + " " + word + " ");
        SqlNode right = call.operand(1);
        if (right instanceof SqlNodeList list) {
            boolean one = list.size() == 1;
            writer().list(one ? "(" : "([", list, printer::expression, one ? ")" : "])");
        } else {
            printer.expression(right);
        }
        writer().sql(")");
    }

    void between(SqlCall call) {
        SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
        boolean symmetric = operator.flag == SqlBetweenOperator.Flag.SYMMETRIC;
        writer().sql("(");
        printer.expression(call.operand(0));
        writer().sql(operator.isNegated() ? " NOT BETWEEN " : " BETWEEN ");
        bound(symmetric, "least", call);
        writer().sql(" AND ");
        bound(symmetric, "greatest", call);
        writer().sql(")");
    }

    private void bound(boolean symmetric, String function, SqlCall between) {
        if (symmetric) {
            writer().list(function + "(", List.of(between.operand(1), between.operand(2)), printer::expression, ")");
        } else {
            printer.expression(between.operand(function.equals("least") ? 1 : 2));
        }
    }

    void like(SqlCall call) {
        SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
        if (operator.getName().endsWith("RLIKE")) {
            throw Printer.unsupported(operator.getName(), call);
        }
        writer().sql("(");
        printer.expression(call.operand(0));
        writer().at(call.getParserPosition()).sql(" " + operator.getName() + " ");
        printer.expression(call.operand(1));
        if (call.operandCount() > 2) {
            writer().sql(" ESCAPE ");
            printer.expression(call.operand(2));
        }
        writer().sql(")");
    }
}
