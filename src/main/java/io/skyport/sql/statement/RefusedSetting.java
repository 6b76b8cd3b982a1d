package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;

/** SET GLOBAL, SET LOCAL and SET VARIABLE: settings are the session's. */
public final class RefusedSetting extends Statement {

    private final SqlIdentifier scope;

    public RefusedSetting(SqlIdentifier scope) {
        super(scope.getParserPosition(), "SET");
        this.scope = scope;
    }

    @Override
    public Draft compile(Compilation compilation) {
        throw Compilation.error(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "SET " + scope.getSimple().toUpperCase(Locale.ROOT)
                        + " is not supported: SET changes the session, and what is the server's stands in its"
                        + " configuration",
                scope);
    }
}
