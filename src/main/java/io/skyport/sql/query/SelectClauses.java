package io.skyport.sql.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Collects the clauses of a SELECT in the order in which the grammar reads them. */
public final class SelectClauses {

    private final List<SqlLiteral> keywords = new ArrayList<>();
    private @Nullable SqlNodeList distinctOn;
    private @Nullable SqlNodeList list;
    private @Nullable SqlNode from;
    private @Nullable SqlNode where;
    private @Nullable SqlNodeList groupBy;
    private boolean groupByAll;
    private @Nullable SqlNode having;
    private @Nullable SqlNodeList windows;
    private @Nullable SqlNode qualify;
    private @Nullable Sample sample;

    public void distinct(SqlLiteral keyword) {
        keywords.add(keyword);
    }

    public void distinctOn(SqlNodeList expressions) {
        keywords.clear();
        distinctOn = expressions;
    }

    public void list(SqlNodeList items) {
        list = items;
    }

    public void from(SqlNode tables) {
        from = tables;
    }

    public void where(SqlNode condition) {
        where = condition;
    }

    public void groupBy(SqlNodeList items) {
        groupBy = items;
    }

    public void groupByAll() {
        groupByAll = true;
    }

    public void having(SqlNode condition) {
        having = condition;
    }

    public void windows(SqlNodeList declarations) {
        windows = declarations;
    }

    public void qualify(SqlNode condition) {
        qualify = condition;
    }

    public void sample(Sample rows) {
        sample = rows;
    }

    /** The SELECT at {@code pos}; without a list it has all columns. */
    public Select at(SqlParserPos pos) {
        SqlNodeList items = list == null ? new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos) : list;
        return new Select(
                pos,
                new SqlNodeList(keywords, pos),
                items,
                from,
                where,
                groupBy,
                having,
                windows,
                qualify,
                distinctOn,
                groupByAll,
                sample);
    }

    /** SELECT * FROM table */
    static Select all(SqlParserPos pos, SqlNode table) {
        SelectClauses clauses = new SelectClauses();
        clauses.from(table);
        return clauses.at(pos);
    }
}
