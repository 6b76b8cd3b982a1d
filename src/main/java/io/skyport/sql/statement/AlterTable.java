package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** ALTER TABLE with any number of changes, all or none. */
public final class AlterTable extends Statement {

    private final boolean ifExists;
    private final SqlIdentifier name;
    private final List<TableAction> actions;

    public AlterTable(SqlParserPos pos, boolean ifExists, SqlIdentifier name, List<TableAction> actions) {
        super(pos, "ALTER TABLE");
        this.ifExists = ifExists;
        this.name = name;
        this.actions = List.copyOf(actions);
    }

    @Override
    public Draft compile(Compilation compilation) {
        Optional<ObjectName> existing = compilation.names().find(name);
        if (existing.isEmpty() && ifExists) {
            return compilation.nothing(compilation.names().target(name));
        }
        Table table = compilation.names().existing(name);
        if (table.kind() == TableKind.VIEW || table.kind() == TableKind.MATERIALIZED_VIEW) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE, "\"" + table.name().name() + "\" is a " + Creation.words(table), name);
        }
        TableChanges changes = new TableChanges(compilation, table, name);
        actions.forEach(changes::add);
        return changes.draft();
    }
}
