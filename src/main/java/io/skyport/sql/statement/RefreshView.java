package io.skyport.sql.statement;

import io.skyport.catalog.MaterializedMarker;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.Printer;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * REFRESH MATERIALIZED VIEW: makes the engine's table anew, all or nothing. Whoever reads it sees the old rows until it
 * is done.
 */
public final class RefreshView extends Statement {

    private final SqlIdentifier name;

    public RefreshView(SqlParserPos pos, SqlIdentifier name) {
        super(pos, "REFRESH MATERIALIZED VIEW");
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Table view = materialized(name, compilation);
        String query = Objects.requireNonNull(view.materialized());
        Printer printer = compilation.printer();
        printer.sql("CREATE OR REPLACE TABLE ").name(view.name(), name).sql(" AS " + query);
        printer.writes(view.name());
        Draft draft = Draft.ddl(printer)
                .before(compilation
                        .newPrinter()
                        .sql("COMMENT ON TABLE ")
                        .name(view.name(), name)
                        .sql(" IS ")
                        .literal(new MaterializedMarker(query, view.comment()).text()));
        return withIndexes(withColumnComments(draft, view, compilation), view, compilation);
    }

    static Table materialized(SqlIdentifier name, Compilation compilation) {
        ObjectName found = compilation.names().table(name);
        return compilation
                .names()
                .catalog()
                .table(found.database(), found.schema(), found.name())
                .filter(table -> table.materialized() != null)
                .orElseThrow(() -> Compilation.error(
                        ErrorCode.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is not a materialized view", name));
    }

    private Draft withColumnComments(Draft draft, Table view, Compilation compilation) {
        Draft commented = draft;
        for (var column : view.columns()) {
            if (column.comment() != null) {
                commented = commented.before(compilation
                        .newPrinter()
                        .sql("COMMENT ON COLUMN ")
                        .name(view.name(), name)
                        .sql(".")
                        .quoted(column.name())
                        .sql(" IS ")
                        .literal(column.comment()));
            }
        }
        return commented;
    }

    private Draft withIndexes(Draft draft, Table view, Compilation compilation) {
        Draft indexed = draft;
        for (Table.Index index : view.indexes()) {
            String elements = index.expressions().stream()
                    .map(expression -> view.column(expression).isPresent()
                            ? EngineNames.quoted(expression)
                            : "(" + expression + ")")
                    .collect(Collectors.joining(", "));
            indexed = indexed.before(compilation
                    .newPrinter()
                    .sql(index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
                    .quoted(index.name())
                    .sql(" ON ")
                    .name(view.name(), name)
                    .sql(" (" + elements + ")"));
        }
        return indexed;
    }
}
