package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
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

    @Override
    public Draft compile(Compilation compilation) {
        if (replace) {
            throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE OR REPLACE SCHEMA is not supported", this);
        }
        Printer printer = compilation.printer();
        String database = compilation.names().databaseOfSchema(name);
        printer.sql(ifNotExists ? "CREATE SCHEMA IF NOT EXISTS " : "CREATE SCHEMA ")
                .quoted(database)
                .sql(".")
                .quoted(name.names.get(name.names.size() - 1));
        return Draft.ddl(printer);
    }
}
