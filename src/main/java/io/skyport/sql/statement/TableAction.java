package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** One of the changes that ALTER TABLE makes. A column of several parts is a field of a STRUCT. */
public sealed interface TableAction {

    record AddColumn(boolean ifNotExists, SqlIdentifier column, ColumnDefinition definition) implements TableAction {}

    record DropColumn(boolean ifExists, SqlIdentifier column, boolean cascade) implements TableAction {}

    record RenameColumn(SqlIdentifier column, SqlIdentifier to) implements TableAction {}

    record RenameTable(SqlIdentifier to) implements TableAction {}

    /** {@code using} makes the new values of the old ones, else they are cast. */
    record AlterType(
            SqlParserPos pos,
            SqlIdentifier column,
            SqlDataTypeSpec type,
            @Nullable SqlIdentifier collation,
            @Nullable SqlNode using)
            implements TableAction {}

    /** Drops the default if {@code expression} is null. */
    record SetDefault(SqlIdentifier column, @Nullable SqlNode expression) implements TableAction {}

    record SetNotNull(SqlIdentifier column, boolean notNull) implements TableAction {}

    record SetGenerated(SqlIdentifier column, boolean always) implements TableAction {}

    record AddIdentity(SqlIdentifier column, ColumnConstraint identity) implements TableAction {}

    record DropIdentity(SqlIdentifier column, boolean ifExists) implements TableAction {}

    record AddConstraint(TableConstraint constraint) implements TableAction {}

    record DropConstraint(boolean ifExists, SqlIdentifier name) implements TableAction {}

    /** MySQL's MODIFY: the column is from now on as defined here. */
    record Modify(ColumnDefinition definition) implements TableAction {}
}
