package io.skyport.sql.print;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Expressions that stand for several columns: {@code *}, {@code COLUMNS(...)}. */
final class Stars {

    private static final String COLUMNS = "COLUMNS";

    private Stars() {}

    /** Whether an expression holds one, outside the queries in it. */
    static boolean in(SqlNode expression) {
        try {
            expression.accept(new Search());
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }

    /** {@code count(*)}: its star stands for no columns. */
    private static boolean countsRows(SqlCall call) {
        return call.getOperator().getName().equalsIgnoreCase("COUNT")
                && call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier star
                && star.isStar()
                && star.names.size() == 1;
    }

    private static final class Search extends SqlBasicVisitor<@Nullable Void> {
        @Override
        public @Nullable Void visit(SqlIdentifier name) {
            if (name.isStar()) {
                throw Util.FoundOne.NULL;
            }
            return null;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.getOperator().getName().equalsIgnoreCase(COLUMNS)) {
                throw Util.FoundOne.NULL;
            }
            return Printer.isQuery(call) || countsRows(call) ? null : super.visit(call);
        }
    }
}
