package io.skyport.sql.statement;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A column of CREATE TABLE: a name, and a type with constraints where no query gives it. */
public final class ColumnDefinition extends TableElement {

    private final SqlIdentifier name;
    private final @Nullable SqlDataTypeSpec type;
    private final List<ColumnConstraint> constraints;

    public ColumnDefinition(
            SqlParserPos pos, SqlIdentifier name, @Nullable SqlDataTypeSpec type, List<ColumnConstraint> constraints) {
        super(pos);
        this.name = name;
        this.type = type;
        this.constraints = List.copyOf(constraints);
    }

    public SqlIdentifier name() {
        return name;
    }

    public Optional<SqlDataTypeSpec> type() {
        return Optional.ofNullable(type);
    }

    public List<ColumnConstraint> constraints() {
        return constraints;
    }
}
