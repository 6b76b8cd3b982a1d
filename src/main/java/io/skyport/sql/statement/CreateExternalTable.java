package io.skyport.sql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE EXTERNAL TABLE: a table over files. */
public final class CreateExternalTable extends Statement {

    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<SqlNode> columns;
    private final @Nullable SqlIdentifier format;
    private final @Nullable SqlNode location;
    private final @Nullable SqlNodeList options;
    private final @Nullable SqlNodeList partitions;

    public CreateExternalTable(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            List<SqlNode> columns,
            @Nullable SqlIdentifier format,
            @Nullable SqlNode location,
            @Nullable SqlNodeList options,
            @Nullable SqlNodeList partitions) {
        super(pos);
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.columns = List.copyOf(columns);
        this.format = format;
        this.location = location;
        this.options = options;
        this.partitions = partitions;
    }
}
