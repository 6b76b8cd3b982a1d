package io.skyport.sql.dialect;

import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * An operator that the engine has and Calcite has not. The validator looks at the operands that mean something outside of
 * the call: not at names of fields, nor at what names of its own, such as a lambda's, are used in. Its type is ANY.
 */
public final class EngineOnlyOperator extends SqlSpecialOperator {

    private final IntPredicate outside;
    private final String detail;

    EngineOnlyOperator(String name, IntPredicate outside) {
        this(name, outside, "");
    }

    EngineOnlyOperator(String name, IntPredicate outside, String detail) {
        super(name, SqlKind.OTHER);
        this.outside = outside;
        this.detail = detail;
    }

    /** Whether the validator can look at this operand. */
    public boolean looksAt(int operand) {
        return outside.test(operand);
    }

    /** What of the call is no operand: the shape of a slice. */
    public String detail() {
        return detail;
    }

    /** Names that mean something inside only are no columns: whoever looks for columns does not get to see them. */
    @Override
    public <R> void acceptCall(
            SqlVisitor<R> visitor, SqlCall call, boolean onlyExpressions, SqlBasicVisitor.ArgHandler<R> argHandler) {
        for (int i = 0; i < call.operandCount(); i++) {
            if (outside.test(i)) {
                argHandler.visitChild(visitor, call, i, call.operand(i));
            }
        }
    }

    /** For messages only. */
    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        SqlUtil.unparseFunctionSyntax(this, writer, call, false);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (int i = 0; i < call.operandCount(); i++) {
            if (outside.test(i)) {
                validator.deriveType(scope, call.operand(i));
            }
        }
        RelDataTypeFactory types = validator.getTypeFactory();
        return types.createTypeWithNullability(types.createSqlType(SqlTypeName.ANY), true);
    }

    @Override
    public void validateCall(
            SqlCall call, SqlValidator validator, SqlValidatorScope scope, SqlValidatorScope operandScope) {
        for (int i = 0; i < call.operandCount(); i++) {
            if (outside.test(i)) {
                call.operand(i).validateExpr(validator, operandScope);
            }
        }
    }
}
