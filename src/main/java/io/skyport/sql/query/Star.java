package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code * EXCLUDE (...) REPLACE (...) RENAME (...)} */
public final class Star extends QueryPart {

    private final SqlIdentifier star;
    private final SqlNodeList excluded;
    private final SqlNodeList replaced;
    private final SqlNodeList renamed;

    private Star(
            SqlParserPos pos, SqlIdentifier star, SqlNodeList excluded, SqlNodeList replaced, SqlNodeList renamed) {
        super(pos);
        this.star = star;
        this.excluded = excluded;
        this.replaced = replaced;
        this.renamed = renamed;
    }

    /** Calcite's own node where it has one for these clauses. */
    public static SqlNode of(
            SqlParserPos pos,
            SqlIdentifier star,
            List<SqlNode> excluded,
            List<SqlNode> replaced,
            List<SqlNode> renamed) {
        if (replaced.isEmpty() && renamed.isEmpty()) {
            return new SqlStarExclude(pos, star, new SqlNodeList(excluded, pos));
        }
        if (excluded.isEmpty() && renamed.isEmpty()) {
            return new SqlStarReplace(pos, star, new SqlNodeList(replaced, pos));
        }
        return new Star(
                pos,
                star,
                new SqlNodeList(excluded, pos),
                new SqlNodeList(replaced, pos),
                new SqlNodeList(renamed, pos));
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(star, excluded, replaced, renamed);
    }

    public SqlIdentifier star() {
        return star;
    }

    public SqlNodeList excluded() {
        return excluded;
    }

    public SqlNodeList replaced() {
        return replaced;
    }

    /** {@code name AS name} */
    public SqlNodeList renamed() {
        return renamed;
    }
}
