package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.print.Listing;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DESCRIBE: the columns of a table or query; SUMMARIZE: what is in them. */
public final class Describe extends Statement implements Listing {

    private final SqlNode described;
    private final boolean summary;

    /** @param described a table's name or a query */
    public Describe(SqlParserPos pos, SqlNode described, boolean summary) {
        super(pos, summary ? "SUMMARIZE" : "DESCRIBE");
        this.described = described;
        this.summary = summary;
    }

    @Override
    public Draft compile(Compilation compilation) {
        print(compilation.printer());
        return Draft.query(compilation.printer(), null);
    }

    @Override
    public void print(Printer printer) {
        printer.sql(summary ? "SELECT * FROM (SUMMARIZE " : "SELECT * FROM (DESCRIBE ");
        if (described instanceof SqlIdentifier name && printer.isCommonTable(name)) {
            printer.name(name);
        } else if (described instanceof SqlIdentifier name
                && printer.names().systemTable(name).isPresent()) {
            printer.sql("SELECT * FROM ").from(name);
        } else if (described instanceof SqlIdentifier name) {
            ObjectName table = printer.names().table(name);
            printer.reads(table);
            printer.name(table, name);
        } else {
            printer.query(described);
        }
        printer.sql(")");
    }
}
