package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A constraint or default written behind a column's type.
 *
 * @param name the constraint's name, or null
 * @param expression of DEFAULT and CHECK, else null
 * @param reference of REFERENCES, else null
 */
public record ColumnConstraint(
        SqlParserPos pos,
        Kind kind,
        @Nullable SqlIdentifier name,
        @Nullable SqlNode expression,
        TableConstraint.@Nullable Reference reference) {

    /** The kinds, each by its SQL words. */
    public enum Kind {
        NOT_NULL("NOT NULL"),
        NULL("NULL"),
        DEFAULT("DEFAULT"),
        PRIMARY_KEY("PRIMARY KEY"),
        UNIQUE("UNIQUE"),
        CHECK("CHECK"),
        REFERENCES("REFERENCES");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public static ColumnConstraint notNull(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return new ColumnConstraint(pos, Kind.NOT_NULL, name, null, null);
    }

    public static ColumnConstraint nullable(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return new ColumnConstraint(pos, Kind.NULL, name, null, null);
    }

    public static ColumnConstraint defaultValue(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNode expression) {
        return new ColumnConstraint(pos, Kind.DEFAULT, name, expression, null);
    }

    public static ColumnConstraint primaryKey(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return new ColumnConstraint(pos, Kind.PRIMARY_KEY, name, null, null);
    }

    public static ColumnConstraint unique(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return new ColumnConstraint(pos, Kind.UNIQUE, name, null, null);
    }

    public static ColumnConstraint check(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNode condition) {
        return new ColumnConstraint(pos, Kind.CHECK, name, condition, null);
    }

    public static ColumnConstraint references(
            SqlParserPos pos, @Nullable SqlIdentifier name, TableConstraint.Reference reference) {
        return new ColumnConstraint(pos, Kind.REFERENCES, name, null, reference);
    }
}
