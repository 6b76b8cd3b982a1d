package io.skyport.sql.substrait;

import io.substrait.expression.AggregateFunctionInvocation;
import io.substrait.expression.EnumArg;
import io.substrait.expression.Expression;
import io.substrait.expression.FunctionArg;
import io.substrait.isthmus.SubstraitRelNodeConverter.Context;
import io.substrait.isthmus.expression.AggregateFunctionConverter;
import io.substrait.relation.Aggregate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Reads one aggregation: what it needs becomes columns, keys first, so that the engine's order of columns is the plan's. Of
 * several grouping sets, the number of each row's is told as Substrait has it.
 */
final class PlanAggregate {

    private final Aggregate aggregate;
    private final RelNode input;
    private final PlanExpressions expressions;
    private final AggregateFunctionConverter functions;
    private final RelDataTypeFactory types;
    private final UnaryOperator<String> fresh;
    private final RexBuilder rex;
    private final List<RexNode> columns = new ArrayList<>();

    PlanAggregate(
            Aggregate aggregate,
            RelNode input,
            PlanExpressions expressions,
            AggregateFunctionConverter functions,
            RelDataTypeFactory types,
            UnaryOperator<String> fresh) {
        this.aggregate = aggregate;
        this.input = input;
        this.expressions = expressions;
        this.functions = functions;
        this.types = types;
        this.fresh = fresh;
        this.rex = new RexBuilder(types);
    }

    /** A measure whose arguments are columns. */
    private record Measure(
            SqlAggFunction function, boolean distinct, List<Integer> arguments, int filter, SortKeys order) {}

    RelNode read(Context context) {
        List<ImmutableBitSet> sets = sets(context);
        int keys = columns.size();
        List<Measure> measures = new ArrayList<>();
        for (Aggregate.Measure measure : aggregate.getMeasures()) {
            measures.add(measure(measure, context));
        }
        boolean numbered = sets.size() > 1;
        for (int key = 0; numbered && key < keys; key++) {
            measures.add(new Measure(SqlStdOperatorTable.GROUPING, false, List.of(key), -1, SortKeys.NONE));
        }
        if (columns.isEmpty()) {
            columns.add(rex.makeLiteral(true)); // there are no rows of no columns in SQL
        }
        RelNode wide = LogicalProject.create(
                input, List.of(), columns, columns.stream().map(this::label).toList(), Set.of());
        boolean ofAll = keys == 0 || sets.contains(ImmutableBitSet.of());
        List<AggregateCall> calls =
                measures.stream().map(measure -> call(measure, wide, ofAll)).toList();
        RelNode groups = LogicalAggregate.create(
                wide, List.of(), ImmutableBitSet.range(keys), sets.isEmpty() ? null : distinct(sets), calls);
        return numbered ? numbered(groups, sets, keys) : groups;
    }

    private String label(RexNode column) {
        return column instanceof RexInputRef reference
                ? input.getRowType().getFieldNames().get(reference.getIndex())
                : fresh.apply("c");
    }

    private List<ImmutableBitSet> sets(Context context) {
        List<ImmutableBitSet> sets = new ArrayList<>();
        for (Aggregate.Grouping grouping : aggregate.getGroupings()) {
            ImmutableBitSet.Builder set = ImmutableBitSet.builder();
            for (Expression key : grouping.getExpressions()) {
                set.set(column(key.accept(expressions, context)));
            }
            sets.add(set.build());
        }
        if (sets.size() == 1
                && sets.get(0).cardinality()
                        < aggregate.getGroupings().get(0).getExpressions().size()) {
            throw PlanRelations.unsupported("AggregateRel with the same key twice");
        }
        return sets;
    }

    private static List<ImmutableBitSet> distinct(List<ImmutableBitSet> sets) {
        if (Set.copyOf(sets).size() < sets.size()) {
            throw PlanRelations.unsupported("AggregateRel with the same grouping set twice");
        }
        return ImmutableBitSet.ORDERING.immutableSortedCopy(sets);
    }

    private int column(RexNode value) {
        int known = columns.indexOf(value);
        if (known >= 0) {
            return known;
        }
        columns.add(value);
        return columns.size() - 1;
    }

    private Measure measure(Aggregate.Measure measure, Context context) {
        AggregateFunctionInvocation call = measure.getFunction();
        List<Integer> arguments = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (FunctionArg argument : call.arguments()) {
            if (argument instanceof EnumArg word) {
                word.value().ifPresent(words::add);
            } else if (argument instanceof Expression value) {
                arguments.add(column(value.accept(expressions, context)));
            }
        }
        int filter = measure.getPreMeasureFilter()
                .map(test -> column(rex.makeCall(SqlStdOperatorTable.IS_TRUE, test.accept(expressions, context))))
                .orElse(-1);
        SortKeys order = SortKeys.of(call.sort(), each -> each.accept(expressions, context));
        order.add(columns);
        boolean distinct = call.invocation() == Expression.AggregationInvocation.DISTINCT;
        return new Measure(function(call, words), distinct, arguments, filter, order);
    }

    private AggregateCall call(Measure measure, RelNode wide, boolean ofAll) {
        return AggregateCall.create(
                measure.function(),
                measure.distinct(),
                false,
                false,
                List.of(),
                measure.arguments(),
                measure.filter(),
                null,
                measure.order().collation(columns),
                ofAll,
                wide,
                null,
                fresh.apply("c"));
    }

    private SqlAggFunction function(AggregateFunctionInvocation call, List<String> words) {
        if (call.aggregationPhase() != Expression.AggregationPhase.INITIAL_TO_RESULT
                && call.aggregationPhase() != Expression.AggregationPhase.UNSPECIFIED) {
            throw PlanRelations.unsupported(
                    "AggregateRel in phase " + call.aggregationPhase().name());
        }
        String name = call.declaration().name().toLowerCase(Locale.ROOT);
        SqlOperator operator = AggregateForms.of(name, words)
                .map(SqlOperator.class::cast)
                .or(() -> functions.getSqlOperatorFromSubstraitFunc(
                        call.declaration().key(), call.outputType()))
                .orElseThrow(() -> PlanFunctions.unsupported(call.declaration().key()));
        if (!(operator instanceof SqlAggFunction function)) {
            throw PlanFunctions.unsupported(call.declaration().key());
        }
        return function;
    }

    /** Keys, measures and the number of the grouping set, counted from 0. */
    private RelNode numbered(RelNode groups, List<ImmutableBitSet> sets, int keys) {
        int measured = keys + aggregate.getMeasures().size();
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < measured; i++) {
            values.add(RexInputRef.of(i, groups.getRowType()));
        }
        RelDataType number = types.createSqlType(SqlTypeName.INTEGER);
        List<RexNode> cases = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            List<RexNode> tests = new ArrayList<>();
            for (int key = 0; key < keys; key++) {
                tests.add(rex.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        RexInputRef.of(measured + key, groups.getRowType()),
                        rex.makeExactLiteral(sets.get(set).get(key) ? BigDecimal.ZERO : BigDecimal.ONE)));
            }
            boolean last = set == sets.size() - 1;
            if (!last) {
                cases.add(RexUtil.composeConjunction(rex, tests));
            }
            cases.add(rex.makeLiteral(BigDecimal.valueOf(set), number, false));
        }
        values.add(rex.makeCall(number, SqlStdOperatorTable.CASE, cases));
        List<String> labels =
                new ArrayList<>(groups.getRowType().getFieldNames().subList(0, measured));
        labels.add(fresh.apply("set"));
        return LogicalProject.create(groups, List.of(), values, labels, Set.of());
    }
}
