package io.skyport.sql.statement;

import io.skyport.sql.print.Printer;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** UPDATE. */
public final class Update extends Statement {

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
        super(pos);
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
        return Draft.dml(printer, checked);
    }
}
