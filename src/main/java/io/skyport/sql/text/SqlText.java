package io.skyport.sql.text;

import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.sql.parser.SkyportParser;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.SourceStringReader;

/** Reads a text with Skyport's grammar. Thread-safe. */
public final class SqlText {

    /** Longer names than any user types; the engine has no limit of its own. */
    private static final int MAX_IDENTIFIER_LENGTH = 1024;

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withConformance(SkyportConformance.INSTANCE)
            .withIdentifierMaxLength(MAX_IDENTIFIER_LENGTH);

    /** Parsers kept for the next text, more than threads parse at a time on most machines. */
    private static final int MOST_IDLE = 16;

    /** A parser holds on to what it read last: in characters. */
    private static final int LONGEST_KEPT = 64 * 1024;

    private static final ArrayBlockingQueue<SkyportParser> IDLE = new ArrayBlockingQueue<>(MOST_IDLE);

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
            SourceStringReader reader = new SourceStringReader(text);
            SkyportParser parser = parser(reader);
            SqlNode statement = SqlParser.create(reader, CONFIG.withParserFactory(given -> parser))
                    .parseStmt();
            keep(parser, text);
            return statement;
        } catch (SqlParseException failure) {
            throw SyntaxErrors.of(failure, text);
        } catch (CalciteContextException failure) {
            throw SyntaxErrors.of(failure);
        } catch (StackOverflowError failure) {
            throw SyntaxErrors.tooDeep(failure);
        }
    }

    private static SkyportParser parser(SourceStringReader reader) {
        SkyportParser idle = IDLE.poll();
        if (idle == null) {
            return (SkyportParser) SkyportParser.FACTORY.getParser(reader);
        }
        idle.read(reader);
        return idle;
    }

    /** Only after a text that was read to its end: a failure leaves a parser in the middle of something. */
    private static void keep(SkyportParser parser, String text) {
        if (text.length() <= LONGEST_KEPT && parser.canReadOn()) {
            IDLE.offer(parser);
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
