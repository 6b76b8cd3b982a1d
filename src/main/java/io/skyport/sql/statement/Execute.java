package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.PreparedText;
import io.skyport.sql.names.Nearest;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** EXECUTE: the statement that PREPARE named, its parameters replaced by values. */
public final class Execute extends Statement {

    private final SqlIdentifier name;
    private final List<SqlNode> values;

    public Execute(SqlParserPos pos, SqlIdentifier name, List<SqlNode> values) {
        super(pos, "EXECUTE");
        this.name = name;
        this.values = values;
    }

    @Override
    public Draft compile(Compilation compilation) {
        PreparedText prepared = prepared(compilation);
        Draft draft = compilation.of(prepared.text());
        if (draft.parameters() != values.size()) {
            throw Compilation.error(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "the prepared statement \"" + name.getSimple() + "\" has " + draft.parameters()
                            + " parameters, and " + values.size() + " values were given",
                    name);
        }
        Printer counter = compilation.newPrinter();
        List<EngineText> written = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            counter.expression(values.get(i));
            written.add(written(
                    values.get(i),
                    i < prepared.types().size() ? prepared.types().get(i) : null,
                    compilation));
        }
        return draft.executed(written, counter.parameters());
    }

    private EngineText written(SqlNode value, @Nullable String type, Compilation compilation) {
        Printer printer = compilation.newPrinter();
        if (type != null) {
            return printer.sql("CAST(")
                    .expression(value)
                    .sql(" AS " + type + ")")
                    .text();
        }
        boolean bare = value instanceof SqlDynamicParam;
        return bare
                ? printer.expression(value).text()
                : printer.sql("(").expression(value).sql(")").text();
    }

    private PreparedText prepared(Compilation compilation) {
        Map<String, PreparedText> statements = compilation.names().prepared();
        PreparedText prepared = statements.get(name.getSimple().toLowerCase(Locale.ROOT));
        if (prepared == null) {
            throw unknown(name, statements);
        }
        return prepared;
    }

    static SkyportException unknown(SqlIdentifier name, Map<String, PreparedText> statements) {
        return Compilation.error(
                ErrorCode.INVALID_STATEMENT_NAME,
                "there is no prepared statement \"" + name.getSimple() + "\""
                        + Nearest.suggestion(name.getSimple(), statements.keySet().stream()),
                name);
    }
}
