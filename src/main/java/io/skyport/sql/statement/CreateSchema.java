package io.skyport.sql.statement;

import io.skyport.catalog.EnforcedKeys;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.Printer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE SCHEMA. */
public final class CreateSchema extends Statement {

    private final boolean replace;
    private final boolean temporary;
    private final boolean ifNotExists;
    private final SqlIdentifier name;

    public CreateSchema(SqlParserPos pos, boolean replace, boolean temporary, boolean ifNotExists, SqlIdentifier name) {
        super(pos, "CREATE SCHEMA");
        this.replace = replace;
        this.temporary = temporary;
        this.ifNotExists = ifNotExists;
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Creation.requireLasting(temporary, "SCHEMA", this);
        if (replace) {
            throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE OR REPLACE SCHEMA is not supported", this);
        }
        Names names = compilation.names();
        String database = names.database(names.databaseOfSchema(name), name);
        String schema = name.names.get(name.names.size() - 1);
        if (schema.equalsIgnoreCase(EnforcedKeys.SCHEMA) || schema.equalsIgnoreCase(Engine.SYSTEM_DATABASE)) {
            throw Compilation.error(
                    ErrorCode.INVALID_OBJECT_DEFINITION, "the schema \"" + schema + "\" is the server's own", name);
        }
        if (!ifNotExists
                && (Names.isSystemSchema(schema)
                        || names.catalog().schema(database, schema).isPresent())) {
            throw Compilation.error(ErrorCode.DUPLICATE_SCHEMA, "schema \"" + schema + "\" already exists", name);
        }
        Printer printer = compilation.printer();
        printer.sql(ifNotExists ? "CREATE SCHEMA IF NOT EXISTS " : "CREATE SCHEMA ")
                .quoted(database)
                .sql(".")
                .quoted(schema);
        return Draft.ddl(printer);
    }
}
