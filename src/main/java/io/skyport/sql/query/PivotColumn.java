package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** What PIVOT makes columns of. */
public final class PivotColumn extends QueryPart {

    private final SqlNode column;
    private final @Nullable SqlNode values;

    /** @param values a list of values, a query for them, or null for all that there are */
    public PivotColumn(SqlParserPos pos, SqlNode column, @Nullable SqlNode values) {
        super(pos);
        this.column = column;
        this.values = values;
    }

    @Override
    @SuppressWarnings("NullAway") // Calcite's visitors skip null operands.
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(column, values);
    }

    public SqlNode column() {
        return column;
    }

    public @Nullable SqlNode values() {
        return values;
    }
}
