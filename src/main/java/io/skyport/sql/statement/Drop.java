package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DROP TABLE, VIEW or SCHEMA. */
public final class Drop extends Statement {

    /** What is dropped. */
    public enum Target {
        TABLE,
        VIEW,
        SCHEMA
    }

    private final Target target;
    private final boolean ifExists;
    private final SqlIdentifier name;
    private final boolean cascade;

    public Drop(SqlParserPos pos, Target target, boolean ifExists, SqlIdentifier name, boolean cascade) {
        super(pos);
        this.target = target;
        this.ifExists = ifExists;
        this.name = name;
        this.cascade = cascade;
    }
}
