package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DESCRIBE: the columns of a table or query. */
public final class Describe extends Statement {

    private final SqlNode described;

    public Describe(SqlParserPos pos, SqlNode described) {
        super(pos);
        this.described = described;
    }
}
