package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE SCHEMA. */
public final class CreateSchema extends Statement {

    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;

    public CreateSchema(SqlParserPos pos, boolean replace, boolean ifNotExists, SqlIdentifier name) {
        super(pos);
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
    }
}
