package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the grammar reads only to say that the engine cannot do it. */
public final class Unsupported extends Statement {

    private final String what;

    public Unsupported(SqlParserPos pos, String what) {
        super(pos);
        this.what = what;
    }

    @Override
    public Draft compile(Compilation compilation) {
        throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported", this);
    }
}
