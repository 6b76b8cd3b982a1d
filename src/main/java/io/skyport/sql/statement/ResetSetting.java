package io.skyport.sql.statement;

import io.skyport.sql.SessionChange;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** RESET: gives a session setting its default. */
public final class ResetSetting extends Statement {

    private final SqlIdentifier name;

    public ResetSetting(SqlParserPos pos, SqlIdentifier name) {
        super(pos);
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(
                compilation.printer(),
                new SessionChange.Reset(Settings.named(name).key()));
    }
}
