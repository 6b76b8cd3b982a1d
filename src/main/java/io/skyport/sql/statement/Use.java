package io.skyport.sql.statement;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** USE: where unqualified names are looked up from now on. */
public final class Use extends Statement {

    private final SqlIdentifier name;

    public Use(SqlParserPos pos, SqlIdentifier name) {
        super(pos, "USE");
        this.name = name;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.session(compilation.printer(), compilation.names().use(name));
    }
}
