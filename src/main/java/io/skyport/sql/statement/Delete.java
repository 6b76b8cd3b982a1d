package io.skyport.sql.statement;

import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** DELETE. */
public final class Delete extends Statement {

    private final @Nullable SqlNodeList with;
    private final Target target;
    private final @Nullable SqlNode using;
    private final @Nullable SqlNode where;
    private final @Nullable SqlNodeList returning;

    public Delete(
            SqlParserPos pos,
            @Nullable SqlNodeList with,
            Target target,
            @Nullable SqlNode using,
            @Nullable SqlNode where,
            @Nullable SqlNodeList returning) {
        super(pos, "DELETE");
        this.with = with;
        this.target = target;
        this.using = using;
        this.where = where;
        this.returning = returning;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer().with(with);
        WrittenTable table = target.find(compilation, "delete from");
        printer.sql("DELETE FROM ");
        target.print(printer, table.name());
        if (using != null) {
            printer.sql(" USING ").from(using);
        }
        if (where != null) {
            printer.sql(" WHERE ").expression(where);
        }
        if (where != null || returning != null) {
            printer.reads(table.name());
        }
        printer.returning(returning, table.name());
        SqlNode checked = new CheckedQuery(target).from(using).where(where).build(with);
        Draft draft = Draft.dml(printer, checked);
        KeyActions actions = KeyActions.of(table, compilation, columns -> true);
        if (actions.isEmpty()) {
            return draft;
        }
        // Which rows go is asked twice: that must give the same answer.
        return draft.isVolatile()
                ? actions.aroundUnknown(draft)
                : actions.around(draft, key -> note(key, table, compilation));
    }

    private EngineText note(ReferencedKey key, WrittenTable table, Compilation compilation) {
        Printer printer = compilation.newPrinter().with(with);
        printer.sql(key.noteGone(EngineNames.quoted(target.qualifier())));
        target.print(printer, table.name());
        if (using != null) {
            printer.sql(", ").from(using);
        }
        if (where != null) {
            printer.sql(" WHERE ").expression(where);
        }
        return printer.text();
    }
}
