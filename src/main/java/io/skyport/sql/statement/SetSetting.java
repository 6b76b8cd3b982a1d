package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SET: gives a session setting a value. */
public final class SetSetting extends Statement {

    private final SqlIdentifier name;
    private final SqlNode value;

    public SetSetting(SqlParserPos pos, SqlIdentifier name, SqlNode value) {
        super(pos, "SET");
        this.name = name;
        this.value = value;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(compilation.printer(), Settings.set(name, value, compilation.names()));
    }
}
