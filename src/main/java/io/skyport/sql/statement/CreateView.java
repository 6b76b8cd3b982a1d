package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.TableKind;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE VIEW. */
public final class CreateView extends Statement {

    private final boolean replace;
    private final boolean temporary;
    private final boolean recursive;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final @Nullable SqlNodeList columns;
    private final SqlNode query;

    public CreateView(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean recursive,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super(pos, "CREATE VIEW");
        this.replace = replace;
        this.temporary = temporary;
        this.recursive = recursive;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.columns = columns;
        this.query = query;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Creation.requireOneWay(replace, ifNotExists, this);
        ObjectName view = temporary
                ? compilation.names().temporary(name)
                : compilation.names().target(name);
        Creation creation = new Creation(compilation, name, replace, ifNotExists);
        if (creation.relation(view, TableKind.VIEW)) {
            return creation.nothing(view);
        }
        Printer printer = compilation.printer().stored().lasting();
        printer.sql(replace ? "CREATE OR REPLACE " : "CREATE ")
                .sql(temporary ? "TEMP VIEW " : "VIEW ")
                .name(view, name);
        if (columns != null) {
            printer.sql(" ").names(columns);
        }
        printer.sql(" AS ");
        if (recursive) {
            recursiveQuery(view, printer);
        } else {
            printer.query(query);
        }
        printer.writes(view);
        Creation.requireLastingSources(printer, temporary, query);
        return compilation.withoutParameters(Draft.ddl(printer), "CREATE VIEW");
    }

    /** The view's own name means the rows found so far. */
    private void recursiveQuery(ObjectName view, Printer printer) {
        if (columns == null) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "a recursive view names its columns", name);
        }
        printer.recursiveQuery(view.name(), columns, query);
    }
}
