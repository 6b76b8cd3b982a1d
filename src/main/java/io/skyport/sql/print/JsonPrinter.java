package io.skyport.sql.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Writes SQL/JSON as the engine's functions. What they cannot express is refused. */
final class JsonPrinter {

    private static final Map<String, String> CONSTRUCTORS = Map.of(
            "JSON_OBJECT", "json_object",
            "JSON_ARRAY", "json_array");

    private static final Map<String, String> AGGREGATES = Map.of(
            "JSON_OBJECTAGG", "json_group_object",
            "JSON_ARRAYAGG", "json_group_array");

    private static final Map<String, String> PATHS = Map.of(
            "JSON_VALUE", "json_value",
            "JSON_QUERY", "json_extract",
            "JSON_EXISTS", "json_exists");

    private final Printer printer;

    JsonPrinter(Printer printer) {
        this.printer = printer;
    }

    /** False if the call is none of SQL/JSON's. */
    boolean print(SqlCall call) {
        String name = call.getOperator().getName();
        if (CONSTRUCTORS.containsKey(name)) {
            constructor(CONSTRUCTORS.get(name), call);
        } else if (AGGREGATES.containsKey(name)) {
            write(AGGREGATES.get(name), call.getOperandList());
        } else if (PATHS.containsKey(name)) {
            path(PATHS.get(name), call);
        } else {
            return false;
        }
        return true;
    }

    /** The first operand says what to do with nulls, which the engine keeps. */
    private void constructor(@Nullable String function, SqlCall call) {
        SqlNode nulls = call.getOperandList().get(0);
        boolean absent = written(nulls, call)
                && nulls instanceof SqlLiteral literal
                && literal.getValue() == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
        if (absent) {
            throw Printer.unsupported("ABSENT ON NULL", call);
        }
        write(function, call.getOperandList().subList(1, call.operandCount()));
    }

    /** What the client left out, Calcite puts at the place of the call. */
    private static boolean written(@Nullable SqlNode operand, SqlCall call) {
        return operand != null && !operand.getParserPosition().equals(call.getParserPosition());
    }

    private void path(@Nullable String function, SqlCall call) {
        List<@Nullable SqlNode> operands = new ArrayList<>(call.getOperandList());
        if (operands.stream().skip(2).anyMatch(operand -> written(operand, call))) {
            throw Printer.unsupported(
                    "RETURNING or ON EMPTY or ON ERROR in " + call.getOperator().getName(), call);
        }
        write(function, call.getOperandList().subList(0, 2));
    }

    private void write(@Nullable String function, List<SqlNode> arguments) {
        printer.writer().list(function + "(", arguments, printer::expression, ")");
    }
}
