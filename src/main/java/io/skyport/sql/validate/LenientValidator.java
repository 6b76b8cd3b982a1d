package io.skyport.sql.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** A validator that goes on where it cannot tell a parameter's type: the engine may. */
final class LenientValidator extends SqlValidatorImpl {

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
        super.inferUnknownTypes(inferredType, scope, node);
        inferring = before;
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
