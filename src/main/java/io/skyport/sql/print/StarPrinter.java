package io.skyport.sql.print;

import io.skyport.sql.query.QueryOperators;
import io.skyport.sql.query.Star;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;

/** Writes stars that mean some of the columns, and what stands for all of them. */
final class StarPrinter {

    private final Printer printer;

    StarPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    /** False if it is something else. */
    boolean print(SqlNode node) {
        if (node instanceof SqlStarExclude exclude) {
            star(exclude.getStarIdentifier(), exclude.getExcludeList(), SqlNodeList.EMPTY, SqlNodeList.EMPTY);
        } else if (node instanceof SqlStarReplace replace) {
            star(replace.getStarIdentifier(), SqlNodeList.EMPTY, replace.getReplaceList(), SqlNodeList.EMPTY);
        } else if (node instanceof Star star) {
            star(star.star(), star.excluded(), star.replaced(), star.renamed());
        } else {
            return node instanceof SqlCall call && operator(call);
        }
        return true;
    }

    private boolean operator(SqlCall call) {
        if (call.getOperator() == QueryOperators.UNPACK) {
            writer().sql("*");
            printer.expression(call.operand(0));
        } else if (call.getOperator() == QueryOperators.ALL_COLUMNS) {
            writer().sql("ALL");
        } else if (call.getOperator() == QueryOperators.PERCENT) {
            writer().sql("(");
            printer.expression(call.operand(0));
            writer().sql(")%");
        } else {
            return false;
        }
        return true;
    }

    private void star(SqlIdentifier star, SqlNodeList excluded, SqlNodeList replaced, SqlNodeList renamed) {
        printer.expression(star);
        if (!excluded.isEmpty()) {
            writer().list(" EXCLUDE (", excluded, printer::expression, ")");
        }
        if (!replaced.isEmpty()) {
            writer().list(" REPLACE (", replaced, printer.queries()::selectItem, ")");
        }
        if (!renamed.isEmpty()) {
            writer().list(" RENAME (", renamed, printer.queries()::selectItem, ")");
        }
    }
}
