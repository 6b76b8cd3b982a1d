package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The table whose rows a statement changes, as the statement names it. */
public record Target(SqlIdentifier table, @Nullable SqlIdentifier alias) {

    /**
     * The table itself.
     *
     * @throws io.skyport.error.SkyportException 42P01 if there is none, 42809 if its rows cannot be written
     */
    WrittenTable find(Compilation compilation, String verb) {
        ObjectName name = compilation.printer().written(table);
        Table definition = compilation
                .names()
                .catalog()
                .table(name.database(), name.schema(), name.name())
                .orElse(null);
        if (definition != null && definition.readOnly()) {
            String kind = definition.external() == null ? "a view" : "an external table, which is only read";
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE, "cannot " + verb + " \"" + name.name() + "\": it is " + kind, table);
        }
        return new WrittenTable(name, definition);
    }

    /** {@code "database"."schema"."table" AS "alias"} */
    void print(Printer printer, ObjectName name) {
        printer.name(name, table);
        if (alias != null) {
            printer.sql(" AS ").name(alias);
        }
    }

    /** What its columns are qualified with. */
    String qualifier() {
        return alias == null ? last(table) : alias.getSimple();
    }

    /** Whether a column's qualifier means this table. */
    boolean isCalled(List<String> qualifier) {
        return qualifier.isEmpty()
                || (qualifier.size() == 1 && qualifier.get(0).equalsIgnoreCase(qualifier()))
                || (alias == null && endsWith(table.names, qualifier));
    }

    private static boolean endsWith(List<String> names, List<String> end) {
        int from = names.size() - end.size();
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < end.size(); i++) {
            if (!names.get(from + i).equalsIgnoreCase(end.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** As an item of FROM, for Calcite. */
    SqlNode item() {
        return alias == null ? copy() : called(alias);
    }

    /** As an item of FROM under another name, for Calcite. */
    SqlNode called(SqlIdentifier name) {
        return SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, copy(), name.clone(name.getParserPosition()));
    }

    private SqlIdentifier copy() {
        return (SqlIdentifier) table.clone(table.getParserPosition());
    }

    static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }
}
