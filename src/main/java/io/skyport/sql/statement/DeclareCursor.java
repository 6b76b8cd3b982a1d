package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SessionChange.CursorKind;
import io.skyport.sql.StatementKind;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DECLARE CURSOR: opens a cursor over a query, for FETCH. */
public final class DeclareCursor extends Statement {

    private final SqlIdentifier name;
    private final boolean sensitive;
    private final boolean scroll;
    private final boolean held;
    private final SqlParserPos start;
    private final SqlNode query;

    /** @param start where the query starts */
    public DeclareCursor(
            SqlParserPos pos,
            SqlIdentifier name,
            boolean sensitive,
            boolean scroll,
            boolean held,
            SqlParserPos start,
            SqlNode query) {
        super(pos, "DECLARE CURSOR");
        this.name = name;
        this.sensitive = sensitive;
        this.scroll = scroll;
        this.held = held;
        this.start = start;
        this.query = query;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Draft draft = compilation.draft(query);
        if (draft.kind() != StatementKind.QUERY) {
            throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "a cursor is opened over a query", query);
        }
        if (draft.parameters() > 0) {
            throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "the query of DECLARE takes no parameters", query);
        }
        if (sensitive && !scroll) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a SENSITIVE cursor that is no SCROLL cursor is not supported",
                    name);
        }
        return Draft.session(
                compilation.newPrinter(),
                new SessionChange.Declare(name.getSimple(), kind(), held, compilation.textInPlace(start)));
    }

    private CursorKind kind() {
        if (!scroll) {
            return CursorKind.FORWARD_ONLY;
        }
        return sensitive ? CursorKind.KEYSET : CursorKind.STATIC;
    }
}
