package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.dialect.Literals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Writes functions that have a syntax of their own in SQL. */
final class SpecialFunctionPrinter {

    /** JDBC's names of functions that the engine calls otherwise. */
    private static final Map<String, String> JDBC = Map.of(
            "UCASE",
            "upper",
            "LCASE",
            "lower",
            "RAND",
            "random",
            "TRUNCATE",
            "trunc",
            "CURDATE",
            "current_date",
            "LOCATE",
            "strpos",
            "DATABASE",
            "current_database",
            "CHAR",
            "chr");

    private final Printer printer;

    SpecialFunctionPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void extract(SqlCall call) {
        SqlNode unit = call.operand(0);
        String written = printer.source(unit.getParserPosition());
        if (FunctionPrinter.isPlain(written)) {
            writer().sql("EXTRACT(" + written + " FROM ");
        } else if (written.startsWith("'")) {
            writer().sql("EXTRACT(").literal(Literals.text(written)).sql(" FROM ");
        } else {
            writer().sql("EXTRACT(" + ExpressionPrinter.unit((SqlIntervalQualifier) unit) + " FROM ");
        }
        printer.expression(call.operand(1));
        writer().sql(")");
    }

    void trim(SqlCall call) {
        SqlTrimFunction.Flag flag = ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
        SqlNode written = call.getOperandList().get(1);
        // Where nothing is written, Calcite puts a blank at the place of the call.
        SqlNode characters = written.getParserPosition().equals(call.getParserPosition()) ? null : written;
        writer().sql("TRIM(");
        if (flag != SqlTrimFunction.Flag.BOTH || characters != null) {
            writer().sql(flag + " ");
            if (characters != null) {
                printer.expression(characters);
            }
            writer().sql(" FROM ");
        }
        printer.expression(call.operand(2));
        writer().sql(")");
    }

    void position(SqlCall call) {
        if (call.operandCount() > 2) {
            throw Printer.unsupported("POSITION with FROM", call);
        }
        writer().sql("POSITION(");
        printer.expression(call.operand(0));
        writer().sql(" IN ");
        printer.expression(call.operand(1));
        writer().sql(")");
    }

    /** FLOOR and CEIL, of a number, or of a time to a unit. */
    void round(SqlCall call) {
        boolean floor = call.getKind() == SqlKind.FLOOR;
        if (call.operandCount() == 1) {
            boolean ceiling = printer.source(call.getParserPosition()).regionMatches(true, 0, "ceiling", 0, 7);
            String name = floor ? "floor(" : ceiling ? "ceiling(" : "ceil(";
            writer().list(name, call.getOperandList(), printer::expression, ")");
            return;
        }
        String unit = ExpressionPrinter.unit(call.operand(1));
        printer.foundUnlabelled();
        if (floor) {
            truncated(unit, call.operand(0));
            return;
        }
        writer().sql("(CASE WHEN ");
        truncated(unit, call.operand(0));
        writer().sql(" = ");
        printer.expression(call.operand(0));
        writer().sql(" THEN ");
        truncated(unit, call.operand(0));
        writer().sql(" ELSE ");
        truncated(unit, call.operand(0));
        writer().sql(" + INTERVAL 1 " + unit + " END)");
    }

    private void truncated(String unit, SqlNode time) {
        writer().sql("date_trunc('" + unit + "', ");
        printer.expression(time);
        writer().sql(")");
    }

    void timestampAdd(SqlCall call) {
        printer.foundUnlabelled();
        writer().sql("(");
        printer.expression(call.operand(2));
        writer().sql(" + INTERVAL (");
        printer.expression(call.operand(1));
        writer().sql(") " + ExpressionPrinter.unit(call.operand(0)) + ")");
    }

    /** Whole units, as SQL counts them. */
    void timestampDiff(SqlCall call) {
        printer.foundUnlabelled();
        writer().sql("date_sub('" + ExpressionPrinter.unit(call.operand(0)) + "', ");
        printer.expression(call.operand(1));
        writer().sql(", ");
        printer.expression(call.operand(2));
        writer().sql(")");
    }

    void overlay(SqlCall call) {
        printer.foundUnlabelled();
        SqlNode text = call.operand(0);
        SqlNode start = call.operand(2);
        writer().sql("(left(");
        printer.expression(text);
        writer().sql(", ");
        typed(start, "BIGINT");
        writer().sql(" - 1) || ");
        typed(call.operand(1), "VARCHAR");
        writer().sql(" || substr(");
        printer.expression(text);
        writer().sql(", ");
        typed(start, "BIGINT");
        writer().sql(" + ");
        if (call.operandCount() > 3) {
            typed(call.operand(3), "BIGINT");
        } else {
            writer().sql("length(");
            typed(call.operand(1), "VARCHAR");
            writer().sql(")");
        }
        writer().sql("))");
    }

    /** A parameter does not tell its type where it is only calculated with. */
    private void typed(SqlNode node, String type) {
        boolean parameter = node instanceof SqlDynamicParam;
        writer().sql(parameter ? "CAST(" : "");
        printer.expression(node);
        writer().sql(parameter ? " AS " + type + ")" : "");
    }

    /** {fn name(...)} */
    void jdbc(SqlCall call) {
        SqlJdbcFunctionCall function = (SqlJdbcFunctionCall) call.getOperator();
        String name = function.getName()
                .substring(function.getName().lastIndexOf(' ') + 1)
                .replaceAll("[{}]", "");
        if (name.equalsIgnoreCase("TIMESTAMPADD")) {
            timestampAdd(call);
            return;
        }
        if (name.equalsIgnoreCase("TIMESTAMPDIFF")) {
            timestampDiff(call);
            return;
        }
        String spelling = JDBC.getOrDefault(name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        if (!FunctionPrinter.isPlain(spelling) || FunctionPrinter.refuses(spelling)) {
            throw Printer.unsupported("function " + name, call);
        }
        if (spelling.equals("current_date")) {
            printer.names().foundRunningTime();
        }
        if (spelling.equals("current_date")
                || (call.operandCount() == 0
                        && printer.expressions().functions().contextVariable(spelling))) {
            writer().sql(spelling.equals("current_date") ? spelling : "");
            return;
        }
        printer.expressions().functions().noteVolatility(spelling);
        List<SqlNode> arguments = new ArrayList<>(call.getOperandList());
        if (spelling.equals("strpos")) {
            Collections.reverse(arguments);
        }
        printer.foundUnlabelled();
        writer().list(spelling + "(", arguments, printer::expression, ")");
    }

    /** NEXT VALUE FOR sequence. */
    void sequence(SqlCall call) {
        printer.foundVolatile();
        printer.foundUnlabelled();
        SqlIdentifier name = call.operand(0);
        ObjectName sequence = printer.sequence(name);
        writer().sql(call.getKind() == SqlKind.NEXT_VALUE ? "nextval(" : "currval(");
        writer().literal(Printer.nameInText(sequence, name)).sql(")");
    }
}
