package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.names.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** A table whose rows are written, and what the catalog knows of it: nothing of the system's own, which the engine refuses. */
record WrittenTable(ObjectName name, @Nullable Table definition) {

    /** The columns that an INSERT without a list gives values to; none if they are not known. */
    List<String> insertable() {
        return definition == null
                ? List.of()
                : definition.columns().stream()
                        .filter(column -> !column.generated())
                        .map(Column::name)
                        .toList();
    }

    /** Whether two rows can meet by one key only, and by no reference. */
    boolean hasOneKey() {
        if (definition == null) {
            return false;
        }
        long keys = definition.uniqueKeys().size() + (definition.primaryKey() == null ? 0 : 1);
        return keys == 1
                && definition.indexes().stream().noneMatch(Table.Index::unique)
                && definition.foreignKeys().stream()
                        .noneMatch(key -> key.referencedTable().equals(name));
    }

    /** The columns of the key that {@link #hasOneKey}. */
    List<String> onlyKey() {
        Table.Key key = definition == null || definition.primaryKey() == null
                ? Objects.requireNonNull(definition).uniqueKeys().get(0)
                : definition.primaryKey();
        return key.columns();
    }

    /** The engine's name of a column's type. */
    String typeOf(String column) {
        return Objects.requireNonNull(definition)
                .column(column)
                .orElseThrow()
                .type()
                .name();
    }

    /** @throws SkyportException 42703 for a column that there is not, 42701 for one that is named twice */
    void requireColumns(SqlNodeList columns) {
        Set<String> seen = new HashSet<>();
        for (SqlNode column : columns) {
            SqlIdentifier name = (SqlIdentifier) column;
            requireColumn(name);
            if (!seen.add(Target.last(name).toLowerCase(Locale.ROOT))) {
                throw Compilation.error(
                        ErrorCode.DUPLICATE_COLUMN, "column \"" + Target.last(name) + "\" is named twice", column);
            }
        }
    }

    /** @throws SkyportException 42703 if there is no such column */
    void requireColumn(SqlIdentifier column) {
        String wanted = Target.last(column);
        if (definition != null && definition.column(wanted).isEmpty()) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_COLUMN,
                    "table \"" + name.name() + "\" has no column \"" + wanted + "\""
                            + Nearest.suggestion(
                                    wanted, definition.columns().stream().map(Column::name)),
                    column);
        }
    }

    /** @throws SkyportException 428C9 if the column generates its values and {@code value} is one */
    void requireTakes(String column, @Nullable SqlNode value, SqlNode place) {
        boolean isDefault = value != null && value.getKind() == SqlKind.DEFAULT;
        if (definition != null
                && !isDefault
                && definition.column(column).stream().anyMatch(WrittenTable::generates)) {
            throw Compilation.error(
                    ErrorCode.GENERATED_ALWAYS, "column \"" + column + "\" is generated: it takes no value", place);
        }
    }

    /** What DEFAULT means for a column, where it must be told beforehand. */
    String defaultOf(SqlIdentifier column) {
        Column found = definition == null
                ? null
                : definition.column(Target.last(column)).orElse(null);
        if (found != null && found.autoIncrement()) {
            Unsupported.refuse(
                    column.getParserPosition(), "UPDATE of a referenced key to the next value of a sequence");
        }
        String expression = found == null ? null : found.defaultExpression();
        return expression == null ? "NULL" : "(" + expression + ")";
    }

    private static boolean generates(Column column) {
        Identity identity = column.identity();
        return column.generated() || (identity != null && identity.always());
    }
}
