package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementKind;
import io.skyport.sql.names.Nearest;
import io.skyport.sql.text.SqlText;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** EXPLAIN: the engine's plan as rows; with ANALYZE the statement runs and is measured. */
public final class Explain extends Statement {

    private static final List<String> FORMATS = List.of("text", "json", "yaml", "html", "graphviz", "mermaid");

    private final Options options;
    private final SqlNode statement;

    /** How it explains. Filled by the grammar. */
    public static final class Options {
        private boolean analyze;
        private @Nullable String format;

        public void analyze() {
            analyze = true;
        }

        public void format(String name, SqlParserPos pos) {
            format = name.toLowerCase(Locale.ROOT);
            if (!FORMATS.contains(format)) {
                throw new SkyportException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "a plan's format is one of " + String.join(", ", FORMATS)
                                + Nearest.suggestion(format, FORMATS.stream()),
                        SqlText.position(pos),
                        null);
            }
        }

        private String sql() {
            if (format == null) {
                return analyze ? "EXPLAIN ANALYZE " : "EXPLAIN ";
            }
            return "EXPLAIN (" + (analyze ? "ANALYZE, " : "") + "FORMAT " + format + ") ";
        }
    }

    public Explain(SqlParserPos pos, Options options, SqlNode statement) {
        super(pos, "EXPLAIN");
        this.options = options;
        this.statement = statement;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Draft explained = compilation.draft(statement);
        if (statement instanceof Explain || explained.text().sql().isEmpty()) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "EXPLAIN explains queries, DML and DDL", statement);
        }
        boolean runs = options.analyze && explained.kind() != StatementKind.QUERY;
        if (runs && explained.kind() == StatementKind.DDL) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "EXPLAIN ANALYZE runs queries and DML, no DDL", statement);
        }
        return explained.explained(options.sql(), runs ? StatementKind.DML : StatementKind.QUERY);
    }
}
