package io.skyport.sql.print;

import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SystemTables;
import io.skyport.catalog.Table;
import io.skyport.engine.LiveTable;
import io.skyport.error.ErrorCode;
import io.skyport.sql.ServerFacts;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineOperators;
import io.skyport.sql.dialect.FileFormat;
import io.skyport.sql.query.Join;
import io.skyport.sql.query.PivotedTable;
import io.skyport.sql.query.QueryOperators;
import io.skyport.sql.query.SampledTable;
import io.skyport.sql.query.UnpivotedTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlUnnestOperator;

/** Writes what stands in FROM. */
final class FromPrinter {

    /** Where a recursive query keeps what it has found: DuckDB's {@code recurring.name}. */
    private static final String RECURRING = "recurring";

    private final Printer printer;
    private final SamplePrinter samples;
    private final PivotPrinter pivots;

    FromPrinter(Printer printer) {
        this.printer = printer;
        this.samples = new SamplePrinter(printer);
        this.pivots = new PivotPrinter(printer);
    }

    SamplePrinter samples() {
        return samples;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    PivotPrinter pivots() {
        return pivots;
    }

    void print(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            table(name);
        } else if (node instanceof SqlJoin join) {
            join(join);
        } else if (node instanceof SqlTableRef reference) {
            // What is left beside the name are hints, which the engine does not take.
            table((SqlIdentifier) reference.operand(0));
        } else if (Printer.isQuery(node)) {
            printer.queries().parenthesized(node);
        } else if (node instanceof Listing listing) {
            writer().sql("(");
            listing.print(printer);
            writer().sql(")");
        } else if (node instanceof SampledTable sampled) {
            print(sampled.table());
            writer().sql(" TABLESAMPLE ");
            samples.print(sampled.sample());
        } else if (node instanceof PivotedTable pivoted) {
            pivots.pivot(pivoted);
        } else if (node instanceof UnpivotedTable unpivoted) {
            pivots.unpivot(unpivoted);
        } else {
            call((SqlCall) node);
        }
    }

    private void call(SqlCall call) {
        switch (call.getKind()) {
            case AS -> alias(call);
            case LATERAL -> {
                writer().sql("LATERAL ");
                print(call.operand(0));
            }
            case COLLECTION_TABLE -> printer.expressions().functions().tableFunction(call.operand(0));
            case UNNEST -> {
                printer.writer()
                        .at(call.getParserPosition())
                        .list(
                                "UNNEST(",
                                call.getOperandList(),
                                argument -> printer.expressions().functions().argument("", argument),
                                ")");
                writer().sql(((SqlUnnestOperator) call.getOperator()).withOrdinality ? " WITH ORDINALITY" : "");
            }
            default -> {
                if (call.getOperator() == EngineOperators.FILE_TABLE) {
                    file(call);
                    writer().sql(" AS ").name(FileFormat.alias(path(call)));
                } else if (call.getOperator() == QueryOperators.WITH_ORDINALITY) {
                    print(call.operand(0));
                    writer().sql(" WITH ORDINALITY");
                } else {
                    throw Printer.unsupported(call.getOperator().getName(), call);
                }
            }
        }
    }

    /** A common table expression by its own name, a table by its full one. */
    void table(SqlIdentifier name) {
        writer().at(name.getParserPosition());
        if (printer.isCommonTable(name)) {
            writer().name(name.getSimple());
            return;
        }
        if (isRecurring(name)) {
            writer().sql(RECURRING + ".").name(name.names.get(1));
            return;
        }
        Optional<Table> system = printer.names().systemTable(name);
        if (system.isPresent()) {
            systemTable(system.get(), name);
            writer().sql(" AS ").name(system.get().name().name());
            return;
        }
        ObjectName table = printer.names().table(name);
        printer.reads(table);
        printer.renamed(table, name);
        writer().name(table);
    }

    /** All rows of a table as a query. */
    void whole(SqlIdentifier name) {
        boolean system = !printer.isCommonTable(name)
                && printer.names().systemTable(name).isPresent();
        writer().sql(system ? "FROM " : "TABLE ");
        table(name);
    }

    /** The rows of it that the statement's user may see. */
    private void systemTable(Table table, SqlIdentifier name) {
        if (printer.askedLater()) {
            throw Printer.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "what the server tells about itself depends on who asks: views and macros cannot read it",
                    name);
        }
        printer.reads(table.name());
        printer.foundVolatile();
        String separator = "(SELECT ";
        for (Column column : table.columns()) {
            writer().sql(separator).name(column.name());
            separator = ", ";
        }
        writer().sql(" FROM ");
        if (table == SystemTables.QUERIES) {
            writer().name(table.name());
        } else {
            writer().sql(LiveTable.FUNCTION_PREFIX + table.name().name() + "()");
        }
        if (!printer.names().context().roles().contains(ServerFacts.ADMIN)) {
            writer().sql(" WHERE ")
                    .name(SystemTables.USER)
                    .sql(" = " + printer.names().viewer());
        }
        writer().sql(")");
    }

    private boolean isRecurring(SqlIdentifier name) {
        return name.names.size() == 2
                && name.names.get(0).equalsIgnoreCase(RECURRING)
                && printer.scope().sees(name.names.get(1));
    }

    private void alias(SqlCall as) {
        SqlNode table = as.operand(0);
        if (table instanceof SqlCall call && call.getOperator() == EngineOperators.FILE_TABLE) {
            file(call);
        } else if (table instanceof SqlIdentifier name
                && !printer.isCommonTable(name)
                && printer.names().systemTable(name).isPresent()) {
            writer().at(name.getParserPosition());
            systemTable(printer.names().systemTable(name).get(), name);
        } else {
            operand(table);
        }
        writer().sql(" AS ");
        printer.name((SqlIdentifier) as.operand(1));
        List<SqlNode> operands = as.getOperandList();
        if (operands.size() > 2) {
            printer.names(new SqlNodeList(operands.subList(2, operands.size()), as.getParserPosition()));
        }
    }

    private static String path(SqlCall file) {
        return Objects.requireNonNull(((SqlLiteral) file.operand(0)).getValueAs(String.class));
    }

    private void file(SqlCall file) {
        String path = path(file);
        FileFormat format = FileFormat.ofPath(path)
                .orElseThrow(() -> Printer.error(
                        ErrorCode.UNDEFINED_TABLE,
                        "the name of a file in FROM ends with .parquet, .csv, .tsv, .json, .jsonl or .ndjson"
                                + " (or one of them and .gz or .zst)",
                        file));
        writer().at(file.getParserPosition())
                .sql(format.function() + "("
                        + EngineNames.literal(printer.names().file(path, file)) + ")");
    }

    /** What a join can only be in parentheses. */
    void operand(SqlNode table) {
        if (table instanceof SqlJoin) {
            writer().sql("(");
            print(table);
            writer().sql(")");
        } else {
            print(table);
        }
    }

    private void join(SqlJoin join) {
        print(join.getLeft());
        if (join.getJoinType() == JoinType.COMMA) {
            writer().sql(", ");
            print(join.getRight());
            return;
        }
        writer().at(join.getParserPosition())
                .sql(join.isNatural() ? " NATURAL " : " ")
                .sql(((Join) join).words());
        operand(join.getRight());
        condition(join);
    }

    private void condition(SqlJoin join) {
        JoinConditionType type = join.getConditionType();
        boolean unconditional = join.isNatural() || join.getJoinType() == JoinType.CROSS;
        if (!unconditional && type == JoinConditionType.NONE) {
            throw Printer.error(ErrorCode.SYNTAX_ERROR, "a join needs ON or USING", join);
        }
        SqlNode condition = join.getCondition();
        if (condition == null) {
            return;
        }
        if (type == JoinConditionType.USING) {
            writer().sql(" USING ");
            printer.names((SqlNodeList) condition);
            return;
        }
        writer().sql(" ON ");
        printer.expression(condition);
    }
}
