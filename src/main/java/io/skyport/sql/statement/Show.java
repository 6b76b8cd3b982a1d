package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SHOW: lists names or settings. */
public final class Show extends Statement {

    /** What is shown. */
    public enum What {
        TABLES,
        SCHEMAS,
        DATABASES,
        COLUMNS,
        ALL,
        SETTING
    }

    private final What what;
    private final @Nullable SqlIdentifier name;

    public Show(SqlParserPos pos, What what, @Nullable SqlIdentifier name) {
        super(pos);
        this.what = what;
        this.name = name;
    }
}
