package io.skyport.sql.statement;

import io.skyport.sql.print.Printer;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** MERGE. */
public final class Merge extends Statement {

    private final @Nullable SqlNodeList with;
    private final Target target;
    private final SqlNode source;
    private final @Nullable SqlNode on;
    private final @Nullable SqlNodeList using;
    private final List<MergeAction> actions;
    private final @Nullable SqlNodeList returning;

    public Merge(
            SqlParserPos pos,
            @Nullable SqlNodeList with,
            Target target,
            SqlNode source,
            @Nullable SqlNode on,
            @Nullable SqlNodeList using,
            List<MergeAction> actions,
            @Nullable SqlNodeList returning) {
        super(pos);
        this.with = with;
        this.target = target;
        this.source = source;
        this.on = on;
        this.using = using;
        this.actions = List.copyOf(actions);
        this.returning = returning;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer().with(with);
        WrittenTable table = target.find(compilation, "merge into");
        printer.reads(table.name());
        printer.sql("MERGE INTO ");
        target.print(printer, table.name());
        printer.sql(" USING ").from(source);
        CheckedQuery checked = new CheckedQuery(target).from(source).where(on);
        if (on != null) {
            printer.sql(" ON ").expression(on);
        } else if (using != null) {
            printer.sql(" USING ").names(using);
        }
        for (MergeAction action : actions) {
            action.print(target, table, compilation);
            action.check(checked, table);
        }
        printer.returning(returning, table.name());
        return Draft.dml(printer, checked.build(with));
    }
}
