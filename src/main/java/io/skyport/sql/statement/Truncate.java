package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** TRUNCATE: a DELETE of all rows, with their count. */
public final class Truncate extends Statement {

    private final @Nullable SqlNodeList with;
    private final Target target;

    public Truncate(SqlParserPos pos, @Nullable SqlNodeList with, SqlIdentifier table) {
        super(pos, "TRUNCATE TABLE");
        this.with = with;
        this.target = new Target(table, null);
    }

    @Override
    public Draft compile(Compilation compilation) {
        if (with != null) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "TRUNCATE takes no WITH", with);
        }
        Printer printer = compilation.printer();
        WrittenTable table = target.find(compilation, "truncate");
        printer.sql("TRUNCATE ");
        target.print(printer, table.name());
        Draft draft = Draft.dml(printer, null);
        KeyActions actions = KeyActions.of(table, compilation, columns -> true);
        return actions.isEmpty() ? draft : actions.aroundUnknown(draft);
    }
}
