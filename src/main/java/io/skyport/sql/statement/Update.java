package io.skyport.sql.statement;

import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** UPDATE. */
public final class Update extends Statement {

    /** The names of a row, and of the values that it gets, where keys are noted that change. */
    private static final String ROW = "skyport_row";

    private static final String VALUE = "skyport:value:";

    private final @Nullable SqlNodeList with;
    private final Target target;
    private final List<Assignment> assignments;
    private final @Nullable SqlNode from;
    private final @Nullable SqlNode where;
    private final @Nullable SqlNodeList returning;

    public Update(
            SqlParserPos pos,
            @Nullable SqlNodeList with,
            Target target,
            List<Assignment> assignments,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            @Nullable SqlNodeList returning) {
        super(pos, "UPDATE");
        this.with = with;
        this.target = target;
        this.assignments = List.copyOf(assignments);
        this.from = from;
        this.where = where;
        this.returning = returning;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer().with(with);
        WrittenTable table = target.find(compilation, "update");
        printer.reads(table.name());
        printer.sql("UPDATE ");
        target.print(printer, table.name());
        Assignment.print(assignments, target, table, compilation);
        if (from != null) {
            printer.sql(" FROM ").from(from);
        }
        if (where != null) {
            printer.sql(" WHERE ").expression(where);
        }
        printer.returning(returning, table.name());
        SqlNode checked = new CheckedQuery(target)
                .from(from)
                .assigned(assignments)
                .where(where)
                .build(with);
        Draft draft = Draft.dml(printer, checked);
        Set<String> columns = Assignment.columns(assignments);
        return KeyChecks.updating(acting(draft, table, columns, compilation), table, columns, compilation);
    }

    private Draft acting(Draft draft, WrittenTable table, Set<String> columns, Compilation compilation) {
        KeyActions actions =
                KeyActions.of(table, compilation, key -> key.stream().anyMatch(columns::contains));
        if (actions.isEmpty()) {
            return draft;
        }
        // Which rows change, and to what, is asked twice: that must give the same answer.
        if (draft.isVolatile()) {
            Unsupported.refuse(
                    getParserPosition(), "UPDATE of a referenced key with values that differ from run to run");
        }
        return actions.around(draft, key -> note(key, table, compilation));
    }

    private EngineText note(ReferencedKey key, WrittenTable table, Compilation compilation) {
        Printer printer = compilation.newPrinter().with(with);
        List<String> assigned = Assignment.columnsInOrder(assignments);
        printer.sql(key.noteChanged(ROW, i -> value(key.columns().get(i), assigned)) + "(SELECT ");
        String row = EngineNames.quoted(target.qualifier());
        printer.sql(key.each(i -> row + "." + key.column(i) + " AS " + key.column(i), ", "));
        Assignment.printValues(assignments, VALUE, table, printer, compilation);
        printer.sql(" FROM ");
        target.print(printer, table.name());
        if (from != null) {
            printer.sql(", ").from(from);
        }
        if (where != null) {
            printer.sql(" WHERE ").expression(where);
        }
        return printer.sql(") AS " + ROW).text();
    }

    private static String value(String column, List<String> assigned) {
        for (int i = 0; i < assigned.size(); i++) {
            if (assigned.get(i).equalsIgnoreCase(column)) {
                return EngineNames.quoted(VALUE + i);
            }
        }
        return ROW + "." + EngineNames.quoted(column);
    }
}
