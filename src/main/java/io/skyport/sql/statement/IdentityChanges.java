package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Sequence;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.statement.ColumnConstraint.IdentityOptions;
import io.skyport.sql.statement.TableAction.AddIdentity;
import io.skyport.sql.statement.TableAction.DropIdentity;
import io.skyport.sql.statement.TableAction.SetGenerated;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** ALTER COLUMN ... GENERATED and IDENTITY of ALTER TABLE. */
final class IdentityChanges {

    private final AlteredTable altered;
    private final ColumnChanges changes;

    IdentityChanges(AlteredTable altered, ColumnChanges changes) {
        this.altered = altered;
        this.changes = changes;
    }

    void setGenerated(SetGenerated change) {
        altered.require(change.column());
        ObjectName sequence = altered.identity(change.column())
                .orElseThrow(() -> noIdentity(change.column()))
                .sequence();
        altered.add(OwnedSequences.mark(
                sequence, change.always(), comment(sequence), change.column(), altered.compilation()));
    }

    private @Nullable String comment(ObjectName sequence) {
        return altered.compilation()
                .names()
                .catalog()
                .sequence(sequence.database(), sequence.schema(), sequence.name())
                .map(Sequence::comment)
                .orElse(null);
    }

    void add(AddIdentity change) {
        SqlIdentifier column = change.column();
        altered.require(column);
        IdentityOptions options = change.identity().identity();
        if (options == null) {
            Unsupported.refuse(change.identity().pos(), "ALTER COLUMN ... ADD GENERATED ALWAYS AS (expression)");
        }
        if (altered.column(column).map(Column::defaultExpression).isPresent()) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "column \"" + column.getSimple() + "\" has a default already", column);
        }
        ObjectName sequence = altered.sequences().create(column, column.getSimple(), Objects.requireNonNull(options));
        TableElements.nextValue(altered.alterColumn(column).sql(" SET DEFAULT ("), sequence)
                .sql(")");
        if (altered.column(column).map(Column::nullable).orElse(true)) {
            changes.setNotNull(column, true);
        }
    }

    void drop(DropIdentity change) {
        altered.require(change.column());
        Optional<Identity> identity = altered.identity(change.column());
        if (identity.isEmpty()) {
            if (change.ifExists()) {
                return;
            }
            throw noIdentity(change.column());
        }
        altered.alterColumn(change.column()).sql(" DROP DEFAULT");
        altered.free(identity.get());
    }

    private static SkyportException noIdentity(SqlIdentifier column) {
        return Compilation.error(
                ErrorCode.SYNTAX_ERROR, "column \"" + column.getSimple() + "\" is not an identity column", column);
    }
}
