package io.skyport.sql.substrait;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.expression.EnumArg;
import io.substrait.expression.Expression;
import io.substrait.expression.FieldReference;
import io.substrait.expression.FieldReference.ReferenceSegment;
import io.substrait.expression.FieldReference.StructField;
import io.substrait.expression.FunctionArg;
import io.substrait.expression.FunctionOption;
import io.substrait.isthmus.ConverterProvider;
import io.substrait.isthmus.SubstraitRelNodeConverter.Context;
import io.substrait.isthmus.expression.ExpressionRexConverter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Expressions of a plan as Calcite's: Isthmus' reading, where that is right for the engine. Of one plan. */
final class PlanExpressions extends ExpressionRexConverter {

    private static final Set<SqlKind> TESTS =
            EnumSet.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT, SqlKind.IS_NULL, SqlKind.IS_NOT_NULL, SqlKind.LIKE);

    private static final String CASE_SENSITIVITY = "case_sensitivity";

    /** The rows that the innermost relation's expressions refer to. */
    private final Deque<RelDataType> rows = new ArrayDeque<>();

    private boolean plain;

    PlanExpressions(ConverterProvider provider) {
        super(
                provider.getTypeFactory(),
                provider.getScalarFunctionConverter(),
                provider.getWindowFunctionConverter(),
                provider.getTypeConverter());
    }

    /** What {@code reading} gives, with references that mean fields of {@code row}. */
    <T> T over(RelDataType row, Supplier<T> reading) {
        rows.push(row);
        try {
            return reading.get();
        } finally {
            rows.pop();
        }
    }

    // The engine takes the smallest type that holds a literal, and computes in it.

    @Override
    public RexNode visit(Expression.I8Literal literal, Context context) {
        return typed(super.visit(literal, context));
    }

    @Override
    public RexNode visit(Expression.I16Literal literal, Context context) {
        return typed(super.visit(literal, context));
    }

    @Override
    public RexNode visit(Expression.I64Literal literal, Context context) {
        return typed(super.visit(literal, context));
    }

    @Override
    public RexNode visit(Expression.FP32Literal literal, Context context) {
        return typed(super.visit(literal, context));
    }

    /** What {@code reading} gives, with literals as they are: for rows of nothing else. */
    <T> T ofLiterals(Supplier<T> reading) {
        plain = true;
        try {
            return reading.get();
        } finally {
            plain = false;
        }
    }

    private RexNode typed(RexNode literal) {
        return plain ? literal : rexBuilder.makeAbstractCast(literal.getType(), literal, false);
    }

    @Override
    public RexNode visit(Expression.NullLiteral literal, Context context) {
        return typed(super.visit(literal, context));
    }

    @Override
    public RexNode visit(FieldReference reference, Context context) {
        List<ReferenceSegment> segments = reference.segments();
        if (reference.isOuterReference() || reference.isLambdaParameterReference()) {
            return super.visit(reference, context);
        }
        RexNode value = reference
                .inputExpression()
                .map(expression -> expression.accept(this, context))
                .orElse(null);
        for (int i = segments.size() - 1; i >= 0; i--) {
            value = field(value, segments.get(i));
        }
        if (value == null) {
            throw unsupported("a reference to the whole row");
        }
        return value;
    }

    private RexNode field(@Nullable RexNode value, ReferenceSegment segment) {
        if (!(segment instanceof StructField field)) {
            throw unsupported(segment.getClass().getSimpleName().replace("Immutable", ""));
        }
        RelDataType row = value == null ? row() : value.getType();
        List<RelDataTypeField> fields = row.getFieldList();
        if (field.offset() < 0 || field.offset() >= fields.size()) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "The plan refers to field " + field.offset() + " of " + fields.size() + " (counted from 0)");
        }
        return value == null
                ? new RexInputRef(field.offset(), fields.get(field.offset()).getType())
                : rexBuilder.makeFieldAccess(value, field.offset());
    }

    private RelDataType row() {
        RelDataType row = rows.peek();
        if (row == null) {
            throw new SkyportException(ErrorCode.DATA_EXCEPTION, "The plan refers to a field where there are none");
        }
        return row;
    }

    @Override
    public RexNode visit(Expression.ScalarFunctionInvocation call, Context context) {
        if (call.declaration() == PlanParameter.FUNCTION) {
            return parameter(call);
        }
        String name = call.declaration().name().toLowerCase(Locale.ROOT);
        boolean anyCase = anyCase(call);
        if (anyCase && !name.equals("like")) {
            throw PlanFunctions.unsupported(name + " with " + CASE_SENSITIVITY);
        }
        if (name.equals("extract")) {
            return extract(call, context);
        }
        List<RexNode> arguments = withoutNoEscape(name, arguments(call, context));
        if (anyCase) {
            return rexBuilder.makeCall(type(call, arguments), SqlLibraryOperators.ILIKE, arguments);
        }
        return ScalarForms.call(name, rexBuilder, type(call, arguments), arguments)
                .orElseGet(() -> known(call, name, arguments));
    }

    private static List<RexNode> withoutNoEscape(String name, List<RexNode> arguments) {
        boolean none = name.equals("like")
                && arguments.size() > 2
                && RexLiteral.isNullLiteral(RexUtil.removeCast(arguments.get(2)));
        return none ? arguments.subList(0, 2) : arguments;
    }

    private RexNode known(Expression.ScalarFunctionInvocation call, String name, List<RexNode> arguments) {
        SqlOperator operator = ofTime(name, arguments)
                .or(() -> scalarFunctionConverter.getSqlOperatorFromSubstraitFunc(
                        call.declaration().key(), call.outputType()))
                .orElseThrow(() -> PlanFunctions.unsupported(call.declaration().key()));
        if (arguments.size() == 1 && (operator.getKind() == SqlKind.AND || operator.getKind() == SqlKind.OR)) {
            return arguments.get(0);
        }
        if (!operator.validRexOperands(arguments.size(), Litmus.IGNORE)) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "The plan calls " + call.declaration().key() + " with " + arguments.size() + " arguments");
        }
        return untyped(call) || tests(operator)
                ? rexBuilder.makeCall(operator, arguments)
                : rexBuilder.makeCall(typeConverter.toCalcite(typeFactory, call.outputType()), operator, arguments);
    }

    /** Whether it gives a boolean, of which some producers tell that it is what is compared. */
    private static boolean tests(SqlOperator operator) {
        return SqlKind.COMPARISON.contains(operator.getKind()) || TESTS.contains(operator.getKind());
    }

    /** Dates and intervals have operators of their own. */
    private static Optional<SqlOperator> ofTime(String name, List<RexNode> arguments) {
        boolean interval = arguments.stream()
                .anyMatch(each ->
                        SqlTypeName.INTERVAL_TYPES.contains(each.getType().getSqlTypeName()));
        return switch (name) {
            case "add" -> Optional.of(interval ? SqlStdOperatorTable.DATETIME_PLUS : SqlStdOperatorTable.PLUS);
            case "subtract" -> Optional.of(interval ? SqlStdOperatorTable.MINUS_DATE : SqlStdOperatorTable.MINUS);
            default -> Optional.empty();
        };
    }

    private static boolean untyped(Expression.ScalarFunctionInvocation call) {
        return call.options().stream().anyMatch(option -> option.getName().equals(PlanSpelling.UNTYPED));
    }

    /** The value's type, or one like it if the plan does not tell. */
    private RelDataType type(Expression.ScalarFunctionInvocation call, List<RexNode> arguments) {
        return untyped(call)
                ? ScalarForms.type(call.declaration().name(), typeFactory, arguments)
                : typeConverter.toCalcite(typeFactory, call.outputType());
    }

    private List<RexNode> arguments(Expression.ScalarFunctionInvocation call, Context context) {
        List<RexNode> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            FunctionArg argument = call.arguments().get(i);
            arguments.add(argument.accept(call.declaration(), i, this, context));
        }
        return arguments;
    }

    private static boolean anyCase(Expression.ScalarFunctionInvocation call) {
        return call.options().stream()
                .filter(option -> option.getName().equals(CASE_SENSITIVITY))
                .map(FunctionOption::values)
                .anyMatch(values -> !values.contains("CASE_SENSITIVE"));
    }

    private RexNode parameter(Expression.ScalarFunctionInvocation call) {
        int reference = ((Expression.I32Literal) call.arguments().get(0)).value();
        RelDataType type = typeConverter.toCalcite(typeFactory, call.outputType());
        return rexBuilder.makeAbstractCast(type, rexBuilder.makeDynamicParam(type, reference), false);
    }

    /** The unit is a word, or text with some producers; months may be counted from 0. */
    private RexNode extract(Expression.ScalarFunctionInvocation call, Context context) {
        RelDataType type = typeConverter.toCalcite(typeFactory, call.outputType());
        List<FunctionArg> arguments = call.arguments();
        String unit = word(arguments.get(0)).toUpperCase(Locale.ROOT);
        int values = 1;
        boolean fromZero = false;
        if (arguments.size() > 2 && arguments.get(1) instanceof EnumArg indexing) {
            fromZero = indexing.value().orElse("ONE").equals("ZERO");
            values = 2;
        }
        if (arguments.size() > values + 1) {
            throw PlanFunctions.unsupported(call.declaration().key() + " with a time zone");
        }
        RexNode value = arguments.get(values).accept(call.declaration(), values, this, context);
        RexNode part =
                rexBuilder.makeCall(type, SqlStdOperatorTable.EXTRACT, List.of(rexBuilder.makeFlag(unit(unit)), value));
        return fromZero
                ? rexBuilder.makeCall(
                        type,
                        SqlStdOperatorTable.MINUS,
                        List.of(part, rexBuilder.makeExactLiteral(java.math.BigDecimal.ONE)))
                : part;
    }

    private static String word(FunctionArg argument) {
        if (argument instanceof EnumArg word) {
            return word.value().orElse("");
        } else if (argument instanceof Expression.StrLiteral text) {
            return text.value();
        } else if (argument instanceof Expression.VarCharLiteral text) {
            return text.value();
        } else if (argument instanceof Expression.FixedCharLiteral text) {
            return text.value();
        }
        return "";
    }

    private static TimeUnitRange unit(String unit) {
        return switch (unit) {
            case "YEAR" -> TimeUnitRange.YEAR;
            case "ISO_YEAR" -> TimeUnitRange.ISOYEAR;
            case "QUARTER" -> TimeUnitRange.QUARTER;
            case "MONTH" -> TimeUnitRange.MONTH;
            case "ISO_WEEK", "WEEK" -> TimeUnitRange.WEEK;
            case "DAY" -> TimeUnitRange.DAY;
            case "DAY_OF_YEAR", "DOY" -> TimeUnitRange.DOY;
            case "MONDAY_DAY_OF_WEEK", "ISODOW" -> TimeUnitRange.ISODOW;
            case "DOW" -> TimeUnitRange.DOW;
            case "HOUR" -> TimeUnitRange.HOUR;
            case "MINUTE" -> TimeUnitRange.MINUTE;
            case "SECOND" -> TimeUnitRange.SECOND;
            case "UNIX_TIME", "EPOCH" -> TimeUnitRange.EPOCH;
            default -> throw PlanFunctions.unsupported("extract of " + unit);
        };
    }

    @Override
    public RexNode visitFallback(Expression expression, Context context) {
        throw unsupported(expression.getClass().getSimpleName().replace("Immutable", ""));
    }

    static SkyportException unsupported(String what) {
        return new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "The Substrait expression " + what + " is not supported");
    }

    /** Whether a literal says that all is so. */
    static boolean isTrue(RexNode condition) {
        return condition instanceof RexLiteral literal
                && literal.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
                && RexLiteral.booleanValue(literal);
    }
}
