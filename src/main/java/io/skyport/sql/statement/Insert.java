package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** INSERT from a query, VALUES or DEFAULT VALUES. */
public final class Insert extends Statement {

    private final SqlIdentifier table;
    private final @Nullable SqlNodeList columns;
    private final @Nullable SqlNode source;

    public Insert(SqlParserPos pos, SqlIdentifier table, @Nullable SqlNodeList columns, @Nullable SqlNode source) {
        super(pos);
        this.table = table;
        this.columns = columns;
        this.source = source;
    }
}
