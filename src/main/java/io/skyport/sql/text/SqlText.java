package io.skyport.sql.text;

import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.sql.parser.SkyportParser;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads a text with Skyport's grammar. Stateless. */
public final class SqlText {

    /** Longer names than any user types; the engine has no limit of its own. */
    private static final int MAX_IDENTIFIER_LENGTH = 1024;

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SkyportParser.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withConformance(SkyportConformance.INSTANCE)
            .withIdentifierMaxLength(MAX_IDENTIFIER_LENGTH);

    private SqlText() {}

    /**
     * The one statement of {@code text}.
     *
     * @throws SkyportException 42601 with the position of what does not fit; 54001 if it is nested too deeply
     */
    public static SqlNode parse(String text) {
        if (text.isBlank()) {
            throw SyntaxErrors.empty(text);
        }
        try {
            return SqlParser.create(text, CONFIG).parseStmt();
        } catch (SqlParseException failure) {
            throw SyntaxErrors.of(failure, text);
        } catch (CalciteContextException failure) {
            throw SyntaxErrors.of(failure);
        } catch (StackOverflowError failure) {
            throw SyntaxErrors.tooDeep(failure);
        }
    }

    /** Where a node starts. */
    public static SqlPosition position(SqlParserPos pos) {
        return new SqlPosition(Math.max(1, pos.getLineNum()), Math.max(1, pos.getColumnNum()));
    }

    /** Where Calcite says that something is wrong. */
    public static SqlPosition position(CalciteContextException failure) {
        return new SqlPosition(Math.max(1, failure.getPosLine()), Math.max(1, failure.getPosColumn()));
    }
}
