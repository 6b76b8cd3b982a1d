package io.skyport.sql.print;

import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineOnlyOperator;
import io.skyport.sql.dialect.EngineOperators;
import io.skyport.sql.dialect.EngineTypes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;

/** Writes expressions. Every operator's call stands in parentheses, so that the engine binds as the grammar did. */
final class ExpressionPrinter {

    /** What the engine writes between two operands as the grammar does, beside its own operators. */
    private static final Set<String> BINARY = Set.of(
            "+",
            "-",
            "*",
            "/",
            "%",
            "=",
            "<>",
            "<",
            ">",
            "<=",
            ">=",
            "IN",
            "NOT IN",
            "IS DISTINCT FROM",
            "IS NOT DISTINCT FROM");

    private static final Set<String> POSTFIX = Set.of(
            "IS NULL",
            "IS NOT NULL",
            "IS TRUE",
            "IS NOT TRUE",
            "IS FALSE",
            "IS NOT FALSE",
            "IS UNKNOWN",
            "IS NOT UNKNOWN");

    private static final Set<String> JDBC_UNITS =
            Set.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR");

    private static final Set<String> PREFIX = Set.of("NOT", "-", "+");

    private final Printer printer;
    private final LiteralPrinter literals;
    private final OperatorPrinter operators;
    private final ConstructPrinter constructs;
    private final FunctionPrinter functions;
    private final WindowPrinter windows;
    private final StarPrinter stars;

    ExpressionPrinter(Printer printer, KnownFunctions knownFunctions) {
        this.printer = printer;
        this.literals = new LiteralPrinter(printer);
        this.operators = new OperatorPrinter(printer);
        this.constructs = new ConstructPrinter(printer, operators);
        this.windows = new WindowPrinter(printer);
        this.stars = new StarPrinter(printer);
        this.functions = new FunctionPrinter(printer, knownFunctions);
    }

    FunctionPrinter functions() {
        return functions;
    }

    WindowPrinter windows() {
        return windows;
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    void print(SqlNode node) {
        writer().at(node.getParserPosition());
        if (node instanceof SqlIdentifier name) {
            identifier(name);
        } else if (node instanceof SqlLiteral literal) {
            literals.print(literal);
        } else if (node instanceof SqlDynamicParam parameter) {
            printer.parameter(parameter);
        } else if (node instanceof SqlNodeList list) {
            writer().list("(", list, this::print, ")");
        } else if (node instanceof SqlDataTypeSpec type) {
            writer().sql(printer.type(type));
        } else if (Printer.isQuery(node)) {
            subQuery(node);
        } else if (stars.print(node)) {
            return;
        } else if (node instanceof SqlCall call) {
            call(call);
        } else {
            throw Printer.unsupported(node.getKind().sql, node);
        }
    }

    private void subQuery(SqlNode query) {
        if (query instanceof SqlSelect) {
            printer.namelessColumns();
        }
        printer.queries().parenthesized(query);
    }

    private void identifier(SqlIdentifier name) {
        if (printer.isMacroParameter(name)) {
            writer().hole(Hole.Kind.MACRO_PARAMETER, writer().next(Hole.Kind.MACRO_PARAMETER), name.getSimple());
            return;
        }
        if (name.isSimple() && !name.isComponentQuoted(0) && functions.contextVariable(name.getSimple())) {
            return;
        }
        String separator = "";
        for (int i = 0; i < name.names.size(); i++) {
            writer().sql(separator);
            separator = ".";
            if (name.names.get(i).isEmpty()) {
                writer().sql("*");
            } else {
                writer().at(name.getComponentParserPosition(i)).name(name.names.get(i));
            }
        }
    }

    private void call(SqlCall call) {
        if (call instanceof SqlCase cases) {
            cases(cases);
        } else if (call.getOperator() instanceof EngineOnlyOperator) {
            constructs.print(call);
        } else if (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR) {
            operators.chain(call);
        } else if (call.getOperator() instanceof SqlQuantifyOperator quantify) {
            operators.quantified(call, quantify);
        } else if (EngineOperators.binaryOperators().contains(call.getOperator())) {
            operators.engine(call);
        } else if (call.getOperator() instanceof SqlBinaryOperator operator && BINARY.contains(operator.getName())) {
            operators.binary(call, operator.getName());
        } else if (call.getOperator() instanceof SqlPrefixOperator operator && PREFIX.contains(operator.getName())) {
            writer().sql("(" + operator.getName() + (operator.getName().equals("NOT") ? " " : ""));
            print(call.operand(0));
            writer().sql(")");
        } else if (call.getOperator() instanceof SqlPostfixOperator operator && POSTFIX.contains(operator.getName())) {
            writer().sql("(");
            print(call.operand(0));
            writer().sql(" " + operator.getName() + ")");
        } else {
            special(call);
        }
    }

    private void special(SqlCall call) {
        switch (call.getKind()) {
            case BETWEEN -> operators.between(call);
            case LIKE, SIMILAR -> operators.like(call);
            case EXISTS -> {
                writer().sql("EXISTS ");
                print(call.operand(0));
            }
            case CAST -> cast("CAST", call);
            case SAFE_CAST -> cast("TRY_CAST", call);
            case ROW -> writer().list("ROW(", call.getOperandList(), this::print, ")");
            case ARRAY_VALUE_CONSTRUCTOR -> writer().list("ARRAY[", call.getOperandList(), this::print, "]");
            case ARRAY_QUERY_CONSTRUCTOR -> {
                writer().sql("ARRAY ");
                print(call.operand(0));
            }
            case INTERVAL -> interval(call);
            case DEFAULT -> writer().sql("DEFAULT");
            default -> functions.print(call);
        }
    }

    private void cast(String word, SqlCall call) {
        if (call.operandCount() > 2) {
            throw Printer.unsupported("FORMAT in a cast", call.operand(2));
        }
        OptionalInt length =
                call.operand(1) instanceof SqlDataTypeSpec type ? EngineTypes.textLength(type) : OptionalInt.empty();
        if (length.isPresent()) {
            limitedText(word, call, length.getAsInt());
            return;
        }
        writer().sql(word + "(");
        print(call.operand(0));
        writer().sql(" AS ");
        if (call.operand(1) instanceof SqlIntervalQualifier) {
            writer().sql("INTERVAL");
        } else {
            print(call.operand(1));
        }
        writer().sql(")");
    }

    /** The engine reads the length of a text and forgets it. */
    private void limitedText(String word, SqlCall call, int length) {
        int index = writer().next(Hole.Kind.TEXT_START);
        writer().hole(Hole.Kind.TEXT_START, index, word);
        print(call.operand(0));
        writer().hole(Hole.Kind.TEXT_END, index, Integer.toString(length));
    }

    private void cases(SqlCase cases) {
        writer().sql("CASE");
        if (cases.getValueOperand() != null) {
            writer().sql(" ");
            print(cases.getValueOperand());
        }
        for (int i = 0; i < cases.getWhenOperands().size(); i++) {
            SqlNode when = Objects.requireNonNull(cases.getWhenOperands().get(i));
            SqlNode then = Objects.requireNonNull(cases.getThenOperands().get(i));
            for (SqlNode value : when instanceof SqlNodeList list ? list : List.of(when)) {
                writer().sql(" WHEN ");
                print(value);
                writer().sql(" THEN ");
                print(then);
            }
        }
        writer().sql(" ELSE ");
        print(Objects.requireNonNull(cases.getElseOperand()));
        writer().sql(" END");
    }

    /** INTERVAL expression unit. */
    private void interval(SqlCall call) {
        SqlIntervalQualifier qualifier = call.operand(1);
        writer().sql("INTERVAL (");
        print(call.operand(0));
        writer().sql(") " + unit(qualifier));
    }

    /** Also by JDBC's name: SQL_TSI_DAY. */
    static String unit(SqlIntervalQualifier qualifier) {
        String name = qualifier.timeFrameName;
        if (name == null) {
            return qualifier.timeUnitRange.name().toUpperCase(Locale.ROOT);
        }
        String unit = name.toUpperCase(Locale.ROOT).replaceFirst("^SQL_TSI_", "");
        if (!JDBC_UNITS.contains(unit)) {
            throw Printer.error(ErrorCode.INVALID_PARAMETER_VALUE, "\"" + name + "\" is not a unit of time", qualifier);
        }
        return unit;
    }
}
