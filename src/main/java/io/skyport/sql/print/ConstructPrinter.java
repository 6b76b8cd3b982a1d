package io.skyport.sql.print;

import io.skyport.sql.dialect.EngineOnlyOperator;
import io.skyport.sql.dialect.EngineOperators;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;

/** Writes what only the engine has: lists, structs, maps and their parts, lambdas, its own operators. */
final class ConstructPrinter {

    private final Printer printer;
    private final OperatorPrinter operators;

    ConstructPrinter(Printer printer, OperatorPrinter operators) {
        this.printer = printer;
        this.operators = operators;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void print(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator == EngineOperators.LIST) {
            writer().list("[", call.getOperandList(), printer::expression, "]");
        } else if (operator == EngineOperators.STRUCT) {
            struct(call);
        } else if (operator == EngineOperators.MAP) {
            map(call);
        } else if (operator == EngineOperators.COMPREHENSION) {
            comprehension(call);
        } else if (operator == EngineOperators.LAMBDA) {
            writer().list("(LAMBDA ", names(call.operand(0)), printer::expression, ": ");
            printer.expression(call.operand(1));
            writer().sql(")");
        } else if (operator == EngineOperators.ARROW) {
            arrow(call);
        } else if (operator == EngineOperators.FIELD) {
            // Without parentheses, a name in front of the dot would be part of a longer name.
            boolean bare = isPart(call.operand(0));
            writer().sql(bare ? "" : "(");
            printer.expression(call.operand(0));
            writer().sql(bare ? "." : ").");
            printer.name((SqlIdentifier) call.operand(1));
        } else if (operator == EngineOperators.ELEMENT) {
            subscript(call, "1");
        } else if (operator.getName().equals(EngineOperators.IS_JSON)) {
            isJson("", call);
        } else if (operator.getName().equals(EngineOperators.IS_NOT_JSON)) {
            isJson("NOT ", call);
        } else if (operator.getName().equals("SLICE")) {
            subscript(call, ((EngineOnlyOperator) operator).detail());
        } else {
            other(call, operator);
        }
    }

    private void other(SqlCall call, SqlOperator operator) {
        if (operator == EngineOperators.POSITIONAL) {
            writer().sql("#");
            printer.expression(call.operand(0));
        } else if (operator == EngineOperators.INTERVAL_TEXT) {
            writer().sql("INTERVAL ");
            printer.expression(call.operand(0));
        } else if (operator == EngineOperators.INTERVAL_OF) {
            writer().sql("INTERVAL (");
            printer.expression(call.operand(0));
            writer().sql(call.operandCount() > 1 ? ") " + ((SqlIdentifier) call.operand(1)).getSimple() : ")");
        } else if (operator == EngineOperators.COLLATE) {
            writer().sql("(");
            printer.expression(call.operand(0));
            writer().sql(" COLLATE ");
            printer.expression(call.operand(1));
            writer().sql(")");
        } else if (operator == EngineOperators.FACTORIAL) {
            writer().sql("(");
            printer.expression(call.operand(0));
            writer().sql(" !)");
        } else if (call.operandCount() == 1) {
            writer().at(call.getParserPosition()).sql("(" + operator.getName() + " ");
            printer.expression(call.operand(0));
            writer().sql(")");
        } else {
            operators.binary(call, operator.getName());
        }
    }

    /** The engine tells the kind of JSON only, and fails for other texts. */
    private void isJson(String not, SqlCall call) {
        SqlNode text = call.operand(0);
        String kind = ((EngineOnlyOperator) call.getOperator()).detail();
        printer.foundUnlabelled();
        writer().at(call.getParserPosition()).sql("(" + not);
        if (!kind.equals("VALUE")) {
            writer().sql("CASE WHEN json_valid(");
            printer.expression(text);
            writer().sql(") THEN json_type(");
            printer.expression(text);
            writer().sql(kind.equals("SCALAR") ? ") NOT IN ('OBJECT', 'ARRAY') ELSE " : ") = '" + kind + "' ELSE ");
        }
        writer().sql("json_valid(");
        printer.expression(text);
        writer().sql(kind.equals("VALUE") ? "))" : ") END)");
    }

    private static List<SqlNode> names(SqlNode list) {
        return (SqlNodeList) list;
    }

    private void struct(SqlCall struct) {
        writer().sql("{");
        for (int i = 0; i < struct.operandCount(); i += 2) {
            writer().sql(i == 0 ? "" : ", ")
                    .literal(Printer.simple(struct.operand(i)))
                    .sql(": ");
            printer.expression(struct.operand(i + 1));
        }
        writer().sql("}");
    }

    private void map(SqlCall map) {
        writer().sql("MAP {");
        for (int i = 0; i < map.operandCount(); i += 2) {
            writer().sql(i == 0 ? "" : ", ");
            printer.expression(map.operand(i));
            writer().sql(": ");
            printer.expression(map.operand(i + 1));
        }
        writer().sql("}");
    }

    private void comprehension(SqlCall call) {
        writer().sql("[");
        printer.expression(call.operand(0));
        writer().list(" FOR ", names(call.operand(1)), printer::expression, " IN ");
        printer.expression(call.operand(2));
        if (call.operandCount() > 3) {
            writer().sql(" IF ");
            printer.expression(call.operand(3));
        }
        writer().sql("]");
    }

    /** The engine reads the names of several parameters in parentheses, but not as ROW(...). */
    private void arrow(SqlCall call) {
        SqlNode left = call.operand(0);
        writer().sql("(");
        if (left.getKind() == SqlKind.ROW) {
            writer().list("(", ((SqlCall) left).getOperandList(), printer::expression, ")");
        } else {
            printer.expression(left);
        }
        writer().at(call.getParserPosition()).sql(" -> ");
        printer.expression(call.operand(1));
        writer().sql(")");
    }

    /** @param shape as {@link EngineOperators#subscript} says */
    private void subscript(SqlCall call, String shape) {
        base(call.operand(0));
        writer().sql("[");
        int part = 1;
        for (char c : shape.toCharArray()) {
            if (c == '1') {
                printer.expression(call.operand(part++));
            } else {
                writer().sql(" " + c + " ");
            }
        }
        writer().sql("]");
    }

    private static boolean isPart(SqlNode node) {
        return node instanceof SqlCall call
                && (call.getOperator() == EngineOperators.ELEMENT
                        || call.getOperator() == EngineOperators.FIELD
                        || call.getOperator().getName().equals("SLICE"));
    }

    /** What is indexed or opened: a name bare, everything else in parentheses. */
    void base(SqlNode node) {
        boolean bare = node instanceof SqlIdentifier || isPart(node);
        writer().sql(bare ? "" : "(");
        printer.expression(node);
        writer().sql(bare ? "" : ")");
    }
}
