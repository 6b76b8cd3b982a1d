package io.skyport.sql.statement;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE, from columns or from a query. */
public final class CreateTable extends Statement {

    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<SqlNode> elements;
    private final @Nullable SqlNode query;

    public CreateTable(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            List<SqlNode> elements,
            @Nullable SqlNode query) {
        super(pos);
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.elements = List.copyOf(elements);
        this.query = query;
    }
}
