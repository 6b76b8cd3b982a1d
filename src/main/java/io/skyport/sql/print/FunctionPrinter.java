package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Writes calls of functions: those with a syntax of their own, aggregates, windows, and all others by name. */
final class FunctionPrinter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** They run text or change the engine: nothing that the grammar has not read may reach it. */
    private static final Set<String> REFUSED = Set.of(
            "query",
            "query_table",
            "json_execute_serialized_sql",
            "json_deserialize_sql",
            "from_substrait",
            "from_substrait_json",
            "arrow_scan",
            "arrow_scan_dumb",
            "checkpoint",
            "force_checkpoint",
            "set_config",
            "enable_logging",
            "disable_logging",
            "enable_profiling",
            "disable_profiling",
            "truncate_duckdb_logs",
            "write_log",
            "getenv",
            "duckdb_secrets",
            "which_secret");

    /** JDBC's names of functions that the engine calls otherwise. */
    private static final Map<String, String> JDBC = Map.of(
            "UCASE",
            "upper",
            "LCASE",
            "lower",
            "RAND",
            "random",
            "TRUNCATE",
            "trunc",
            "CURDATE",
            "current_date",
            "LOCATE",
            "strpos",
            "DATABASE",
            "current_database",
            "CHAR",
            "chr");

    /** Table functions whose first argument is a file, a glob or a list of them. */
    private static final Pattern READS_FILES = Pattern.compile("read_.*|parquet_.*|.*_scan|.*_scan_.*|glob|sniff_csv");

    private static final Set<String> SEQUENCES = Set.of("nextval", "currval");

    private final Printer printer;
    private final VolatileFunctions volatileFunctions;
    private final JsonPrinter json;

    FunctionPrinter(Printer printer, VolatileFunctions volatileFunctions) {
        this.printer = printer;
        this.volatileFunctions = volatileFunctions;
        this.json = new JsonPrinter(printer);
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    /** Writes what a name like CURRENT_SCHEMA means for the session; false if it is just a name. */
    boolean contextVariable(String name) {
        String value = switch (name.toLowerCase(Locale.ROOT)) {
            case "current_catalog", "current_database" ->
                printer.names().context().database();
            case "current_schema" -> printer.names().context().schema();
            default -> null;
        };
        if (value == null) {
            return false;
        }
        printer.foundUnlabelled();
        writer().literal(value);
        return true;
    }

    void print(SqlCall call) {
        switch (call.getKind()) {
            case OVER -> {
                print(call.operand(0));
                writer().sql(" OVER ");
                printer.expressions().windows().over(call.operand(1));
            }
            case FILTER -> {
                print(call.operand(0));
                writer().sql(" FILTER (WHERE ");
                printer.expression(call.operand(1));
                writer().sql(")");
            }
            case WITHIN_GROUP -> {
                print(call.operand(0));
                printer.queries().orderList(" WITHIN GROUP (ORDER BY ", call.operand(1));
                writer().sql(")");
            }
            case IGNORE_NULLS -> function(call.operand(0), " IGNORE NULLS");
            case RESPECT_NULLS -> function(call.operand(0), " RESPECT NULLS");
            case EXTRACT -> extract(call);
            case TRIM -> trim(call);
            case POSITION -> position(call);
            case FLOOR, CEIL -> round(call);
            case TIMESTAMP_ADD -> timestampAdd(call);
            case TIMESTAMP_DIFF -> timestampDiff(call);
            case JDBC_FN -> jdbc(call);
            case NEXT_VALUE, CURRENT_VALUE -> sequence(call);
            default -> {
                if (!json.print(call)) {
                    function(call, "");
                }
            }
        }
    }

    /** A function in FROM. */
    void tableFunction(SqlNode node) {
        SqlCall call = (SqlCall) node;
        if (READS_FILES.matcher(name(call)).matches() && call.operandCount() > 0) {
            fileFunction(call);
        } else {
            function(call, "");
        }
    }

    /**
     * The engine's own sandbox lets database files and spilled data through. So the files must stand in the text, where
     * they can be checked.
     */
    private void fileFunction(SqlCall call) {
        writer().at(call.getParserPosition()).sql(name(call) + "(");
        SqlNode files = call.operand(0);
        if (files instanceof SqlCall list && list.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            String separator = "[";
            for (SqlNode file : list.getOperandList()) {
                writer().sql(separator);
                file(file);
                separator = ", ";
            }
            writer().sql("]");
        } else {
            file(files);
        }
        for (SqlNode option : call.getOperandList().subList(1, call.operandCount())) {
            writer().sql(", ");
            argument("", option);
        }
        writer().sql(")");
    }

    private void file(SqlNode file) {
        if (!(file instanceof SqlLiteral literal) || !SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            throw Printer.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "the files that a function reads are given as a literal or as ARRAY[...] of literals",
                    file);
        }
        String location = Objects.requireNonNull(literal.getValueAs(String.class));
        writer().literal(printer.names().file(location, file));
    }

    private static String name(SqlCall call) {
        SqlIdentifier identifier =
                call.getOperator() instanceof SqlFunction function ? function.getSqlIdentifier() : null;
        return (identifier == null ? call.getOperator().getName() : Util.last(identifier.names))
                .toLowerCase(Locale.ROOT);
    }

    private void function(SqlCall call, String nulls) {
        if (!(call.getOperator() instanceof SqlFunction function)) {
            throw Printer.unsupported(call.getOperator().getName(), call);
        }
        SqlIdentifier identifier = function.getSqlIdentifier();
        String name = identifier == null ? function.getName() : identifier.names.get(identifier.names.size() - 1);
        String lower = name.toLowerCase(Locale.ROOT);
        if (REFUSED.contains(lower)) {
            throw Printer.error(ErrorCode.FEATURE_NOT_SUPPORTED, "function " + lower + " is not available", call);
        }
        if (call.operandCount() == 0 && contextVariable(lower)) {
            return;
        }
        if (volatileFunctions.contains(lower)) {
            printer.foundVolatile();
        }
        writer().at(call.getParserPosition());
        if (lower.equals("overlay")) {
            overlay(call);
        } else {
            writer().sql(spelling(function, identifier));
            arguments(lower, call, nulls);
        }
    }

    /** Bare where possible: some names, like COALESCE, are functions only without quotes. */
    private static String spelling(SqlFunction function, @Nullable SqlIdentifier identifier) {
        if (identifier == null) {
            return function.getName();
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < identifier.names.size(); i++) {
            String part = identifier.names.get(i);
            boolean bare =
                    !identifier.isComponentQuoted(i) && PLAIN.matcher(part).matches();
            parts.add(bare ? part : EngineNames.quoted(part));
        }
        return String.join(".", parts);
    }

    private void arguments(String name, SqlCall call, String nulls) {
        writer().sql("(");
        SqlLiteral quantifier = call.getFunctionQuantifier();
        if (quantifier != null) {
            writer().sql(quantifier.toValue() + " ");
        }
        String separator = "";
        for (SqlNode argument : call.getOperandList()) {
            if (argument instanceof SqlNodeList order) {
                printer.queries().orderList(" ORDER BY ", order);
            } else if (isNullTreatment(argument)) {
                writer().sql(" " + ((SqlCall) argument).getOperator().getName());
            } else {
                writer().sql(separator);
                argument(name, argument);
            }
            separator = ", ";
        }
        writer().sql(nulls + ")");
    }

    private static boolean isNullTreatment(SqlNode argument) {
        return argument instanceof SqlCall call
                && (call.getOperator() == EngineOperators.IGNORE_NULLS
                        || call.getOperator() == EngineOperators.RESPECT_NULLS);
    }

    private void argument(String name, SqlNode argument) {
        if (argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            SqlCall assignment = (SqlCall) argument;
            printer.name((SqlIdentifier) assignment.operand(1));
            writer().sql(" := ");
            printer.expression(assignment.operand(0));
        } else if (argument.getKind() == SqlKind.SEPARATOR) {
            printer.expression(((SqlCall) argument).operand(0));
        } else if (SEQUENCES.contains(name) && argument instanceof SqlLiteral literal) {
            sequenceName(Objects.requireNonNull(literal.getValueAs(String.class)), literal);
        } else if (argument instanceof SqlIntervalQualifier unit) {
            writer().literal(ExpressionPrinter.unit(unit));
        } else {
            printer.expression(argument);
        }
    }

    private void extract(SqlCall call) {
        writer().sql("EXTRACT(" + ExpressionPrinter.unit(call.operand(0)) + " FROM ");
        printer.expression(call.operand(1));
        writer().sql(")");
    }

    private void trim(SqlCall call) {
        SqlTrimFunction.Flag flag = ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
        SqlNode written = call.getOperandList().get(1);
        // Where nothing is written, Calcite puts a blank at the place of the call.
        SqlNode characters = written.getParserPosition().equals(call.getParserPosition()) ? null : written;
        writer().sql("TRIM(");
        if (flag != SqlTrimFunction.Flag.BOTH || characters != null) {
            writer().sql(flag + " ");
            if (characters != null) {
                printer.expression(characters);
            }
            writer().sql(" FROM ");
        }
        printer.expression(call.operand(2));
        writer().sql(")");
    }

    private void position(SqlCall call) {
        if (call.operandCount() > 2) {
            throw Printer.unsupported("POSITION with FROM", call);
        }
        writer().sql("POSITION(");
        printer.expression(call.operand(0));
        writer().sql(" IN ");
        printer.expression(call.operand(1));
        writer().sql(")");
    }

    /** FLOOR and CEIL, of a number, or of a time to a unit. */
    private void round(SqlCall call) {
        boolean floor = call.getKind() == SqlKind.FLOOR;
        if (call.operandCount() == 1) {
            boolean ceiling = printer.source(call.getParserPosition()).regionMatches(true, 0, "ceiling", 0, 7);
            String name = floor ? "floor(" : ceiling ? "ceiling(" : "ceil(";
            writer().list(name, call.getOperandList(), printer::expression, ")");
            return;
        }
        String unit = ExpressionPrinter.unit(call.operand(1));
        printer.foundUnlabelled();
        if (floor) {
            truncated(unit, call.operand(0));
            return;
        }
        writer().sql("(CASE WHEN ");
        truncated(unit, call.operand(0));
        writer().sql(" = ");
        printer.expression(call.operand(0));
        writer().sql(" THEN ");
        truncated(unit, call.operand(0));
        writer().sql(" ELSE ");
        truncated(unit, call.operand(0));
        writer().sql(" + INTERVAL 1 " + unit + " END)");
    }

    private void truncated(String unit, SqlNode time) {
        writer().sql("date_trunc('" + unit + "', ");
        printer.expression(time);
        writer().sql(")");
    }

    private void timestampAdd(SqlCall call) {
        printer.foundUnlabelled();
        writer().sql("(");
        printer.expression(call.operand(2));
        writer().sql(" + INTERVAL (");
        printer.expression(call.operand(1));
        writer().sql(") " + ExpressionPrinter.unit(call.operand(0)) + ")");
    }

    /** Whole units, as SQL counts them. */
    private void timestampDiff(SqlCall call) {
        printer.foundUnlabelled();
        writer().sql("date_sub('" + ExpressionPrinter.unit(call.operand(0)) + "', ");
        printer.expression(call.operand(1));
        writer().sql(", ");
        printer.expression(call.operand(2));
        writer().sql(")");
    }

    private void overlay(SqlCall call) {
        printer.foundUnlabelled();
        SqlNode text = call.operand(0);
        SqlNode start = call.operand(2);
        writer().sql("(left(");
        printer.expression(text);
        writer().sql(", ");
        printer.expression(start);
        writer().sql(" - 1) || ");
        printer.expression(call.operand(1));
        writer().sql(" || substr(");
        printer.expression(text);
        writer().sql(", ");
        printer.expression(start);
        writer().sql(" + ");
        if (call.operandCount() > 3) {
            printer.expression(call.operand(3));
        } else {
            writer().list("length(", List.of(call.operand(1)), printer::expression, ")");
        }
        writer().sql("))");
    }

    /** {fn name(...)} */
    private void jdbc(SqlCall call) {
        SqlJdbcFunctionCall function = (SqlJdbcFunctionCall) call.getOperator();
        String name = function.getName()
                .substring(function.getName().lastIndexOf(' ') + 1)
                .replaceAll("[{}]", "");
        if (name.equalsIgnoreCase("TIMESTAMPADD")) {
            timestampAdd(call);
            return;
        }
        if (name.equalsIgnoreCase("TIMESTAMPDIFF")) {
            timestampDiff(call);
            return;
        }
        String spelling = JDBC.getOrDefault(name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        if (!PLAIN.matcher(spelling).matches() || REFUSED.contains(spelling)) {
            throw Printer.unsupported("function " + name, call);
        }
        if (spelling.equals("current_date") || (call.operandCount() == 0 && contextVariable(spelling))) {
            writer().sql(spelling.equals("current_date") ? spelling : "");
            return;
        }
        if (volatileFunctions.contains(spelling)) {
            printer.foundVolatile();
        }
        List<SqlNode> arguments = new ArrayList<>(call.getOperandList());
        if (spelling.equals("strpos")) {
            java.util.Collections.reverse(arguments);
        }
        printer.foundUnlabelled();
        writer().list(spelling + "(", arguments, printer::expression, ")");
    }

    /** NEXT VALUE FOR sequence. */
    private void sequence(SqlCall call) {
        printer.foundVolatile();
        printer.foundUnlabelled();
        SqlIdentifier name = call.operand(0);
        ObjectName sequence = printer.names().target(name);
        writer().sql(call.getKind() == SqlKind.NEXT_VALUE ? "nextval(" : "currval(");
        writer().literal(EngineNames.quoted(sequence)).sql(")");
    }

    /** nextval('sequence') */
    private void sequenceName(String name, SqlLiteral literal) {
        SqlIdentifier identifier =
                new SqlIdentifier(List.of(name.replace("\"", "").split("\\.", -1)), literal.getParserPosition());
        printer.foundUnlabelled();
        writer().literal(EngineNames.quoted(printer.names().target(identifier)));
    }
}
