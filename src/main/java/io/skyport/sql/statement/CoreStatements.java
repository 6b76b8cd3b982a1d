package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.Objects;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements whose nodes are Calcite's: queries, UPDATE and DELETE. */
final class CoreStatements {

    private CoreStatements() {}

    static Draft compile(SqlNode node, Compilation compilation) {
        Printer printer = compilation.printer();
        if (node.isA(SqlKind.QUERY)) {
            return Draft.query(printer.query(node), node);
        }
        if (node instanceof SqlUpdate update) {
            return Draft.dml(update(update, printer), node);
        }
        if (node instanceof SqlDelete delete) {
            return Draft.dml(delete(delete, printer), node);
        }
        throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, node.getKind().sql + " is not supported", node);
    }

    private static Printer update(SqlUpdate update, Printer printer) {
        printer.sql("UPDATE ");
        target(update.getTargetTable(), update.getAlias(), printer);
        String separator = " SET ";
        for (int i = 0; i < update.getTargetColumnList().size(); i++) {
            printer.sql(separator)
                    .name((SqlIdentifier)
                            Objects.requireNonNull(update.getTargetColumnList().get(i)))
                    .sql(" = ")
                    .expression(Objects.requireNonNull(
                            update.getSourceExpressionList().get(i)));
            separator = ", ";
        }
        return where(update.getCondition(), printer);
    }

    private static Printer delete(SqlDelete delete, Printer printer) {
        printer.sql("DELETE FROM ");
        target(delete.getTargetTable(), delete.getAlias(), printer);
        return where(delete.getCondition(), printer);
    }

    private static void target(SqlNode table, @Nullable SqlIdentifier alias, Printer printer) {
        SqlIdentifier name = (SqlIdentifier) table;
        printer.name(printer.written(name), name);
        if (alias != null) {
            printer.sql(" AS ").name(alias);
        }
    }

    private static Printer where(@Nullable SqlNode condition, Printer printer) {
        return condition == null ? printer : printer.sql(" WHERE ").expression(condition);
    }
}
