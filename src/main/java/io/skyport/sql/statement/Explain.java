package io.skyport.sql.statement;

import io.skyport.sql.StatementKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** EXPLAIN: the engine's plan as rows; with ANALYZE the statement runs and is measured. */
public final class Explain extends Statement {

    private final boolean analyze;
    private final SqlNode statement;

    public Explain(SqlParserPos pos, boolean analyze, SqlNode statement) {
        super(pos);
        this.analyze = analyze;
        this.statement = statement;
    }

    @Override
    public Draft compile(Compilation compilation) {
        compilation.printer().sql(analyze ? "EXPLAIN ANALYZE " : "EXPLAIN ");
        Draft explained = compilation.draft(statement);
        Draft explain = Draft.bareQuery(compilation.printer());
        boolean runs = analyze && explained.kind() != StatementKind.QUERY;
        return runs ? explain.as(StatementKind.DML) : explain;
    }
}
