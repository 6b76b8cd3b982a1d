package io.skyport.sql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement that only Skyport's grammar has. Its parts are its own business: Calcite's visitors see none of them. */
public abstract class Statement extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("STATEMENT", SqlKind.OTHER_DDL);

    protected Statement(SqlParserPos pos) {
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

    /** Writes it for the engine. */
    public abstract Draft compile(Compilation compilation);
}
