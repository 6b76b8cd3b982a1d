package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** FETCH: rows of a cursor. MOVE: past them. */
public final class FetchCursor extends Statement {

    private final SqlIdentifier name;
    private final CursorStep step;
    private final boolean rows;

    /** @param rows whether it gives them */
    public FetchCursor(SqlParserPos pos, SqlIdentifier name, CursorStep step, boolean rows) {
        super(pos, rows ? "FETCH" : "MOVE");
        this.name = name;
        this.step = step;
        this.rows = rows;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(compilation.printer(), step.of(name.getSimple(), rows));
    }
}
