package io.skyport.sql.statement;

import io.skyport.sql.SessionChange;
import org.apache.calcite.sql.parser.SqlParserPos;

/** BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, SET TRANSACTION: begins, ends or marks a transaction. */
public final class TransactionStatement extends Statement {

    private final SessionChange change;

    public TransactionStatement(SqlParserPos pos, SessionChange change) {
        super(pos);
        this.change = change;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(compilation.printer(), change);
    }
}
