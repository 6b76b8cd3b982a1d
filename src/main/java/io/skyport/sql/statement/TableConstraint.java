package io.skyport.sql.statement;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A constraint on a line of its own in CREATE TABLE. */
public final class TableConstraint extends TableElement {

    /** The kinds, each by its SQL words. */
    public enum Kind {
        PRIMARY_KEY("PRIMARY KEY"),
        UNIQUE("UNIQUE"),
        CHECK("CHECK"),
        FOREIGN_KEY("FOREIGN KEY");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * What a foreign key references.
     *
     * @param columns null for the primary key
     * @param onDelete the action's SQL words, or null
     * @param onUpdate the action's SQL words, or null
     */
    public record Reference(
            SqlIdentifier table,
            @Nullable SqlNodeList columns,
            @Nullable String onDelete,
            @Nullable String onUpdate) {}

    private final Kind kind;
    private final @Nullable SqlIdentifier name;
    private final SqlNodeList columns;
    private final @Nullable SqlNode condition;
    private final @Nullable Reference reference;

    private TableConstraint(
            SqlParserPos pos,
            Kind kind,
            @Nullable SqlIdentifier name,
            SqlNodeList columns,
            @Nullable SqlNode condition,
            @Nullable Reference reference) {
        super(pos);
        this.kind = kind;
        this.name = name;
        this.columns = columns;
        this.condition = condition;
        this.reference = reference;
    }

    public static TableConstraint primaryKey(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNodeList columns) {
        return new TableConstraint(pos, Kind.PRIMARY_KEY, name, columns, null, null);
    }

    public static TableConstraint unique(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNodeList columns) {
        return new TableConstraint(pos, Kind.UNIQUE, name, columns, null, null);
    }

    public static TableConstraint check(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNode condition) {
        return new TableConstraint(pos, Kind.CHECK, name, SqlNodeList.EMPTY, condition, null);
    }

    public static TableConstraint foreignKey(
            SqlParserPos pos, @Nullable SqlIdentifier name, SqlNodeList columns, Reference reference) {
        return new TableConstraint(pos, Kind.FOREIGN_KEY, name, columns, null, reference);
    }

    public Kind kind() {
        return kind;
    }

    public Optional<SqlIdentifier> name() {
        return Optional.ofNullable(name);
    }

    /** The key's columns; empty for CHECK. */
    public SqlNodeList columns() {
        return columns;
    }

    /** The condition of CHECK. */
    public Optional<SqlNode> condition() {
        return Optional.ofNullable(condition);
    }

    /** What FOREIGN KEY references. */
    public Optional<Reference> reference() {
        return Optional.ofNullable(reference);
    }
}
