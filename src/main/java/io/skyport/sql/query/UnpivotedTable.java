package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** UNPIVOT, as a statement or in FROM. */
public final class UnpivotedTable extends QueryPart {

    private final boolean statement;
    private final SqlNode table;
    private final boolean includeNulls;
    private final SqlNodeList values;
    private final SqlNodeList names;
    private final SqlNodeList items;

    private UnpivotedTable(
            SqlParserPos pos,
            boolean statement,
            SqlNode table,
            boolean includeNulls,
            SqlNodeList values,
            SqlNodeList names,
            List<SqlNode> items) {
        super(pos);
        this.statement = statement;
        this.table = table;
        this.includeNulls = includeNulls;
        this.values = values;
        this.names = names;
        this.items = new SqlNodeList(items, pos);
    }

    /** In FROM. */
    public static UnpivotedTable of(
            SqlParserPos pos,
            SqlNode table,
            boolean includeNulls,
            SqlNodeList values,
            SqlNodeList names,
            List<SqlNode> items) {
        return new UnpivotedTable(pos, false, table, includeNulls, values, names, items);
    }

    /** The statement as a query. */
    public static Select statement(
            SqlParserPos pos, SqlNode table, List<SqlNode> items, @Nullable SqlIdentifier name, SqlNodeList values) {
        SqlNodeList names = name == null ? SqlNodeList.EMPTY : SqlNodeList.of(name);
        return SelectClauses.all(pos, new UnpivotedTable(pos, true, table, false, values, names, items));
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(table, values, names, items);
    }

    /** Whether it is spelled UNPIVOT table ON ..., not table UNPIVOT (...). */
    public boolean statement() {
        return statement;
    }

    public SqlNode table() {
        return table;
    }

    public boolean includeNulls() {
        return includeNulls;
    }

    /** Names of the columns that take the values; empty in a statement without INTO. */
    public SqlNodeList values() {
        return values;
    }

    /** Names of the columns that take the names. */
    public SqlNodeList names() {
        return names;
    }

    /** The columns that become rows. */
    public SqlNodeList items() {
        return items;
    }
}
