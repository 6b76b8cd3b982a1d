package io.skyport.sql.query;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A part of a query that Calcite has no node for: visitors see what it is made of, Calcite's validator gives it up. */
abstract class QueryPart extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("QUERY PART", SqlKind.OTHER);

    QueryPart(SqlParserPos pos) {
        super(pos);
    }

    @Override
    public final SqlOperator getOperator() {
        return OPERATOR;
    }
}
