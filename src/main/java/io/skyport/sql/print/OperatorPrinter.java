package io.skyport.sql.print;

import io.skyport.sql.dialect.EngineOperators;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;

/** Writes operators of two and more operands. */
final class OperatorPrinter {

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "//", "||", "&", "|", "<<", ">>");

    private final Printer printer;

    OperatorPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    /** The left operand of an operator is often one itself: such towers are written from their foot, in a loop. */
    void binary(SqlCall call, String symbol) {
        Deque<SqlCall> tower = new ArrayDeque<>();
        SqlNode foot = call;
        while (foot instanceof SqlCall level && isPlain(level, call)) {
            tower.push(level);
            foot = level.operand(0);
        }
        writer().sql("(".repeat(tower.size()));
        printer.expression(foot);
        for (SqlCall level : tower) {
            String name = level == call ? symbol : level.getOperator().getName();
            writer().at(level.getParserPosition()).sql(" ");
            symbol(name);
            writer().sql(" ");
            printer.expression(level.operand(1));
            writer().sql(")");
        }
    }

    /** Which division it is, the engine's types tell later. */
    private void symbol(String symbol) {
        if (symbol.equals("/")) {
            writer().hole(Hole.Kind.DIVISION, writer().next(Hole.Kind.DIVISION), "");
        } else {
            writer().sql(symbol);
        }
    }

    private static boolean isPlain(SqlCall level, SqlCall top) {
        return level == top
                || (level.operandCount() == 2
                        && ARITHMETIC.contains(level.getOperator().getName())
                        && level.getOperator() instanceof SqlBinaryOperator);
    }

    /** AND and OR, as many as stand together: the engine keeps them flat too. */
    void chain(SqlCall call) {
        Deque<SqlNode> rest = new ArrayDeque<>();
        SqlNode foot = call;
        while (foot.getKind() == call.getKind()) {
            rest.push(((SqlCall) foot).operand(1));
            foot = ((SqlCall) foot).operand(0);
        }
        writer().sql("(");
        printer.expression(foot);
        for (SqlNode operand : rest) {
            writer().at(call.getParserPosition()).sql(" " + call.getKind().sql + " ");
            printer.expression(operand);
        }
        writer().sql(")");
    }

    /** The engine's own operators; those that it only has names for are written otherwise. */
    void engine(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator == EngineOperators.REGEX_ANY_CASE) {
            anyCase("", call);
        } else if (operator == EngineOperators.NOT_REGEX_ANY_CASE) {
            anyCase("NOT ", call);
        } else if (operator == EngineOperators.REGEXP) {
            regexp("", call);
        } else if (operator == EngineOperators.NOT_REGEXP) {
            regexp("NOT ", call);
        } else if (operator == EngineOperators.HAS_KEY) {
            key("jsonb_exists(", call);
        } else if (operator == EngineOperators.HAS_ANY_KEY) {
            keys("jsonb_exists_any(", call);
        } else if (operator == EngineOperators.HAS_ALL_KEYS) {
            keys("jsonb_exists_all(", call);
        } else if (operator == EngineOperators.DIV) {
            integerPart(call);
        } else if (operator == EngineOperators.NOT_GLOB) {
            writer().sql("(NOT ");
            binary(call, "GLOB");
            writer().sql(")");
        } else {
            binary(call, operator.getName());
        }
    }

    /** The engine has {@code ~}, which matches all of the text, but no {@code ~*}. */
    private void anyCase(String not, SqlCall call) {
        writer().at(call.getParserPosition()).sql("(" + not);
        writer().list("regexp_full_match(", call.getOperandList(), printer::expression, ", 'i'))");
    }

    private void regexp(String not, SqlCall call) {
        printer.foundUnlabelled();
        writer().at(call.getParserPosition()).sql("(" + not);
        writer().list("regexp_matches(", call.getOperandList(), printer::expression, "))");
    }

    private void key(String function, SqlCall call) {
        printer.foundUnlabelled();
        writer().at(call.getParserPosition()).list(function, call.getOperandList(), printer::expression, ")");
    }

    /** As JSON, so that a list and a text with commas are told apart. */
    private void keys(String function, SqlCall call) {
        printer.foundUnlabelled();
        writer().at(call.getParserPosition()).sql(function);
        printer.expression(call.operand(0));
        writer().sql(", to_json(");
        printer.expression(call.operand(1));
        writer().sql("))");
    }

    /** {@code a DIV b}. */
    private void integerPart(SqlCall call) {
        printer.foundUnlabelled();
        writer().sql("CAST(trunc(");
        binary(call, "//");
        writer().sql(") AS BIGINT)");
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
