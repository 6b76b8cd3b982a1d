package io.skyport.sql.statement;

import io.skyport.sql.SessionChange;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CLOSE: a cursor, or all of the session. */
public final class CloseCursor extends Statement {

    private final @Nullable SqlIdentifier name;

    /** @param name null for all */
    public CloseCursor(SqlParserPos pos, @Nullable SqlIdentifier name) {
        super(pos, "CLOSE CURSOR");
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(
                compilation.printer(), new SessionChange.CloseCursor(name == null ? null : name.getSimple()));
    }
}
