package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DROP TABLE, VIEW or SCHEMA. */
public final class Drop extends Statement {

    /** What is dropped. */
    public enum Target {
        TABLE,
        VIEW,
        SCHEMA
    }

    private final Target target;
    private final boolean ifExists;
    private final SqlIdentifier name;
    private final boolean cascade;

    public Drop(SqlParserPos pos, Target target, boolean ifExists, SqlIdentifier name, boolean cascade) {
        super(pos);
        this.target = target;
        this.ifExists = ifExists;
        this.name = name;
        this.cascade = cascade;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        if (target == Target.SCHEMA) {
            printer.sql(words("SCHEMA"))
                    .quoted(compilation.names().databaseOfSchema(name))
                    .sql(".")
                    .quoted(name.names.get(name.names.size() - 1));
            return Draft.ddl(printer.sql(cascade ? " CASCADE" : ""));
        }
        Optional<ObjectName> existing = compilation.names().find(name.names);
        if (existing.isEmpty() && !ifExists) {
            throw compilation.names().undefinedTable(name);
        }
        ObjectName dropped = existing.orElseGet(() -> compilation.names().target(name));
        printer.sql(words(engineKind(compilation, dropped))).name(dropped, name);
        printer.writes(dropped);
        return Draft.ddl(printer.sql(cascade ? " CASCADE" : ""));
    }

    private String words(String kind) {
        return "DROP " + kind + (ifExists ? " IF EXISTS " : " ");
    }

    /** An external table is a view of the engine. */
    private String engineKind(Compilation compilation, ObjectName dropped) {
        boolean external = compilation
                .names()
                .catalog()
                .table(dropped.database(), dropped.schema(), dropped.name())
                .map(table -> table.external() != null)
                .orElse(false);
        if (external && target == Target.VIEW) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_TABLE, "\"" + dropped.name() + "\" is a table: use DROP TABLE", name);
        }
        return external ? "VIEW" : target.name();
    }
}
