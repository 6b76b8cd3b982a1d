package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the grammar reads only to say that the engine cannot do it. */
public final class Unsupported extends Statement {

    private final String what;

    public Unsupported(SqlParserPos pos, String what) {
        super(pos, what);
        this.what = what;
    }

    /** Refuses a part of a statement while it is read. */
    public static void refuse(SqlParserPos pos, String what) {
        throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported", pos);
    }

    @Override
    public Draft compile(Compilation compilation) {
        throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported", this);
    }
}
