package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** PIVOT, as a statement or in FROM. */
public final class PivotedTable extends QueryPart {

    private final boolean statement;
    private final SqlNode table;
    private final SqlNodeList aggregates;
    private final SqlNodeList columns;
    private final @Nullable SqlNodeList groups;

    public PivotedTable(
            SqlParserPos pos,
            boolean statement,
            SqlNode table,
            List<SqlNode> aggregates,
            List<SqlNode> columns,
            @Nullable SqlNodeList groups) {
        super(pos);
        this.statement = statement;
        this.table = table;
        this.aggregates = new SqlNodeList(aggregates, pos);
        this.columns = new SqlNodeList(columns, pos);
        this.groups = groups;
    }

    /** The statement as a query. */
    public static Select statement(
            SqlParserPos pos,
            SqlNode table,
            List<SqlNode> columns,
            List<SqlNode> aggregates,
            @Nullable SqlNodeList groups) {
        return SelectClauses.all(pos, new PivotedTable(pos, true, table, aggregates, columns, groups));
    }

    @Override
    @SuppressWarnings("NullAway") // Calcite's visitors skip null operands.
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(table, aggregates, columns, groups);
    }

    /** Whether it is spelled PIVOT table ON ..., not table PIVOT (...). */
    public boolean statement() {
        return statement;
    }

    public SqlNode table() {
        return table;
    }

    public SqlNodeList aggregates() {
        return aggregates;
    }

    /** {@link PivotColumn}s. */
    public SqlNodeList columns() {
        return columns;
    }

    public @Nullable SqlNodeList groups() {
        return groups;
    }
}
