package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CALL: the rows of a table function. */
public final class Call extends Statement {

    private final SqlCall call;

    public Call(SqlParserPos pos, SqlCall call) {
        super(pos, "CALL");
        this.call = call;
    }

    @Override
    public Draft compile(Compilation compilation) {
        SqlParserPos pos = getParserPosition();
        SqlNode from = SqlStdOperatorTable.COLLECTION_TABLE.createCall(call.getParserPosition(), call);
        SqlNodeList columns = SqlNodeList.of(SqlIdentifier.star(pos));
        return compilation.draft(
                new SqlSelect(pos, null, columns, from, null, null, null, null, null, null, null, null, null));
    }
}
