package io.skyport.sql.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What Calcite's validator is given for a statement that it does not know: a query over the same tables with the same
 * expressions, each compared with the column that it goes to, which tells the types of parameters.
 */
final class CheckedQuery {

    private final String target;
    private final List<SqlNode> items = new ArrayList<>();
    private final List<SqlNode> conditions = new ArrayList<>();
    private SqlNode from;

    CheckedQuery(Target target) {
        this.target = target.qualifier();
        this.from = target.item();
    }

    /** One more table. */
    CheckedQuery from(@Nullable SqlNode item) {
        if (item != null) {
            from = new SqlJoin(
                    SqlParserPos.ZERO,
                    from,
                    SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
                    JoinType.COMMA.symbol(SqlParserPos.ZERO),
                    item,
                    JoinConditionType.NONE.symbol(SqlParserPos.ZERO),
                    null);
        }
        return this;
    }

    CheckedQuery where(@Nullable SqlNode condition) {
        if (condition != null) {
            conditions.add(condition);
        }
        return this;
    }

    /** An expression whose value goes into a column of the target. */
    CheckedQuery assigned(String column, SqlNode value) {
        if (value.getKind() != SqlKind.DEFAULT) {
            SqlIdentifier name = new SqlIdentifier(List.of(target, column), value.getParserPosition());
            items.add(SqlStdOperatorTable.EQUALS.createCall(value.getParserPosition(), name, value));
        }
        return this;
    }

    CheckedQuery assigned(List<Assignment> assignments) {
        for (Assignment assignment : assignments) {
            SqlNode query = assignment.query();
            if (query != null) {
                items.add(SqlStdOperatorTable.EXISTS.createCall(query.getParserPosition(), query));
            } else {
                assigned(assignment.columns(), assignment.values());
            }
        }
        return this;
    }

    void assigned(SqlNodeList columns, SqlNodeList values) {
        for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
            assigned(
                    Target.last((SqlIdentifier) Objects.requireNonNull(columns.get(i))),
                    Objects.requireNonNull(values.get(i)));
        }
    }

    SqlNode build(@Nullable SqlNodeList with) {
        if (items.isEmpty()) {
            items.add(SqlLiteral.createExactNumeric("1", SqlParserPos.ZERO));
        }
        SqlNode condition = conditions.stream()
                .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, a, b))
                .orElse(null);
        SqlSelect select = new SqlSelect(
                SqlParserPos.ZERO,
                null,
                new SqlNodeList(items, SqlParserPos.ZERO),
                from,
                condition,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return with == null ? select : new SqlWith(SqlParserPos.ZERO, with, select);
    }
}
