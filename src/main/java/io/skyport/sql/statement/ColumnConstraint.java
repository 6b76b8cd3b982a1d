package io.skyport.sql.statement;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What is written behind a column's type: a constraint, where its values come from, its collation or comment.
 *
 * @param name the constraint's name, or null
 * @param expression of DEFAULT, CHECK, GENERATED, COLLATE (a name) and COMMENT (a literal), else null
 * @param reference of REFERENCES, else null
 * @param identity of IDENTITY, else null
 */
public record ColumnConstraint(
        SqlParserPos pos,
        Kind kind,
        @Nullable SqlIdentifier name,
        @Nullable SqlNode expression,
        TableConstraint.@Nullable Reference reference,
        @Nullable IdentityOptions identity) {

    /** The kinds, each by its SQL words. */
    public enum Kind {
        NOT_NULL("NOT NULL"),
        NULL("NULL"),
        DEFAULT("DEFAULT"),
        PRIMARY_KEY("PRIMARY KEY"),
        UNIQUE("UNIQUE"),
        CHECK("CHECK"),
        REFERENCES("REFERENCES"),
        GENERATED("GENERATED ALWAYS AS"),
        STORED("GENERATED ALWAYS AS"),
        IDENTITY("IDENTITY"),
        COLLATE("COLLATE"),
        COMMENT("COMMENT");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * How an identity column counts.
     *
     * @param always whether rows may not give their own values
     * @param options of the sequence: words and numbers in turn
     */
    public record IdentityOptions(boolean always, List<SqlNode> options) {
        public IdentityOptions {
            options = List.copyOf(options);
        }

        /** As SQL. */
        String sql() {
            return options.stream()
                    .map(option -> " " + (option instanceof SqlLiteral number ? number.toValue() : option.toString()))
                    .collect(Collectors.joining());
        }
    }

    private static ColumnConstraint plain(SqlParserPos pos, Kind kind, @Nullable SqlIdentifier name) {
        return new ColumnConstraint(pos, kind, name, null, null, null);
    }

    private static ColumnConstraint with(
            SqlParserPos pos, Kind kind, @Nullable SqlIdentifier name, SqlNode expression) {
        return new ColumnConstraint(pos, kind, name, expression, null, null);
    }

    /** @param stored whether it is to be computed when written: the engine computes it when read, which must not matter */
    public static ColumnConstraint generated(SqlParserPos pos, SqlNode expression, boolean stored) {
        return with(pos, stored ? Kind.STORED : Kind.GENERATED, null, expression);
    }

    public static ColumnConstraint identity(SqlParserPos pos, boolean always, List<SqlNode> options) {
        return new ColumnConstraint(pos, Kind.IDENTITY, null, null, null, new IdentityOptions(always, options));
    }

    public static ColumnConstraint collation(SqlParserPos pos, SqlIdentifier collation) {
        return with(pos, Kind.COLLATE, null, collation);
    }

    public static ColumnConstraint comment(SqlParserPos pos, SqlNode text) {
        return with(pos, Kind.COMMENT, null, text);
    }

    public static ColumnConstraint notNull(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return plain(pos, Kind.NOT_NULL, name);
    }

    public static ColumnConstraint nullable(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return plain(pos, Kind.NULL, name);
    }

    public static ColumnConstraint defaultValue(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNode expression) {
        return with(pos, Kind.DEFAULT, name, expression);
    }

    public static ColumnConstraint primaryKey(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return plain(pos, Kind.PRIMARY_KEY, name);
    }

    public static ColumnConstraint unique(SqlParserPos pos, @Nullable SqlIdentifier name) {
        return plain(pos, Kind.UNIQUE, name);
    }

    public static ColumnConstraint check(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNode condition) {
        return with(pos, Kind.CHECK, name, condition);
    }

    public static ColumnConstraint references(
            SqlParserPos pos, @Nullable SqlIdentifier name, TableConstraint.Reference reference) {
        return new ColumnConstraint(pos, Kind.REFERENCES, name, null, reference, null);
    }
}
