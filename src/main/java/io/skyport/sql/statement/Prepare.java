package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.PreparedText;
import io.skyport.sql.SessionChange;
import io.skyport.sql.StatementKind;
import io.skyport.sql.dialect.EngineTypes;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** PREPARE: names a query or DML statement for EXECUTE. */
public final class Prepare extends Statement {

    private final SqlIdentifier name;
    private final List<SqlDataTypeSpec> types;
    private final SqlParserPos start;
    private final SqlNode prepared;

    /** @param start where the statement to prepare starts */
    public Prepare(
            SqlParserPos pos, SqlIdentifier name, List<SqlDataTypeSpec> types, SqlParserPos start, SqlNode prepared) {
        super(pos, "PREPARE");
        this.name = name;
        this.types = types;
        this.start = start;
        this.prepared = prepared;
    }

    @Override
    public Draft compile(Compilation compilation) {
        String key = name.getSimple().toLowerCase(Locale.ROOT);
        if (compilation.names().prepared().containsKey(key)) {
            throw Compilation.error(
                    ErrorCode.DUPLICATE_PREPARED_STATEMENT,
                    "there is a prepared statement \"" + name.getSimple() + "\" already",
                    name);
        }
        Draft draft = compilation.draft(prepared);
        if (prepared instanceof Execute
                || !(draft.kind() == StatementKind.QUERY || draft.kind() == StatementKind.DML)) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "only queries and DML statements can be prepared", prepared);
        }
        PreparedText text = new PreparedText(
                compilation.textFrom(start),
                types.stream().map(EngineTypes::name).toList());
        return Draft.session(compilation.newPrinter(), new SessionChange.Prepare(key, text));
    }
}
