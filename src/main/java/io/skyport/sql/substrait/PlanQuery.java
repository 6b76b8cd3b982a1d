package io.skyport.sql.substrait;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * A query whose order is that of its outermost SELECT, where SQL promises it, and whose columns have the plan's names.
 *
 * @param base rows in any order
 * @param columns what the result shows of them
 * @param sort the result's order and limits, with keys among the rows' columns
 */
record PlanQuery(
        RelNode base, List<RexNode> columns, @Nullable LogicalSort sort) {

    /** The text of {@code relation} as a query with the columns {@code names}, depth first as plans have them. */
    static String text(RelNode relation, List<String> names) {
        return of(relation).flat().text(names);
    }

    private static PlanQuery of(RelNode relation) {
        if (relation instanceof LogicalSort sort) {
            return new PlanQuery(sort.getInput(), references(relation), sort);
        }
        if (relation instanceof LogicalProject project && movable(project)) {
            PlanQuery below = of(project.getInput());
            if (below.sort != null) {
                RexShuttle through = new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef reference) {
                        return below.columns.get(reference.getIndex());
                    }
                };
                return new PlanQuery(below.base, through.apply(project.getProjects()), below.sort);
            }
        }
        return new PlanQuery(relation, references(relation), null);
    }

    /** Whether it may as well be done before its input is sorted. */
    private static boolean movable(LogicalProject project) {
        return project.getVariablesSet().isEmpty()
                && !RexOver.containsOver(project.getProjects(), null)
                && !RexUtil.SubQueryFinder.containsSubQuery(project);
    }

    private static List<RexNode> references(RelNode relation) {
        return IntStream.range(0, relation.getRowType().getFieldCount())
                .<RexNode>mapToObj(field -> RexInputRef.of(field, relation.getRowType()))
                .toList();
    }

    /** The same with nothing but references to show. */
    private PlanQuery flat() {
        if (columns.stream().allMatch(RexInputRef.class::isInstance)) {
            return this;
        }
        List<RexNode> wide = new ArrayList<>(references(base));
        List<String> labels = new ArrayList<>(base.getRowType().getFieldNames());
        for (RexNode column : columns) {
            wide.add(column);
            labels.add("shown." + wide.size());
        }
        RelNode wider = LogicalProject.create(base, List.of(), wide, labels, Set.of());
        int first = wide.size() - columns.size();
        return new PlanQuery(wider, references(wider).subList(first, wide.size()), sort);
    }

    private String text(List<String> names) {
        List<String> labels = base.getRowType().getFieldNames();
        List<String> shown = shown(names);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = labels.get(((RexInputRef) columns.get(i)).getIndex());
            items.add(PlanStatements.quoted(column) + " AS " + PlanStatements.quoted(shown.get(i)));
        }
        return "SELECT " + String.join(", ", items) + " FROM (" + select(base) + ") AS \"plan\"" + order(labels);
    }

    static String select(RelNode relation) {
        return PlanDialect.text(PlanSql.query(relation));
    }

    private String order(List<String> labels) {
        if (sort == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        if (!sort.getCollation().getFieldCollations().isEmpty()) {
            text.append(sort.getCollation().getFieldCollations().stream()
                    .map(key -> key(key, labels))
                    .collect(Collectors.joining(", ", " ORDER BY ", "")));
        }
        if (sort.fetch instanceof RexLiteral count) {
            text.append(" LIMIT ").append(count.getValue2());
        }
        if (sort.offset instanceof RexLiteral offset) {
            text.append(" OFFSET ").append(offset.getValue2());
        }
        return text.toString();
    }

    private static String key(RelFieldCollation key, List<String> labels) {
        return PlanStatements.quoted(labels.get(key.getFieldIndex()))
                + (key.direction == RelFieldCollation.Direction.DESCENDING ? " DESC" : " ASC")
                + (key.nullDirection == RelFieldCollation.NullDirection.FIRST ? " NULLS FIRST" : " NULLS LAST");
    }

    /** The columns' names among those of the plan, which names fields of structs too. */
    private List<String> shown(List<String> names) {
        List<String> shown = new ArrayList<>();
        int next = 0;
        for (RexNode column : columns) {
            if (names.isEmpty()) {
                String label = base.getRowType().getFieldNames().get(((RexInputRef) column).getIndex());
                shown.add(label.replaceAll("\\.\\d+$", ""));
            } else if (next < names.size()) {
                shown.add(names.get(next));
            }
            next += width(column.getType());
        }
        if (!names.isEmpty() && next != names.size()) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "The plan names " + names.size() + " fields, and its relation has " + next);
        }
        return shown;
    }

    /** How many names a field of this type has with those within it. */
    private static int width(RelDataType type) {
        return 1 + within(type);
    }

    private static int within(@Nullable RelDataType type) {
        if (type == null) {
            return 0;
        } else if (type.isStruct()) {
            return type.getFieldList().stream()
                    .map(RelDataTypeField::getType)
                    .mapToInt(PlanQuery::width)
                    .sum();
        }
        return switch (type.getSqlTypeName()) {
            case ARRAY, MULTISET -> within(type.getComponentType());
            case MAP -> within(type.getKeyType()) + within(type.getValueType());
            default -> 0;
        };
    }
}
