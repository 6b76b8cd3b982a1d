package io.skyport.sql.substrait;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Calcite's way from relations to SQL, with a name for the rows that correlated subqueries refer to. Of one plan. Public because
 * Calcite calls it by reflection.
 */
public final class PlanSql extends RelToSqlConverter {

    private int rows;

    private PlanSql() {
        super(PlanDialect.INSTANCE);
    }

    /** The query that {@code relation} is. */
    static SqlNode query(RelNode relation) {
        return new PlanSql().visitRoot(relation).asStatement();
    }

    @Override
    public Result visit(Filter filter) {
        if (filter.getVariablesSet().isEmpty()) {
            return super.visit(filter);
        }
        Named input = correlated(filter, filter.getVariablesSet());
        input.select().setWhere(input.context().toSql(null, filter.getCondition()));
        return result(input.select(), List.of(Clause.FROM, Clause.WHERE), filter, null);
    }

    @Override
    public Result visit(Project project) {
        if (project.getVariablesSet().isEmpty()) {
            return super.visit(project);
        }
        Named input = correlated(project, project.getVariablesSet());
        List<SqlNode> items = new ArrayList<>();
        for (RexNode value : project.getProjects()) {
            addSelect(items, input.context().toSql(null, value), project.getRowType());
        }
        input.select().setSelectList(new SqlNodeList(items, SqlParserPos.ZERO));
        return result(input.select(), List.of(Clause.FROM, Clause.SELECT), project, null);
    }

    /** Rows of the left that have a partner, or none. */
    @Override
    protected Result visitAntiOrSemiJoin(Join join) {
        Named left = named(join, 0);
        Named right = named(join, 1);
        right.select().setSelectList(SqlNodeList.of(SqlLiteral.createExactNumeric("1", SqlParserPos.ZERO)));
        right.select().setWhere(joinContext(left.context(), right.context()).toSql(null, join.getCondition()));
        SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(SqlParserPos.ZERO, right.select());
        left.select()
                .setWhere(
                        join.getJoinType() == JoinRelType.ANTI
                                ? SqlStdOperatorTable.NOT.createCall(SqlParserPos.ZERO, exists)
                                : exists);
        return result(left.select(), List.of(Clause.FROM, Clause.WHERE), join, null);
    }

    /** A relation's input as what a SELECT is from, and how expressions refer to it. */
    private record Named(SqlSelect select, Context context) {}

    private Named correlated(RelNode relation, Set<CorrelationId> correlated) {
        Named input = named(relation, 0);
        correlated.forEach(id -> correlTableMap.put(id, input.context()));
        return input;
    }

    private Named named(RelNode relation, int side) {
        SqlNode query = visitInput(relation, side).asStatement();
        String alias = "rows" + ++rows;
        SqlNode from = SqlStdOperatorTable.AS.createCall(
                SqlParserPos.ZERO, query, new SqlIdentifier(alias, SqlParserPos.ZERO));
        Map<String, RelDataType> aliases =
                ImmutableMap.of(alias, relation.getInput(side).getRowType());
        return new Named(select(from), aliasContext(aliases, true));
    }

    private static SqlSelect select(SqlNode from) {
        return new SqlSelect(
                SqlParserPos.ZERO,
                null,
                SqlNodeList.SINGLETON_STAR,
                from,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
