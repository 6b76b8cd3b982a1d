package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Command;
import io.skyport.sql.ServerFacts;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.KnownFunctions;
import io.skyport.sql.print.PivotValues;
import io.skyport.sql.print.Printer;
import io.skyport.sql.text.SqlText;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What a statement needs to write itself for the engine. One for each compilation. */
public final class Compilation {

    private final String text;
    private final Names names;
    private final KnownFunctions knownFunctions;
    private final PivotValues pivotValues;
    private final ServerFacts server;
    private final Printer printer;

    public Compilation(
            String text, Names names, KnownFunctions knownFunctions, PivotValues pivotValues, ServerFacts server) {
        this.text = text;
        this.names = names;
        this.knownFunctions = knownFunctions;
        this.pivotValues = pivotValues;
        this.server = server;
        this.printer = newPrinter();
    }

    /** Writes a parsed statement of any kind. */
    public Draft draft(SqlNode node) {
        return node instanceof Statement statement
                ? statement.compile(this).called(statement.command())
                : CoreStatements.compile(node, this).called(Command.SELECT);
    }

    /** Writes the statement that another text of the client holds. */
    Draft of(String otherText) {
        return new Compilation(otherText, names, knownFunctions, pivotValues, server).draft(SqlText.parse(otherText));
    }

    /** The client's text from a position to the end of the statement. */
    String textFrom(SqlParserPos start) {
        int offset = 0;
        for (int line = 1; line < start.getLineNum(); line++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return text.substring(offset + start.getColumnNum() - 1);
    }

    /** The text from {@code start} on, behind blanks in place of what is before: places in it stay what they are. */
    String textInPlace(SqlParserPos start) {
        String rest = textFrom(start);
        return text.substring(0, text.length() - rest.length()).replaceAll("\\S", " ") + rest;
    }

    Names names() {
        return names;
    }

    ServerFacts server() {
        return server;
    }

    /** Writes the statement. */
    Printer printer() {
        return printer;
    }

    /** To write the statement once more. */
    Compilation again() {
        return new Compilation(text, names, knownFunctions, pivotValues, server);
    }

    /** Writes another form of the statement. */
    Printer newPrinter() {
        return new Printer(text, names, knownFunctions, pivotValues);
    }

    /** IF NOT EXISTS of what exists: a statement of the same kind that changes nothing. */
    Draft nothing(ObjectName existing) {
        return Creation.nothing(existing.database(), existing.schema(), printer);
    }

    /** For statements whose engine form cannot have parameters. */
    Draft withoutParameters(Draft draft, String statement) {
        if (draft.parameters() > 0) {
            throw new SkyportException(ErrorCode.SYNTAX_ERROR, statement + " takes no parameters");
        }
        return draft;
    }

    static SkyportException error(ErrorCode code, String text, SqlNode node) {
        return error(code, text, node.getParserPosition());
    }

    static SkyportException error(ErrorCode code, String text, SqlParserPos pos) {
        return new SkyportException(code, text, SqlText.position(pos), null);
    }
}
