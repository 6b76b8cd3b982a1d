package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineOperators;
import io.skyport.sql.dialect.FileFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSampleSpec.SqlTableSampleSpec;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlUnnestOperator;

/** Writes what stands in FROM. */
final class FromPrinter {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Printer printer;

    FromPrinter(Printer printer) {
        this.printer = printer;
    }

    private EngineWriter writer() {
        return printer.writer();
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
                        .list("UNNEST(", call.getOperandList(), printer::expression, ")");
                writer().sql(((SqlUnnestOperator) call.getOperator()).withOrdinality ? " WITH ORDINALITY" : "");
            }
            case TABLESAMPLE -> sample(call);
            default -> {
                if (call.getOperator() == EngineOperators.FILE_TABLE) {
                    file(call);
                    writer().sql(" AS ").name(FileFormat.alias(path(call)));
                } else {
                    throw Printer.unsupported(call.getOperator().getName(), call);
                }
            }
        }
    }

    /** A common table expression by its own name, a table by its full one. */
    void table(SqlIdentifier name) {
        writer().at(name.getParserPosition());
        if (name.isSimple() && printer.scope().sees(name.getSimple())) {
            writer().name(name.getSimple());
            return;
        }
        ObjectName table = printer.names().table(name);
        printer.reads(table);
        printer.renamed(table, name);
        writer().name(table);
    }

    private void alias(SqlCall as) {
        SqlNode table = as.operand(0);
        if (table instanceof SqlCall call && call.getOperator() == EngineOperators.FILE_TABLE) {
            file(call);
        } else {
            print(table);
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

    private void sample(SqlCall sample) {
        print(sample.operand(0));
        Object spec = Objects.requireNonNull(((SqlLiteral) sample.operand(1)).getValue());
        if (!(spec instanceof SqlTableSampleSpec table)) {
            throw Printer.unsupported("TABLESAMPLE SUBSTITUTE", sample);
        }
        String percent = table.sampleRate.multiply(HUNDRED).stripTrailingZeros().toPlainString();
        writer().sql(" TABLESAMPLE " + (table.isBernoulli() ? "BERNOULLI" : "SYSTEM") + "(" + percent + " PERCENT)");
        if (table.isRepeatable()) {
            writer().sql(" REPEATABLE (" + table.getRepeatableSeed() + ")");
        } else {
            printer.foundVolatile();
        }
    }

    private void join(SqlJoin join) {
        print(join.getLeft());
        if (join.getJoinType() == JoinType.COMMA) {
            writer().sql(", ");
        } else {
            writer().at(join.getParserPosition())
                    .sql(join.isNatural() ? " NATURAL " : " ")
                    .sql(words(join));
        }
        if (join.getRight() instanceof SqlJoin) {
            writer().sql("(");
            print(join.getRight());
            writer().sql(")");
        } else {
            print(join.getRight());
        }
        condition(join);
    }

    private static String words(SqlJoin join) {
        return switch (join.getJoinType()) {
            case INNER -> "JOIN ";
            case LEFT -> "LEFT JOIN ";
            case RIGHT -> "RIGHT JOIN ";
            case FULL -> "FULL JOIN ";
            case CROSS -> "CROSS JOIN ";
            case LEFT_SEMI_JOIN -> "SEMI JOIN ";
            case LEFT_ANTI_JOIN -> "ANTI JOIN ";
            case ASOF -> "ASOF JOIN ";
            case LEFT_ASOF -> "ASOF LEFT JOIN ";
            default -> throw Printer.unsupported(join.getJoinType() + " join", join);
        };
    }

    private void condition(SqlJoin join) {
        JoinConditionType type = join.getConditionType();
        boolean unconditional =
                join.isNatural() || join.getJoinType() == JoinType.CROSS || join.getJoinType() == JoinType.COMMA;
        if (unconditional != (type == JoinConditionType.NONE)) {
            String problem = unconditional ? "this join takes no condition" : "a join needs ON or USING";
            throw Printer.error(ErrorCode.SYNTAX_ERROR, problem, join);
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
        if (join instanceof SqlAsofJoin asof) {
            writer().sql(" AND ");
            printer.expression(asof.getMatchCondition());
        }
    }
}
