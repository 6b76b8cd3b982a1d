package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.Preparation;
import io.skyport.sql.print.Printer;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE, from columns or from a query. */
public final class CreateTable extends Statement {

    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<SqlNode> elements;
    private final @Nullable SqlNode query;

    public CreateTable(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            List<SqlNode> elements,
            @Nullable SqlNode query) {
        super(pos);
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.elements = List.copyOf(elements);
        this.query = query;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        ObjectName table = compilation.names().target(name);
        printer.sql(replace ? "CREATE OR REPLACE TABLE " : "CREATE TABLE ")
                .sql(ifNotExists ? "IF NOT EXISTS " : "")
                .name(table, name);
        if (!elements.isEmpty()) {
            elements(new TableElements(compilation, table, query != null));
        }
        if (query != null) {
            printer.sql(" AS ").query(query);
        }
        printer.writes(table);
        boolean references = elements.stream().anyMatch(TableElements::hasReference);
        Preparation preparation = references ? new Preparation.UseDatabase(table.database(), table.schema()) : null;
        return compilation.withoutParameters(Draft.ddl(printer), "CREATE TABLE").prepared(preparation);
    }

    private void elements(TableElements print) {
        String separator = " (";
        for (SqlNode element : elements) {
            print.element(separator, (TableElement) element);
            separator = ", ";
        }
        print.end();
    }
}
