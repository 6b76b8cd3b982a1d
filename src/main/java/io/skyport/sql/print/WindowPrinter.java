package io.skyport.sql.print;

import io.skyport.sql.query.Window;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;

/** Writes windows: OVER and WINDOW. */
final class WindowPrinter {

    private final Printer printer;

    WindowPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    /** name AS (...) */
    void declaration(SqlNode node) {
        SqlWindow window = (SqlWindow) node;
        printer.name(Objects.requireNonNull(window.getDeclName()));
        writer().sql(" AS ");
        specification(window);
    }

    /** What follows OVER. */
    void over(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            printer.name(name);
        } else {
            specification((SqlWindow) node);
        }
    }

    private void specification(SqlWindow window) {
        writer().sql("(");
        if (window.getRefName() != null) {
            printer.name(window.getRefName());
        }
        if (!window.getPartitionList().isEmpty()) {
            writer().list(" PARTITION BY ", window.getPartitionList(), printer::expression, "");
        }
        if (!window.getOrderList().isEmpty()) {
            printer.queries().orderList(" ORDER BY ", window.getOrderList());
        }
        frame(window);
        writer().sql(")");
    }

    private void frame(SqlWindow window) {
        SqlNode lower = window.getLowerBound();
        if (lower == null) {
            return;
        }
        writer().sql(" " + ((Window) window).unit() + " ");
        SqlNode upper = window.getUpperBound();
        if (upper == null) {
            bound(lower);
        } else {
            writer().sql("BETWEEN ");
            bound(lower);
            writer().sql(" AND ");
            bound(upper);
        }
        if (!SqlWindow.isExcludeNoOthers(window.getExclude())) {
            writer().sql(" " + window.getExclude().toValue());
        }
    }

    private void bound(SqlNode bound) {
        if (SqlWindow.isCurrentRow(bound)) {
            writer().sql("CURRENT ROW");
        } else if (SqlWindow.isUnboundedPreceding(bound)) {
            writer().sql("UNBOUNDED PRECEDING");
        } else if (SqlWindow.isUnboundedFollowing(bound)) {
            writer().sql("UNBOUNDED FOLLOWING");
        } else {
            printer.expression(((SqlCall) bound).operand(0));
            writer().sql(bound.getKind() == SqlKind.PRECEDING ? " PRECEDING" : " FOLLOWING");
        }
    }
}
