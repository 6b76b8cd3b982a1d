package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.SessionChange;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** KILL: stops a statement, or closes a session, by the id that the server's own tables tell. */
public final class Kill extends Statement {

    private final SqlIdentifier what;
    private final SqlLiteral id;

    public Kill(SqlParserPos pos, SqlIdentifier what, SqlLiteral id) {
        super(pos, "KILL " + what.getSimple().toUpperCase(Locale.ROOT));
        this.what = what;
        this.id = id;
    }

    @Override
    public Draft compile(Compilation compilation) {
        String killed = Objects.requireNonNull(id.getValueAs(String.class));
        SessionChange change = switch (what.getSimple().toUpperCase(Locale.ROOT)) {
            case "QUERY" -> new SessionChange.KillQuery(killed);
            case "SESSION" -> new SessionChange.KillSession(killed);
            default -> throw Compilation.error(ErrorCode.SYNTAX_ERROR, "KILL takes QUERY or SESSION", what);
        };
        return Draft.session(compilation.printer(), change);
    }
}
