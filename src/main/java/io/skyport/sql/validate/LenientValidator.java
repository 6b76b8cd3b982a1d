package io.skyport.sql.validate;

import io.skyport.sql.dialect.EngineOnlyOperator;
import io.skyport.sql.dialect.EngineOperators;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** A validator that goes on where it cannot tell a parameter's type: the engine may. */
final class LenientValidator extends SqlValidatorImpl {

    private static final RelDataType INDEX = RelTypes.FACTORY.createSqlType(SqlTypeName.BIGINT);

    private boolean inferring;

    LenientValidator(
            SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory types, Config config) {
        super(operators, catalog, types, config);
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        if (node instanceof SqlDynamicParam && inferredType.equals(getUnknownType())) {
            return;
        }
        boolean before = inferring;
        inferring = true;
        if (node instanceof SqlCall call && call.getOperator() instanceof EngineOnlyOperator operator) {
            inferOperands(call, operator, scope);
        } else if (!(node instanceof SqlCall call && Neighbours.tell(call, this, scope))) {
            super.inferUnknownTypes(inferredType, scope, node);
        }
        inferring = before;
    }

    /** What {@code node} is, if that is not known otherwise. */
    void tell(RelDataType type, SqlValidatorScope scope, SqlNode node) {
        inferUnknownTypes(type, scope, node);
    }

    /** Elements of a list have the type of those that have one; what a list or a text is indexed by is a number. */
    private void inferOperands(SqlCall call, EngineOnlyOperator operator, SqlValidatorScope scope) {
        if (Neighbours.tell(call, this, scope)) {
            return;
        }
        RelDataType type = operator == EngineOperators.LIST ? elementType(call, scope) : getUnknownType();
        for (int i = 0; i < call.operandCount(); i++) {
            if (operator.looksAt(i)) {
                inferUnknownTypes(i > 0 && indexes(call, operator, scope) ? INDEX : type, scope, call.operand(i));
            }
        }
    }

    private RelDataType elementType(SqlCall list, SqlValidatorScope scope) {
        return list.getOperandList().stream()
                .map(element -> deriveType(scope, element))
                .filter(type -> !type.equals(getUnknownType()) && type.getSqlTypeName() != SqlTypeName.ANY)
                .findFirst()
                .orElse(getUnknownType());
    }

    private boolean indexes(SqlCall call, EngineOnlyOperator operator, SqlValidatorScope scope) {
        if (operator != EngineOperators.ELEMENT && !operator.getName().equals("SLICE")) {
            return false;
        }
        boolean list = call.operand(0) instanceof SqlCall base
                && (base.getOperator() == EngineOperators.LIST || base.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR);
        SqlTypeName type =
                list ? SqlTypeName.ARRAY : deriveType(scope, call.operand(0)).getSqlTypeName();
        return type == SqlTypeName.ARRAY || SqlTypeName.CHAR_TYPES.contains(type);
    }

    /** While operands are asked what they can tell, an untyped parameter tells nothing; otherwise it fits everywhere. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode operand) {
        if (operand instanceof SqlDynamicParam) {
            RelDataType known = super.getValidatedNodeTypeIfKnown(operand);
            return known != null ? known : inferring ? getUnknownType() : RelTypes.any();
        }
        boolean before = inferring;
        inferring = false;
        try {
            return super.deriveType(scope, operand);
        } finally {
            inferring = before;
        }
    }

    /** A parameter of which nothing is known is ANY. */
    @Override
    public @Nullable RelDataType getValidatedNodeTypeIfKnown(SqlNode node) {
        RelDataType known = super.getValidatedNodeTypeIfKnown(node);
        boolean untyped = known == null || known.equals(getUnknownType());
        return untyped && node instanceof SqlDynamicParam ? RelTypes.any() : known;
    }
}
