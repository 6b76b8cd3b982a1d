package io.skyport.sql.statement;

import io.skyport.sql.Command;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement that only Skyport's grammar has. Its parts are its own business: Calcite's visitors see none of them. */
public abstract class Statement extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("STATEMENT", SqlKind.OTHER_DDL);

    private final String command;

    /** @param command the words that say what kind of statement it is: CREATE TABLE */
    protected Statement(SqlParserPos pos, String command) {
        super(pos);
        this.command = command;
    }

    /** What kind of statement it is. */
    final Command command() {
        return new Command(command, shape());
    }

    /** How what it returns is meant. */
    Command.Shape shape() {
        return Command.Shape.ROWS;
    }

    @Override
    public final SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public final List<SqlNode> getOperandList() {
        return List.of();
    }

    /** Writes it for the engine. */
    public abstract Draft compile(Compilation compilation);
}
