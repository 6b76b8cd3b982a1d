package io.skyport.sql.print;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Calls of sum, whose type over integers is not the engine's. */
final class Sums {

    private static final String SUM = "sum";

    private Sums() {}

    /** The call of sum that {@code call} is, with or without FILTER and OVER; null if it is none. */
    static @Nullable SqlCall in(SqlCall call) {
        return switch (call.getKind()) {
            case OVER, FILTER, WITHIN_GROUP -> call.operand(0) instanceof SqlCall inner ? in(inner) : null;
            default -> isSum(call) ? call : null;
        };
    }

    private static boolean isSum(SqlCall call) {
        if (!(call.getOperator() instanceof SqlFunction function) || call.operandCount() == 0) {
            return false;
        }
        SqlIdentifier name = function.getSqlIdentifier();
        boolean sum = function.getName().equalsIgnoreCase(SUM) && (name == null || name.isSimple());
        return sum && isOneArgument(call) && !Stars.in(call.operand(0));
    }

    /** Other operands are the order of the input. */
    private static boolean isOneArgument(SqlCall call) {
        SqlNode first = call.operand(0);
        return !(first instanceof SqlNodeList)
                && call.getOperandList().stream()
                                .filter(operand -> !(operand instanceof SqlNodeList))
                                .count()
                        == 1;
    }
}
