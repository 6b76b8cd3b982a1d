package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.ColumnConstraint.Kind;
import io.skyport.sql.statement.TableAction.AlterType;
import io.skyport.sql.statement.TableAction.DropColumn;
import io.skyport.sql.statement.TableAction.RenameColumn;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Changes of columns that are there: DROP, RENAME, ALTER COLUMN and MODIFY of ALTER TABLE. */
final class ColumnChanges {

    /** What a column that is added cannot have: the engine would have to look at the rows that are there. */
    static final Set<Kind> NOT_ADDED =
            EnumSet.of(Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.CHECK, Kind.REFERENCES, Kind.GENERATED, Kind.STORED);

    private final AlteredTable altered;

    ColumnChanges(AlteredTable altered) {
        this.altered = altered;
    }

    void drop(DropColumn change) {
        String first = change.column().names.get(0);
        if (change.ifExists() && !altered.columns().contains(first)) {
            return;
        }
        altered.require(change.column());
        AlteredTable.path(
                        altered.alter().sql(" DROP COLUMN ").sql(change.ifExists() ? "IF EXISTS " : ""),
                        change.column())
                .sql(change.cascade() ? " CASCADE" : "");
        if (change.column().isSimple()) {
            altered.columns().remove(first);
            altered.identity(change.column()).ifPresent(altered::free);
            altered.addAll(KeyRecords.forget(
                    altered.name().database(),
                    EnforcedKey.in(altered.table()).stream()
                            .filter(key -> key.has(first))
                            .toList()));
        }
    }

    void rename(RenameColumn change) {
        altered.require(change.column());
        if (change.column().isSimple()) {
            boolean same =
                    change.column().getSimple().equalsIgnoreCase(change.to().getSimple());
            if (!same) {
                altered.requireNew(change.to());
            }
            altered.columns().remove(change.column().getSimple());
            altered.columns().add(change.to().getSimple());
        }
        AlteredTable.path(altered.alter().sql(" RENAME COLUMN "), change.column())
                .sql(" TO ")
                .name(change.to());
        if (change.column().isSimple()) {
            altered.addAll(KeyRecords.renameColumn(
                    altered.table().name(),
                    change.column().getSimple(),
                    change.to().getSimple(),
                    altered.keys()));
        }
    }

    void alterType(AlterType change) {
        retype(change.column(), type(change.type()), change.collation(), change.using());
    }

    /** Types that users made have their full names. */
    String type(SqlDataTypeSpec type) {
        Printer names = altered.compilation().newPrinter();
        String name = names.type(type);
        altered.uses(names);
        return name;
    }

    private void retype(SqlIdentifier column, String type, @Nullable SqlIdentifier collation, @Nullable SqlNode using) {
        requireFree(column, type);
        Printer statement = altered.alterColumn(column).sql(" SET DATA TYPE " + type);
        if (collation != null) {
            TableElements.collation(statement, collation);
        }
        if (using != null) {
            statement.sql(" USING (").expression(using).sql(")");
        }
    }

    /** The columns of a foreign key are of the types of those that it references. */
    private void requireFree(SqlIdentifier column, String type) {
        String name = column.names.get(0);
        boolean same = altered.table()
                .column(name)
                .filter(found -> found.type().name().equalsIgnoreCase(type))
                .isPresent();
        if (!same && EnforcedKey.in(altered.table()).stream().anyMatch(key -> key.has(name))) {
            Unsupported.refuse(column.getParserPosition(), "another type for a column of a foreign key");
        }
    }

    void setDefault(SqlIdentifier column, @Nullable SqlNode expression) {
        Optional<Identity> identity = altered.identity(column);
        if (identity.map(Identity::always).orElse(false)) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "column \"" + column.getSimple() + "\" is an identity column", column);
        }
        Printer statement = altered.alterColumn(column);
        if (expression == null) {
            statement.sql(" DROP DEFAULT");
        } else {
            statement.sql(" SET DEFAULT (").kept(expression).sql(")");
        }
        identity.ifPresent(altered::free);
    }

    void setNotNull(SqlIdentifier column, boolean notNull) {
        altered.alterColumn(column).sql(notNull ? " SET NOT NULL" : " DROP NOT NULL");
    }

    /** What the new definition does not say the column has no longer, except where its values come from a sequence. */
    void modify(ColumnDefinition definition) {
        definition.constraints().stream()
                .filter(constraint -> NOT_ADDED.contains(constraint.kind()))
                .findFirst()
                .ifPresent(constraint -> Unsupported.refuse(
                        constraint.pos(), "MODIFY ... " + constraint.kind().words()));
        definition.check();
        SqlIdentifier column = definition.name();
        altered.require(column);
        retype(column, definition.engineType(this::type).orElseThrow(() -> noType(definition)), null, null);
        boolean counts = definition.identity().isPresent();
        if (counts && altered.identity(column).isEmpty()) {
            Unsupported.refuse(
                    definition.getParserPosition(), "MODIFY ... AUTO_INCREMENT of a column that does not count");
        }
        Optional<ColumnConstraint> written = definition.constraints().stream()
                .filter(constraint -> constraint.kind() == Kind.DEFAULT)
                .findFirst();
        boolean had = altered.column(column).map(Column::defaultExpression).isPresent();
        if (written.isPresent() || had && !counts) {
            setDefault(column, written.map(ColumnConstraint::expression).orElse(null));
        }
        boolean notNull = definition.has(Kind.NOT_NULL) || counts || isKey(column);
        if (notNull == altered.column(column).map(Column::nullable).orElse(true)) {
            setNotNull(column, notNull);
        }
        definition.constraints().stream()
                .filter(constraint -> constraint.kind() == Kind.COMMENT)
                .forEach(constraint -> comment(column, constraint));
    }

    private boolean isKey(SqlIdentifier column) {
        Table.Key key = altered.table().primaryKey();
        return key != null && key.columns().stream().anyMatch(column.getSimple()::equalsIgnoreCase);
    }

    void comment(SqlIdentifier column, ColumnConstraint constraint) {
        SqlLiteral text = (SqlLiteral) Objects.requireNonNull(constraint.expression());
        altered.add(AlteredTable.path(
                        altered.compilation()
                                .newPrinter()
                                .sql("COMMENT ON COLUMN ")
                                .name(altered.name(), altered.source())
                                .sql("."),
                        column)
                .sql(" IS ")
                .literal(Objects.requireNonNull(text.getValueAs(String.class))));
    }

    static SkyportException noType(ColumnDefinition column) {
        return Compilation.error(ErrorCode.SYNTAX_ERROR, "the column has no type", column);
    }
}
