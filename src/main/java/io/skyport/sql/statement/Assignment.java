package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.Printer;
import io.skyport.sql.query.Star;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWith;
import org.jspecify.annotations.Nullable;

/**
 * What SET gives a column, or several columns a row.
 *
 * @param values as many as the columns, or one query that gives the row
 */
public record Assignment(SqlNodeList columns, SqlNodeList values) {

    /** The name that a query for several columns has in each of its copies. */
    private static final String ROW = "skyport_row";

    /** Writes {@code SET a = x, b = y}. */
    static void print(List<Assignment> assignments, Target target, WrittenTable table, Compilation compilation) {
        Set<String> assigned = new HashSet<>();
        compilation.printer().sql(" SET ");
        String separator = "";
        for (Assignment assignment : assignments) {
            assignment.check(target, table, assigned);
            compilation.printer().sql(separator);
            assignment.print(new StoredLiterals(table, compilation.names()), compilation);
            separator = ", ";
        }
    }

    /** The columns that are set, whatever their case. */
    static Set<String> columns(List<Assignment> assignments) {
        Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        columns.addAll(columnsInOrder(assignments));
        return columns;
    }

    /** The columns set but for those of {@code same} that are set to a column of their own name. */
    List<String> changes(Set<String> same) {
        List<String> all = columnsInOrder(List.of(this));
        return IntStream.range(0, all.size())
                .filter(i -> !same.contains(all.get(i)) || query() != null || !isColumn(values.get(i), all.get(i)))
                .mapToObj(all::get)
                .toList();
    }

    private static boolean isColumn(SqlNode value, String name) {
        return value instanceof SqlIdentifier column && Target.last(column).equalsIgnoreCase(name);
    }

    static List<String> columnsInOrder(List<Assignment> assignments) {
        return assignments.stream()
                .flatMap(assignment -> assignment.columns.stream())
                .map(column -> Target.last((SqlIdentifier) column))
                .toList();
    }

    /** Writes {@code , x AS "value0", y AS "value1"}: what the columns are set to, in their order. */
    static void printValues(
            List<Assignment> assignments, String name, WrittenTable table, Printer printer, Compilation compilation) {
        int number = 0;
        for (Assignment assignment : assignments) {
            for (int i = 0; i < assignment.columns.size(); i++) {
                printer.sql(", ");
                assignment.value(i, table, printer, compilation);
                printer.sql(" AS ").quoted(name + number++);
            }
        }
    }

    private void value(int index, WrittenTable table, Printer printer, Compilation compilation) {
        SqlNode query = query();
        SqlNode value = query == null ? Objects.requireNonNull(values.get(index)) : query;
        if (query != null) {
            part(query, index, printer, compilation);
        } else if (value.getKind() == SqlKind.DEFAULT) {
            printer.sql(table.defaultOf((SqlIdentifier) Objects.requireNonNull(columns.get(index))));
        } else {
            printer.expression(value);
        }
    }

    private void check(Target target, WrittenTable table, Set<String> assigned) {
        for (SqlNode node : columns) {
            SqlIdentifier column = (SqlIdentifier) node;
            if (!target.isCalled(column.names.subList(0, column.names.size() - 1))) {
                throw Compilation.error(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "SET of a part of a column is not supported", column);
            }
            table.requireColumn(column);
            if (!assigned.add(Target.last(column).toLowerCase(Locale.ROOT))) {
                throw Compilation.error(
                        ErrorCode.DUPLICATE_COLUMN, "column \"" + Target.last(column) + "\" is set twice", column);
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            SqlIdentifier column = (SqlIdentifier) Objects.requireNonNull(columns.get(i));
            SqlNode value = query() == null && i < values.size() ? values.get(i) : null;
            table.requireTakes(Target.last(column), value, column);
        }
        int given = query() == null ? values.size() : width(Objects.requireNonNull(query()));
        if (given != columns.size()) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, columns.size() + " columns are set and " + given + " values given", values);
        }
    }

    /** The query that gives the whole row, or null. */
    @Nullable
    SqlNode query() {
        SqlNode only = values.size() == 1 ? Objects.requireNonNull(values.get(0)) : null;
        return columns.size() > 1 && only != null && only.isA(SqlKind.QUERY) ? only : null;
    }

    /** How many columns a query has, as far as its own words say it. */
    private static int width(SqlNode query) {
        SqlNode leaf = query;
        while (!(leaf instanceof SqlSelect)) {
            if (leaf.getKind() == SqlKind.VALUES) {
                return Insert.values(((SqlCall) leaf).operand(0)).size();
            }
            leaf = inner(leaf);
        }
        SqlNodeList items = ((SqlSelect) leaf).getSelectList();
        if (!items.stream().allMatch(Assignment::isOneColumn)) {
            throw unknownWidth(leaf);
        }
        return items.size();
    }

    private static SqlNode inner(SqlNode query) {
        if (query instanceof SqlOrderBy ordered) {
            return ordered.query;
        } else if (query instanceof SqlWith with) {
            return with.body;
        } else if (query instanceof SqlCall call && call.getOperator() instanceof SqlSetOperator) {
            return call.operand(0);
        }
        throw unknownWidth(query);
    }

    private static SkyportException unknownWidth(SqlNode query) {
        return Compilation.error(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a query that gives several columns their values must name its own columns",
                query);
    }

    /** Stars and the engine's COLUMNS may be any number. */
    private static boolean isOneColumn(SqlNode item) {
        boolean star = item instanceof SqlIdentifier name && name.isStar();
        return !star
                && !(item instanceof Star)
                && !(item instanceof SqlStarExclude)
                && !(item instanceof SqlStarReplace)
                && !String.valueOf(item).contains("COLUMNS(");
    }

    private void print(StoredLiterals literals, Compilation compilation) {
        Printer printer = compilation.printer();
        SqlNode query = query();
        for (int i = 0; i < columns.size(); i++) {
            SqlIdentifier column = (SqlIdentifier) Objects.requireNonNull(columns.get(i));
            printer.sql(i == 0 ? "" : ", ").lastName(column).sql(" = ");
            if (query == null) {
                printer.expression(literals.stored(Objects.requireNonNull(values.get(i)), Target.last(column)));
            } else {
                part(query, i, printer, compilation);
            }
        }
    }

    /**
     * One value of a row. The engine has no row queries: each column gets the query anew, which must give the same row each
     * time.
     */
    private void part(SqlNode query, int index, Printer printer, Compilation compilation) {
        Printer probe = compilation.newPrinter();
        probe.query(query);
        if (probe.isVolatile()) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a query that may differ between two runs cannot give several columns their values",
                    query);
        }
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        printer.sql("(SELECT c" + index + " FROM (").query(query).sql(") AS " + ROW + "(" + names + "))");
    }
}
