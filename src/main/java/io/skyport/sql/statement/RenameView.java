package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.error.ErrorCode;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** ALTER [MATERIALIZED] VIEW ... RENAME TO. */
public final class RenameView extends Statement {

    private final TableKind kind;
    private final boolean ifExists;
    private final SqlIdentifier name;
    private final SqlIdentifier other;

    public RenameView(
            SqlParserPos pos, boolean materialized, boolean ifExists, SqlIdentifier name, SqlIdentifier other) {
        super(pos, "ALTER VIEW");
        this.kind = materialized ? TableKind.MATERIALIZED_VIEW : TableKind.VIEW;
        this.ifExists = ifExists;
        this.name = name;
        this.other = other;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        Optional<ObjectName> existing = names.find(name);
        if (existing.isEmpty() && ifExists) {
            ObjectName target = names.target(name);
            return Creation.nothing(target.database(), target.schema(), compilation.printer());
        }
        ObjectName view = names.table(name);
        requireKind(view, names);
        ObjectName renamed = new ObjectName(view.database(), view.schema(), other.getSimple());
        new Creation(compilation, other, false, false).relation(renamed, kind);
        Printer printer = compilation.printer();
        printer.sql(kind == TableKind.VIEW ? "ALTER VIEW " : "ALTER TABLE ")
                .name(view, name)
                .sql(" RENAME TO ")
                .name(other);
        printer.writes(view);
        printer.writes(renamed);
        return Draft.ddl(printer);
    }

    private void requireKind(ObjectName view, Names names) {
        Optional<Table> table = names.catalog().table(view.database(), view.schema(), view.name());
        if (table.isEmpty() || table.get().kind() != kind) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "\"" + view.name() + "\" is not a " + (kind == TableKind.VIEW ? "view" : "materialized view"),
                    name);
        }
    }
}
