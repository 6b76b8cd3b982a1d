package io.skyport.sql.statement;

import io.skyport.sql.SessionChange;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** RESET: gives a session setting its default. */
public final class ResetSetting extends Statement {

    private final @Nullable SqlIdentifier name;

    /** @param name null for all */
    public ResetSetting(SqlParserPos pos, @Nullable SqlIdentifier name) {
        super(pos, "RESET");
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        SessionChange change = name == null
                ? new SessionChange.ResetAll()
                : new SessionChange.Reset(
                        Settings.withoutEffect(name)
                                ? name.getSimple()
                                : Settings.named(name).key());
        return Draft.session(compilation.printer(), change);
    }
}
