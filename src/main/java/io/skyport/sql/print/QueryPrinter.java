package io.skyport.sql.print;

import io.skyport.catalog.ExternalMarker;
import io.skyport.error.ErrorCode;
import io.skyport.sql.query.QueryOperators;
import io.skyport.sql.query.Select;
import io.skyport.sql.query.WithItem;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Writes queries: SELECT, set operations, VALUES, TABLE, WITH, ORDER BY. */
final class QueryPrinter {

    private final Printer printer;

    QueryPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void print(SqlNode query) {
        writer().at(query.getParserPosition());
        if (query instanceof SqlSelect select) {
            select(select);
        } else if (query instanceof SqlOrderBy orderBy) {
            orderBy(orderBy);
        } else if (query instanceof SqlWith with) {
            with(with);
        } else if (query instanceof SqlCall call && call.getOperator() instanceof SqlSetOperator operator) {
            setOperation(call, operator);
        } else if (query.getKind() == SqlKind.VALUES) {
            values((SqlCall) query);
        } else if (query.getKind() == SqlKind.EXPLICIT_TABLE) {
            printer.from().whole((SqlIdentifier) ((SqlCall) query).operand(0));
        } else {
            throw Printer.unsupported(query.getKind().sql, query);
        }
    }

    /** A query as a part of another: in parentheses where it could not stand bare. */
    void parenthesized(SqlNode query) {
        writer().sql("(");
        print(query);
        writer().sql(")");
    }

    private void operand(SqlNode query) {
        if (query instanceof SqlSelect || query.getKind() == SqlKind.VALUES) {
            print(query);
        } else {
            parenthesized(query);
        }
    }

    private void setOperation(SqlCall call, SqlSetOperator operator) {
        SqlNode left = call.operand(0);
        if (left instanceof SqlBasicCall nested && nested.getOperator() == operator) {
            setOperation(nested, operator);
        } else {
            operand(left);
        }
        String word = operator.getKind() == SqlKind.EXCEPT
                ? "EXCEPT"
                : operator.getKind().name();
        writer().at(call.getParserPosition())
                .sql(" " + word + (operator.isAll() ? " ALL" : "")
                        + (QueryOperators.isByName(operator) ? " BY NAME " : " "));
        operand(call.operand(1));
    }

    private void with(SqlWith with) {
        Scope outer = printer.scope();
        withList(with.withList);
        if (with.body instanceof SqlWith) {
            // The engine does not read two WITH side by side.
            writer().sql("FROM ");
            parenthesized(with.body);
        } else if (with.body instanceof SqlOrderBy) {
            parenthesized(with.body);
        } else {
            print(with.body);
        }
        printer.scope(outer);
    }

    /** Its names are known from here on. */
    void withList(SqlNodeList list) {
        boolean recursive = list.stream().map(SqlWithItem.class::cast).anyMatch(item -> item.recursive.booleanValue());
        writer().sql(recursive ? "WITH RECURSIVE " : "WITH ");
        writer().list("", list, item -> withItem((SqlWithItem) item, recursive), " ");
    }

    private void withItem(SqlWithItem item, boolean recursive) {
        if (ExternalMarker.isReserved(item.name.getSimple())) {
            throw Printer.error(
                    ErrorCode.INVALID_OBJECT_DEFINITION,
                    "names that begin with \"" + ExternalMarker.RESERVED + "\" are the server's own",
                    item.name);
        }
        Scope inner = printer.scope().with(item.name.getSimple());
        if (recursive) {
            printer.scope(inner);
        }
        printer.name(item.name);
        if (item.columnList != null) {
            printer.names(item.columnList);
        }
        WithItem hinted = item instanceof WithItem own ? own : null;
        if (hinted != null && hinted.key() != null) {
            writer().sql(" USING KEY ");
            printer.names(hinted.key());
        }
        writer().sql(hinted == null ? " AS " : " AS " + hinted.materialized());
        parenthesized(item.query);
        printer.scope(inner.with(item));
    }

    private void orderBy(SqlOrderBy orderBy) {
        if (orderBy.query instanceof SqlOrderBy) {
            parenthesized(orderBy.query);
        } else {
            print(orderBy.query);
        }
        if (!orderBy.orderList.isEmpty()) {
            orderList(" ORDER BY ", orderBy.orderList);
        }
        limit(" LIMIT ", orderBy.fetch);
        limit(" OFFSET ", orderBy.offset);
    }

    private void limit(String word, @Nullable SqlNode count) {
        if (count != null) {
            writer().sql(word);
            printer.expression(count);
        }
    }

    void orderList(String words, SqlNodeList items) {
        writer().list(words, items, this::orderItem, "");
    }

    private void orderItem(SqlNode item) {
        switch (item.getKind()) {
            case NULLS_FIRST -> {
                orderItem(((SqlCall) item).operand(0));
                writer().sql(" NULLS FIRST");
            }
            case NULLS_LAST -> {
                orderItem(((SqlCall) item).operand(0));
                writer().sql(" NULLS LAST");
            }
            case DESCENDING -> {
                orderItem(((SqlCall) item).operand(0));
                writer().sql(" DESC");
            }
            default -> printer.expression(item);
        }
    }

    private void values(SqlCall values) {
        writer().list("VALUES ", values.getOperandList(), this::row, "");
    }

    private void row(SqlNode row) {
        List<SqlNode> items = row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row);
        writer().at(row.getParserPosition()).list("(", items, printer::expression, ")");
    }

    private void select(SqlSelect select) {
        boolean nameless = printer.takeNameless();
        Select more = select instanceof Select own ? own : null;
        writer().sql("SELECT ");
        keywords(select);
        if (more != null && more.distinctOn() != null) {
            writer().list("DISTINCT ON (", more.distinctOn(), printer::expression, ") ");
        }
        writer().list("", select.getSelectList(), item -> selectItem(item, nameless), "");
        if (select.getFrom() != null) {
            writer().sql(" FROM ");
            printer.from().print(select.getFrom());
        }
        condition(" WHERE ", select.getWhere());
        if (more != null && more.groupByAll()) {
            writer().sql(" GROUP BY ALL");
        }
        groupBy(select.getGroup());
        condition(" HAVING ", select.getHaving());
        if (!select.getWindowList().isEmpty()) {
            writer().list(
                            " WINDOW ",
                            select.getWindowList(),
                            printer.expressions().windows()::declaration,
                            "");
        }
        condition(" QUALIFY ", select.getQualify());
        if (more != null && more.sample() != null) {
            writer().sql(" USING SAMPLE ");
            printer.from().samples().print(more.sample());
        }
    }

    private void keywords(SqlSelect select) {
        if (select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
            throw Printer.unsupported("SELECT STREAM", select);
        }
        writer().sql(select.isDistinct() ? "DISTINCT " : "");
    }

    private void condition(String word, @Nullable SqlNode condition) {
        if (condition != null) {
            writer().sql(word);
            printer.expression(condition);
        }
    }

    void selectItem(SqlNode item) {
        selectItem(item, false);
    }

    private void selectItem(SqlNode item, boolean nameless) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) item;
            printer.expression(as.operand(0));
            writer().sql(" AS ");
            printer.name((SqlIdentifier) as.operand(1));
            return;
        }
        boolean outside = printer.takeUnlabelled();
        int start = writer().length();
        int holes = writer().holes();
        printer.expression(item);
        boolean here = printer.takeUnlabelled();
        if (here) {
            writer().sql(" AS ").name(label(item));
        } else if (!nameless && !Stars.in(item)) {
            writer().label(start, holes, label(item));
        }
        if (outside || here) {
            printer.foundUnlabelled();
        }
    }

    /** The engine labels by its own text, in which names are qualified: the client's text serves better. */
    String label(SqlNode item) {
        return printer.sourceWithParentheses(item.getParserPosition()).strip().replaceAll("\\s+", " ");
    }

    private void groupBy(@Nullable SqlNodeList items) {
        if (items == null) {
            return;
        }
        writer().sql(" GROUP BY ");
        if (items.isEmpty()) {
            writer().sql("()");
        } else {
            writer().list("", items, this::grouping, "");
        }
    }

    void grouping(SqlNode item) {
        switch (item.getKind()) {
            case ROLLUP -> groupingSets("ROLLUP (", (SqlCall) item);
            case CUBE -> groupingSets("CUBE (", (SqlCall) item);
            case GROUPING_SETS -> groupingSets("GROUPING SETS (", (SqlCall) item);
            case ROW -> writer().list("(", ((SqlCall) item).getOperandList(), printer::expression, ")");
            default -> {
                if (item instanceof SqlNodeList list) {
                    writer().list("(", list, printer::expression, ")");
                } else {
                    printer.expression(item);
                }
            }
        }
    }

    private void groupingSets(String open, SqlCall call) {
        writer().list(open, call.getOperandList(), this::grouping, ")");
    }
}
