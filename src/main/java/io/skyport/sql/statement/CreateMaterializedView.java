package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.TableKind;
import io.skyport.sql.RecordedQuery;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE MATERIALIZED VIEW: a table of the engine whose comment keeps the query. */
public final class CreateMaterializedView extends Statement {

    private final boolean replace;
    private final boolean temporary;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final @Nullable SqlNodeList columns;
    private final SqlNode query;
    private final boolean withData;

    public CreateMaterializedView(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query,
            boolean withData) {
        super(pos, "CREATE MATERIALIZED VIEW");
        this.replace = replace;
        this.temporary = temporary;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.columns = columns;
        this.query = query;
        this.withData = withData;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Creation.requireLasting(temporary, "MATERIALIZED VIEW", this);
        Creation.requireOneWay(replace, ifNotExists, this);
        ObjectName view = compilation.names().target(name);
        Creation creation = new Creation(compilation, name, replace, ifNotExists);
        if (creation.relation(view, TableKind.MATERIALIZED_VIEW)) {
            return creation.nothing(view);
        }
        Printer printer = compilation.printer().stored().lasting();
        printer.sql(replace ? "CREATE OR REPLACE TABLE " : "CREATE TABLE ")
                .name(view, name)
                .sql(" AS ");
        int before = printer.text().sql().length();
        query(printer);
        String behind = withData ? " WITH DATA" : " WITH NO DATA";
        printer.sql(behind);
        printer.writes(view);
        Creation.requireLastingSources(printer, false, query);
        Draft draft = compilation.withoutParameters(Draft.ddl(printer), "CREATE MATERIALIZED VIEW");
        return draft.before(compilation
                .newPrinter()
                .sql("COMMENT ON TABLE ")
                .name(view, name)
                .sql(" IS ")
                .sql(RecordedQuery.placeholder(before, behind.length())));
    }

    /** The names of columns belong to what is kept: a refresh needs them again. */
    private void query(Printer printer) {
        if (columns == null) {
            printer.query(query);
            return;
        }
        printer.sql("SELECT * FROM (").query(query).sql(") AS \"v\"").names(columns);
    }
}
