package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Isolation;
import io.skyport.sql.SessionChange;
import io.skyport.sql.text.SqlText;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The modes that a transaction is given, each at most once. Filled by the grammar. */
public final class TransactionModes {

    private @Nullable Isolation isolation;
    private @Nullable Boolean readOnly;

    public void isolation(Isolation level, SqlParserPos pos) {
        requireNull(isolation, pos);
        isolation = level;
    }

    public void readOnly(boolean only, SqlParserPos pos) {
        requireNull(readOnly, pos);
        readOnly = only;
    }

    /** What BEGIN does. */
    public SessionChange begin() {
        return new SessionChange.Begin(isolation, readOnly);
    }

    /** What SET TRANSACTION does. */
    public SessionChange set() {
        return new SessionChange.SetTransaction(isolation, readOnly);
    }

    private static void requireNull(@Nullable Object mode, SqlParserPos pos) {
        if (mode != null) {
            throw new SkyportException(
                    ErrorCode.SYNTAX_ERROR, "a transaction's mode is given twice", SqlText.position(pos), null);
        }
    }
}
