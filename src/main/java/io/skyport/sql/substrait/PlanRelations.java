package io.skyport.sql.substrait;

import com.google.common.collect.ImmutableSet;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.expression.Expression;
import io.substrait.expression.MaskExpression;
import io.substrait.isthmus.ConverterProvider;
import io.substrait.isthmus.SubstraitRelNodeConverter;
import io.substrait.relation.Aggregate;
import io.substrait.relation.Cross;
import io.substrait.relation.Fetch;
import io.substrait.relation.Filter;
import io.substrait.relation.Join;
import io.substrait.relation.LocalFiles;
import io.substrait.relation.NamedScan;
import io.substrait.relation.Project;
import io.substrait.relation.Rel;
import io.substrait.relation.Sort;
import io.substrait.relation.VirtualTableScan;
import io.substrait.type.NamedStruct;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;

/**
 * Relations of a plan as Calcite's. Isthmus' reading leaves out what reads filter and project, and Calcite's way back to SQL
 * takes columns of the same name for each other: here every column has a name of its own. Of one plan.
 */
final class PlanRelations extends SubstraitRelNodeConverter {

    private final PlanExpressions expressions;
    private final RelOptCluster cluster;
    private int names;

    PlanRelations(RelBuilder builder, ConverterProvider provider) {
        super(builder, provider);
        this.expressions = (PlanExpressions) expressionRexConverter;
        this.cluster = builder.getCluster();
    }

    private String fresh(String name) {
        return name + "." + ++names;
    }

    /** A table as it is, for statements that change it. */
    RelNode table(List<String> name, NamedStruct schema) {
        RelDataType row = typeConverter().toCalcite(typeFactory, schema.struct(), schema.names());
        return LogicalTableScan.create(
                cluster,
                RelOptTableImpl.create(null, row, name, (org.apache.calcite.linq4j.tree.Expression) null),
                List.of());
    }

    private io.substrait.isthmus.TypeConverter typeConverter() {
        return io.substrait.isthmus.TypeConverter.DEFAULT;
    }

    /**
     * The rows of a table that a statement changes, and the values it gives them: one SELECT of the table itself.
     *
     * @param conditions that all must hold
     */
    RelNode changed(RelNode table, List<Expression> conditions, List<Expression> values) {
        Context context = Context.newContext();
        context.pushOuterRowType(table.getRowType());
        List<RexNode> tests = read(table, conditions, context);
        List<RexNode> given = read(table, values, context);
        Set<CorrelationId> correlated = context.popCorrelationIds();
        context.popOuterRowType();
        RelNode rows = tests.isEmpty()
                ? table
                : LogicalFilter.create(
                        table, flat(RexUtil.composeConjunction(rexBuilder, tests)), ImmutableSet.copyOf(correlated));
        return given.isEmpty() ? rows : project(rows, given, Set.of());
    }

    private List<RexNode> read(RelNode row, List<Expression> values, Context context) {
        return expressions.over(
                row.getRowType(),
                () -> values.stream()
                        .map(each -> each.accept(expressions, context))
                        .toList());
    }

    @Override
    public RelNode visit(NamedScan scan, Context context) {
        requireNames(scan.getInitialSchema());
        RelNode table = table(scan.getNames(), scan.getInitialSchema());
        List<String> columns =
                table.getRowType().getFieldNames().stream().map(this::fresh).toList();
        RelNode read = project(table, references(table), columns, Set.of());
        return read(read, scan.getFilter(), scan.getProjection(), scan.getRemap(), context);
    }

    private static void requireNames(NamedStruct schema) {
        if (schema.names().size() < schema.struct().fields().size()) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "A schema of the plan has " + schema.struct().fields().size() + " columns and "
                            + schema.names().size() + " names");
        }
    }

    private RelNode read(
            RelNode read,
            Optional<Expression> filter,
            Optional<MaskExpression> mask,
            Optional<Rel.Remap> remap,
            Context context) {
        RelNode rows = read;
        if (filter.isPresent()) {
            rows = filtered(rows, filter.get(), context);
        }
        if (mask.isPresent()) {
            rows = emitted(
                    rows,
                    mask.get().getSelect().getStructItems().stream()
                            .map(item -> {
                                if (item.getChild().isPresent()) {
                                    throw unsupported("ReadRel with a projection of parts of structs");
                                }
                                return item.getField();
                            })
                            .toList());
        }
        return emitted(rows, remap);
    }

    @Override
    public RelNode visit(VirtualTableScan scan, Context context) {
        requireNames(scan.getInitialSchema());
        RelNode values =
                scan.getRows().isEmpty() ? noRows(scan) : expressions.ofLiterals(() -> super.visit(scan, context));
        List<String> columns =
                values.getRowType().getFieldNames().stream().map(this::fresh).toList();
        RelDataType row = typeConverter()
                .toCalcite(
                        typeFactory,
                        scan.getInitialSchema().struct(),
                        scan.getInitialSchema().names());
        List<RexNode> typed = new ArrayList<>();
        for (RexNode reference : references(values)) {
            int i = typed.size();
            typed.add(rexBuilder.makeAbstractCast(row.getFieldList().get(i).getType(), reference, false));
        }
        RelNode read = project(values, typed, columns, Set.of());
        return read(read, scan.getFilter(), scan.getProjection(), scan.getRemap(), context);
    }

    private RelNode noRows(VirtualTableScan scan) {
        RelDataType row = typeConverter()
                .toCalcite(
                        typeFactory,
                        scan.getInitialSchema().struct(),
                        scan.getInitialSchema().names());
        return org.apache.calcite.rel.logical.LogicalValues.createEmpty(cluster, row);
    }

    @Override
    public RelNode visit(LocalFiles files, Context context) {
        throw unsupported("LocalFiles");
    }

    @Override
    public RelNode visit(Filter filter, Context context) {
        RelNode input = filter.getInput().accept(this, context);
        return emitted(filtered(input, filter.getCondition(), context), filter.getRemap());
    }

    private RelNode filtered(RelNode input, Expression condition, Context context) {
        context.pushOuterRowType(input.getRowType());
        RexNode test = expressions.over(input.getRowType(), () -> condition.accept(expressions, context));
        Set<CorrelationId> correlated = context.popCorrelationIds();
        context.popOuterRowType();
        return LogicalFilter.create(input, flat(test), ImmutableSet.copyOf(correlated));
    }

    /** The same without conjunctions of conjunctions, which Calcite does not take. */
    private RexNode flat(RexNode condition) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexNode visited = super.visitCall(call);
                if (visited.isA(SqlKind.AND)) {
                    return RexUtil.composeConjunction(rexBuilder, RexUtil.flattenAnd(((RexCall) visited).operands));
                } else if (visited.isA(SqlKind.OR)) {
                    return RexUtil.composeDisjunction(rexBuilder, RexUtil.flattenOr(((RexCall) visited).operands));
                }
                return visited;
            }
        });
    }

    @Override
    public RelNode visit(Project project, Context context) {
        RelNode input = project.getInput().accept(this, context);
        context.pushOuterRowType(input.getRowType());
        List<RexNode> all = new ArrayList<>(references(input));
        expressions.over(input.getRowType(), () -> {
            project.getExpressions().forEach(each -> all.add(each.accept(expressions, context)));
            return all;
        });
        Set<CorrelationId> correlated = context.popCorrelationIds();
        context.popOuterRowType();
        List<RexNode> kept = project.getRemap()
                .map(remap ->
                        remap.indices().stream().map(index -> at(all, index)).toList())
                .orElse(all);
        return project(input, kept, correlated);
    }

    private static RexNode at(List<RexNode> fields, int index) {
        if (index < 0 || index >= fields.size()) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "The plan emits field " + index + " of " + fields.size() + " (counted from 0)");
        }
        return fields.get(index);
    }

    /** A column that is only passed on keeps its name. */
    private RelNode project(RelNode input, List<? extends RexNode> columns, Set<CorrelationId> correlated) {
        Set<String> taken = new HashSet<>();
        List<String> labels = new ArrayList<>();
        for (RexNode column : columns) {
            String label = column instanceof RexInputRef reference
                    ? input.getRowType().getFieldNames().get(reference.getIndex())
                    : "c";
            boolean passed = column instanceof RexInputRef && taken.add(label);
            labels.add(passed ? label : fresh(label));
        }
        return project(input, columns, labels, correlated);
    }

    private static RelNode project(
            RelNode input, List<? extends RexNode> columns, List<String> labels, Set<CorrelationId> correlated) {
        return LogicalProject.create(input, List.of(), columns, labels, correlated);
    }

    private static List<RexInputRef> references(RelNode input) {
        return IntStream.range(0, input.getRowType().getFieldCount())
                .mapToObj(field -> RexInputRef.of(field, input.getRowType()))
                .toList();
    }

    private RelNode emitted(RelNode node, Optional<Rel.Remap> remap) {
        return remap.map(emit -> emitted(node, emit.indices())).orElse(node);
    }

    private RelNode emitted(RelNode node, List<Integer> fields) {
        List<RexNode> all = new ArrayList<>(references(node));
        return project(node, fields.stream().map(field -> at(all, field)).toList(), Set.of());
    }

    @Override
    public RelNode visit(Cross cross, Context context) {
        RelNode left = cross.getLeft().accept(this, context);
        RelNode right = cross.getRight().accept(this, context);
        RelNode product = join(left, right, rexBuilder.makeLiteral(true), JoinRelType.INNER);
        return emitted(product, cross.getRemap());
    }

    private RelNode join(RelNode left, RelNode right, RexNode condition, JoinRelType type) {
        return LogicalJoin.create(left, right, List.of(), flat(condition), Set.of(), type);
    }

    @Override
    public RelNode visit(Join join, Context context) {
        RelNode left = join.getLeft().accept(this, context);
        RelNode right = join.getRight().accept(this, context);
        RelDataType both = row(left, right);
        context.pushOuterRowType(both);
        RexNode condition = expressions.over(
                both,
                () -> join.getCondition()
                        .map(each -> each.accept(expressions, context))
                        .orElse(rexBuilder.makeLiteral(true)));
        Set<CorrelationId> correlated = context.popCorrelationIds();
        context.popOuterRowType();
        boolean inner = join.getJoinType() == Join.JoinType.INNER;
        if (!correlated.isEmpty() && !inner) {
            throw unsupported("JoinRel of type " + join.getJoinType().name() + " with a correlated subquery");
        }
        RelNode joined = correlated.isEmpty()
                ? joined(join, left, right, condition)
                : LogicalFilter.create(
                        join(left, right, rexBuilder.makeLiteral(true), JoinRelType.INNER),
                        flat(condition),
                        ImmutableSet.copyOf(correlated));
        if (join.getPostJoinFilter().isPresent()) {
            joined = filtered(joined, join.getPostJoinFilter().get(), context);
        }
        return emitted(joined, join.getRemap());
    }

    private RelNode joined(Join join, RelNode left, RelNode right, RexNode condition) {
        return switch (join.getJoinType()) {
            case INNER -> join(left, right, condition, JoinRelType.INNER);
            case OUTER -> join(left, right, condition, JoinRelType.FULL);
            case LEFT -> join(left, right, condition, JoinRelType.LEFT);
            case RIGHT -> join(left, right, condition, JoinRelType.RIGHT);
            case LEFT_SEMI, SEMI -> join(left, right, condition, JoinRelType.SEMI);
            case LEFT_ANTI, ANTI -> join(left, right, condition, JoinRelType.ANTI);
            case RIGHT_SEMI -> join(right, left, swapped(condition, left, right), JoinRelType.SEMI);
            case RIGHT_ANTI -> join(right, left, swapped(condition, left, right), JoinRelType.ANTI);
            default -> throw unsupported("JoinRel of type " + join.getJoinType().name());
        };
    }

    /** The row of both sides, before one may be missing. */
    private RelDataType row(RelNode left, RelNode right) {
        List<RelDataType> types = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (RelNode side : List.of(left, right)) {
            side.getRowType().getFieldList().forEach(field -> {
                types.add(field.getType());
                labels.add(field.getName());
            });
        }
        return typeFactory.createStructType(types, labels);
    }

    private static RexNode swapped(RexNode condition, RelNode left, RelNode right) {
        int lefts = left.getRowType().getFieldCount();
        int rights = right.getRowType().getFieldCount();
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                return new RexInputRef(index < lefts ? index + rights : index - lefts, reference.getType());
            }
        });
    }

    @Override
    public RelNode visit(io.substrait.relation.Set set, Context context) {
        set.getInputs().forEach(input -> relBuilder.push(input.accept(this, context)));
        int count = set.getInputs().size();
        RelBuilder builder = switch (set.getSetOp()) {
            case MINUS_PRIMARY -> relBuilder.minus(false, count);
            case MINUS_PRIMARY_ALL -> relBuilder.minus(true, count);
            case INTERSECTION_MULTISET -> relBuilder.intersect(false, count);
            case INTERSECTION_MULTISET_ALL -> relBuilder.intersect(true, count);
            case UNION_DISTINCT -> relBuilder.union(false, count);
            case UNION_ALL -> relBuilder.union(true, count);
            default -> throw unsupported("SetRel of " + set.getSetOp().name());
        };
        return emitted(builder.build(), set.getRemap());
    }

    @Override
    public RelNode visit(Aggregate aggregate, Context context) {
        RelNode input = aggregate.getInput().accept(this, context);
        context.pushOuterRowType(input.getRowType());
        RelNode groups = expressions.over(
                input.getRowType(),
                () -> new PlanAggregate(
                                aggregate, input, expressions, aggregateFunctionConverter, typeFactory, this::fresh)
                        .read(context));
        context.popCorrelationIds();
        context.popOuterRowType();
        return emitted(groups, aggregate.getRemap());
    }

    @Override
    public RelNode visit(Sort sort, Context context) {
        RelNode input = sort.getInput().accept(this, context);
        context.pushOuterRowType(input.getRowType());
        SortKeys keys = expressions.over(
                input.getRowType(), () -> SortKeys.of(sort.getSortFields(), each -> each.accept(expressions, context)));
        Set<CorrelationId> correlated = context.popCorrelationIds();
        context.popOuterRowType();
        int width = input.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>(references(input));
        RelNode wide = input;
        if (keys.add(columns)) {
            wide = project(input, columns, correlated);
        }
        RelNode sorted = LogicalSort.create(wide, keys.collation(columns), null, null);
        List<Integer> asked = sort.getRemap()
                .map(Rel.Remap::indices)
                .orElse(IntStream.range(0, width).boxed().toList());
        return columns.size() > width || sort.getRemap().isPresent() ? emitted(sorted, asked) : sorted;
    }

    @Override
    public RelNode visit(Fetch fetch, Context context) {
        RelNode input = fetch.getInput().accept(this, context);
        RexNode offset = fetch.getOffset() == 0 ? null : number(fetch.getOffset());
        RexNode count = fetch.getCount().isPresent() ? number(fetch.getCount().getAsLong()) : null;
        boolean sorts = input instanceof LogicalSort sort && sort.offset == null && sort.fetch == null;
        RelNode fetched = sorts
                ? LogicalSort.create(
                        ((LogicalSort) input).getInput(), ((LogicalSort) input).getCollation(), offset, count)
                : LogicalSort.create(input, org.apache.calcite.rel.RelCollations.EMPTY, offset, count);
        return emitted(fetched, fetch.getRemap());
    }

    private RexNode number(long number) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(number));
    }

    @Override
    public RelNode visitFallback(Rel relation, Context context) {
        throw unsupported(relation.getClass().getSimpleName().replace("Immutable", ""));
    }

    static SkyportException unsupported(String relation) {
        return new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "The Substrait relation " + relation + " is not supported");
    }
}
