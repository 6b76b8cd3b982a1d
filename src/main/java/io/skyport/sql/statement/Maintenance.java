package io.skyport.sql.statement;

import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** ANALYZE and VACUUM: let the engine look after its statistics. */
public final class Maintenance extends Statement {

    private final String verb;
    private final @Nullable SqlIdentifier table;
    private final @Nullable SqlNodeList columns;

    public Maintenance(SqlParserPos pos, String verb, @Nullable SqlIdentifier table, @Nullable SqlNodeList columns) {
        super(pos, verb);
        this.verb = verb;
        this.table = table;
        this.columns = columns;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer().sql(verb);
        if (table != null) {
            printer.sql(" ").name(printer.written(table), table);
        }
        return Draft.ddl(columns == null ? printer : printer.names(columns));
    }
}
