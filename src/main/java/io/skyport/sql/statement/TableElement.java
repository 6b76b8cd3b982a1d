package io.skyport.sql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A line between the parentheses of CREATE TABLE. */
public abstract sealed class TableElement extends SqlCall permits ColumnDefinition, LikeClause, TableConstraint {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("TABLE ELEMENT", SqlKind.OTHER_DDL);

    TableElement(SqlParserPos pos) {
        super(pos);
    }

    @Override
    public final SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public final List<SqlNode> getOperandList() {
        return List.of();
    }
}
