package io.skyport.sql.statement;

import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
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
        super(pos, "MERGE");
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
        return withKeys(Draft.dml(printer, checked.build(with)), table, compilation);
    }

    private Draft withKeys(Draft draft, WrittenTable table, Compilation compilation) {
        Set<String> same = same();
        Set<String> changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        actions.forEach(action -> changed.addAll(action.changes(table, same)));
        KeyActions.refuseUnknown(table, compilation, changed, "MERGE ... UPDATE", this);
        Draft whole = KeyChecks.updating(KeyChecks.inserting(draft, table, compilation), table, changed, compilation);
        boolean deletes = actions.stream().anyMatch(MergeAction::deletes);
        KeyActions deletions = KeyActions.of(table, compilation, key -> deletes);
        return deletions.isEmpty() ? whole : deletions.aroundUnknown(whole);
    }

    /** Columns that a row and what it is merged with have in common, under one name and with one value. */
    private Set<String> same() {
        Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (using != null) {
            columns.addAll(TableElements.names(using));
        } else if (on != null) {
            same(on, columns);
        }
        return columns;
    }

    private static void same(SqlNode condition, Set<String> columns) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(part -> same(part, columns));
        } else if (condition.getKind() == SqlKind.EQUALS
                && ((SqlCall) condition).operand(0) instanceof SqlIdentifier left
                && ((SqlCall) condition).operand(1) instanceof SqlIdentifier right
                && Target.last(left).equalsIgnoreCase(Target.last(right))) {
            columns.add(Target.last(left));
        }
    }
}
