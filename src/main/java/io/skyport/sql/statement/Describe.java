package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DESCRIBE: the columns of a table or query. */
public final class Describe extends Statement {

    private final SqlNode described;

    public Describe(SqlParserPos pos, SqlNode described) {
        super(pos);
        this.described = described;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        printer.sql("SELECT * FROM (DESCRIBE ");
        if (described instanceof SqlIdentifier name) {
            ObjectName table = compilation.names().table(name);
            printer.reads(table);
            printer.name(table, name);
        } else {
            printer.query(described);
        }
        return Draft.query(printer.sql(")"), null);
    }
}
