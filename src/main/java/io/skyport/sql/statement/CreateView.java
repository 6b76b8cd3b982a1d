package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE VIEW. */
public final class CreateView extends Statement {

    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final @Nullable SqlNodeList columns;
    private final SqlNode query;

    public CreateView(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super(pos);
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.columns = columns;
        this.query = query;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        ObjectName view = compilation.names().target(name);
        printer.sql(replace ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ")
                .sql(ifNotExists ? "IF NOT EXISTS " : "")
                .name(view, name);
        if (columns != null) {
            printer.sql(" ").names(columns);
        }
        printer.sql(" AS ").query(query);
        printer.writes(view);
        return compilation.withoutParameters(Draft.ddl(printer), "CREATE VIEW");
    }
}
