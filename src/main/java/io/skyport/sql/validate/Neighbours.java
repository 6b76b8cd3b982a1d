package io.skyport.sql.validate;

import io.skyport.sql.dialect.EngineOperators;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** What a parameter is by what it stands beside, where that is not the type of its neighbour. */
final class Neighbours {

    private static final RelDataType DAYS = RelTypes.FACTORY.createSqlType(SqlTypeName.INTEGER);
    private static final RelDataType INTERVAL = RelTypes.interval();

    private Neighbours() {}

    /** Whether the operands of the call are told what they are; if not, it is to be done in the usual way. */
    static boolean tell(SqlCall call, LenientValidator validator, SqlValidatorScope scope) {
        SqlOperator operator = call.getOperator();
        if (call.operandCount() != 2) {
            return false;
        }
        SqlNode left = call.operand(0);
        SqlNode right = call.operand(1);
        if (call.getKind() == SqlKind.PLUS) {
            return sum(left, right, validator, scope) || sum(right, left, validator, scope);
        }
        if (SqlKind.COMPARISON.contains(call.getKind())
                && left.getKind() == SqlKind.ROW
                && right.getKind() == SqlKind.ROW) {
            return rows((SqlCall) left, (SqlCall) right, validator, scope);
        }
        if (operator instanceof SqlQuantifyOperator && right instanceof SqlNodeList list && list.size() == 1) {
            return list(left, list.get(0), validator, scope);
        }
        boolean in = operator == EngineOperators.IN_LIST || operator == EngineOperators.NOT_IN_LIST;
        return in && list(left, right, validator, scope);
    }

    /** Days are added to a date, an interval to a time. */
    private static boolean sum(SqlNode time, SqlNode added, LenientValidator validator, SqlValidatorScope scope) {
        if (!(added instanceof SqlDynamicParam) || time instanceof SqlDynamicParam) {
            return false;
        }
        RelDataType type = validator.deriveType(scope, time);
        switch (type.getSqlTypeName()) {
            case DATE -> validator.tell(DAYS, scope, added);
            case TIMESTAMP, TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME ->
                validator.tell(INTERVAL, scope, added);
            default -> {
                return false;
            }
        }
        validator.tell(type, scope, time);
        return true;
    }

    /** Rows are compared field by field. */
    private static boolean rows(SqlCall left, SqlCall right, LenientValidator validator, SqlValidatorScope scope) {
        if (left.operandCount() != right.operandCount()) {
            return false;
        }
        for (int i = 0; i < left.operandCount(); i++) {
            beside(left.operand(i), right.operand(i), validator, scope);
            beside(right.operand(i), left.operand(i), validator, scope);
        }
        return true;
    }

    private static void beside(SqlNode node, SqlNode other, LenientValidator validator, SqlValidatorScope scope) {
        boolean told = other instanceof SqlDynamicParam;
        validator.tell(told ? validator.getUnknownType() : validator.deriveType(scope, other), scope, node);
    }

    /** What something is looked for in is a list of such. */
    private static boolean list(SqlNode element, SqlNode list, LenientValidator validator, SqlValidatorScope scope) {
        if (!(list instanceof SqlDynamicParam) || element instanceof SqlDynamicParam) {
            return false;
        }
        RelDataType type = validator.deriveType(scope, element);
        validator.tell(type, scope, element);
        if (!List.of(SqlTypeName.ANY, SqlTypeName.UNKNOWN).contains(type.getSqlTypeName())) {
            validator.tell(RelTypes.FACTORY.createArrayType(type, -1), scope, list);
        }
        return true;
    }
}
