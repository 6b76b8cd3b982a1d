package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.statement.TableAction.AddColumn;
import io.skyport.sql.statement.TableAction.AddConstraint;
import io.skyport.sql.statement.TableAction.AddIdentity;
import io.skyport.sql.statement.TableAction.AlterType;
import io.skyport.sql.statement.TableAction.DropColumn;
import io.skyport.sql.statement.TableAction.DropConstraint;
import io.skyport.sql.statement.TableAction.DropIdentity;
import io.skyport.sql.statement.TableAction.Modify;
import io.skyport.sql.statement.TableAction.RenameColumn;
import io.skyport.sql.statement.TableAction.RenameTable;
import io.skyport.sql.statement.TableAction.SetDefault;
import io.skyport.sql.statement.TableAction.SetGenerated;
import io.skyport.sql.statement.TableAction.SetNotNull;
import org.apache.calcite.sql.SqlIdentifier;

/** The engine's statements for the changes of one ALTER TABLE. */
final class TableChanges {

    private final AlteredTable altered;
    private final ColumnChanges columns;
    private final ColumnAdditions additions;
    private final IdentityChanges identities;
    private final ConstraintChanges constraints;

    TableChanges(Compilation compilation, Table table, SqlIdentifier source) {
        this.altered = new AlteredTable(compilation, table, source);
        this.columns = new ColumnChanges(altered);
        this.additions = new ColumnAdditions(altered, columns);
        this.identities = new IdentityChanges(altered, columns);
        this.constraints = new ConstraintChanges(altered);
    }

    Draft draft() {
        return altered.draft();
    }

    void add(TableAction action) {
        if (altered.table().external() != null && !(action instanceof RenameTable)) {
            Unsupported.refuse(altered.source().getParserPosition(), "ALTER of an external table");
        }
        if (action instanceof RenameTable change) {
            renameTable(change.to());
        } else if (action instanceof AddColumn change) {
            additions.add(change);
        } else if (action instanceof AddConstraint change) {
            constraints.add(change.constraint());
        } else if (action instanceof DropConstraint change) {
            constraints.drop(change);
        } else if (action instanceof SetGenerated change) {
            identities.setGenerated(change);
        } else if (action instanceof AddIdentity change) {
            identities.add(change);
        } else if (action instanceof DropIdentity change) {
            identities.drop(change);
        } else {
            addColumnChange(action);
        }
    }

    private void addColumnChange(TableAction action) {
        if (action instanceof DropColumn change) {
            columns.drop(change);
        } else if (action instanceof RenameColumn change) {
            columns.rename(change);
        } else if (action instanceof AlterType change) {
            columns.alterType(change);
        } else if (action instanceof SetDefault change) {
            columns.setDefault(change.column(), change.expression());
        } else if (action instanceof SetNotNull change) {
            columns.setNotNull(change.column(), change.notNull());
        } else if (action instanceof Modify change) {
            columns.modify(change.definition());
        }
    }

    private void renameTable(SqlIdentifier to) {
        String last = to.names.get(to.names.size() - 1);
        ObjectName renamed =
                new ObjectName(altered.name().database(), altered.name().schema(), last);
        if (!to.isSimple() && !altered.compilation().names().target(to).equals(renamed)) {
            Unsupported.refuse(to.getParserPosition(), "RENAME TO another schema");
        }
        boolean taken = altered.compilation()
                .names()
                .catalog()
                .table(renamed.database(), renamed.schema(), last)
                .isPresent();
        if (taken && !last.equalsIgnoreCase(altered.name().name())) {
            throw Compilation.error(ErrorCode.DUPLICATE_TABLE, "table \"" + last + "\" already exists", to);
        }
        altered.alter().sql(" RENAME TO ").at(to).quoted(last);
        altered.addAll(KeyRecords.renameTable(altered.table().name(), last, altered.keys()));
        altered.renamed(renamed);
    }
}
