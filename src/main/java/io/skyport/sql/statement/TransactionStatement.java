package io.skyport.sql.statement;

import io.skyport.sql.SessionChange;
import org.apache.calcite.sql.parser.SqlParserPos;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, SET TRANSACTION: begins, ends or marks a transaction. */
public final class TransactionStatement extends Statement {

    private final SessionChange change;

    public TransactionStatement(SqlParserPos pos, SessionChange change) {
        super(pos, command(change));
        this.change = change;
    }

    private static String command(SessionChange change) {
        if (change instanceof SessionChange.Begin) {
            return "BEGIN";
        } else if (change instanceof SessionChange.Commit) {
            return "COMMIT";
        } else if (change instanceof SessionChange.Rollback) {
            return "ROLLBACK";
        } else if (change instanceof SessionChange.Savepoint) {
            return "SAVEPOINT";
        } else if (change instanceof SessionChange.RollbackTo) {
            return "ROLLBACK TO SAVEPOINT";
        }
        return change instanceof SessionChange.Release ? "RELEASE SAVEPOINT" : "SET TRANSACTION";
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(compilation.printer(), change);
    }
}
