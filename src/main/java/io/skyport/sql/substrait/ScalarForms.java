package io.skyport.sql.substrait;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.AND;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.CASE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NULL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.NOT;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.NOT_EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.OR;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** Scalar functions of Substrait that Isthmus does not read, or reads as what is something else here. */
final class ScalarForms {

    /** What a call becomes. */
    private interface Form {
        RexNode of(RexBuilder rex, RelDataType type, List<RexNode> arguments);
    }

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry(
                    "and_not",
                    (rex, type, arguments) -> rex.makeCall(AND, arguments.get(0), rex.makeCall(NOT, arguments.get(1)))),
            Map.entry("xor", (rex, type, arguments) -> rex.makeCall(NOT_EQUALS, arguments)),
            Map.entry(
                    "between",
                    (rex, type, arguments) -> rex.makeCall(
                            AND,
                            rex.makeCall(GREATER_THAN_OR_EQUAL, arguments.get(0), arguments.get(1)),
                            rex.makeCall(LESS_THAN_OR_EQUAL, arguments.get(0), arguments.get(2)))),
            Map.entry("least", (rex, type, arguments) -> nullIfAnyIs(rex, type, function("least"), arguments)),
            Map.entry("greatest", (rex, type, arguments) -> nullIfAnyIs(rex, type, function("greatest"), arguments)),
            Map.entry("least_skip_null", engine("least")),
            Map.entry("greatest_skip_null", engine("greatest")),
            Map.entry("nullif", engine("nullif")),
            Map.entry("is_nan", engine("isnan")),
            Map.entry("is_finite", engine("isfinite")),
            Map.entry("is_infinite", engine("isinf")),
            Map.entry("bitwise_and", infix("&")),
            Map.entry("bitwise_or", infix("|")),
            Map.entry("bitwise_xor", engine("xor")),
            Map.entry("shift_left", infix("<<")),
            Map.entry("shift_right", infix(">>")),
            Map.entry("contains", engine("contains")),
            Map.entry("starts_with", engine("starts_with")),
            Map.entry("ends_with", engine("ends_with")),
            Map.entry("strpos", engine("strpos")),
            Map.entry("trim", engine("trim")),
            Map.entry("ltrim", engine("ltrim")),
            Map.entry("rtrim", engine("rtrim")),
            Map.entry("concat_ws", engine("concat_ws")),
            Map.entry("reverse", engine("reverse")),
            Map.entry("repeat", engine("repeat")),
            Map.entry("bit_length", engine("bit_length")),
            Map.entry("octet_length", engine("strlen")),
            Map.entry("string_split", engine("string_split")),
            Map.entry(
                    "log1p",
                    (rex, type, arguments) -> rex.makeCall(
                            type,
                            function("ln"),
                            List.of(rex.makeCall(
                                    type,
                                    org.apache.calcite.sql.fun.SqlStdOperatorTable.PLUS,
                                    List.of(rex.makeExactLiteral(java.math.BigDecimal.ONE), arguments.get(0)))))),
            Map.entry(
                    "logb",
                    (rex, type, arguments) ->
                            rex.makeCall(type, function("log"), List.of(arguments.get(1), arguments.get(0)))),
            Map.entry("strftime", engine("strftime")),
            Map.entry("strptime_date", parsed()),
            Map.entry("strptime_time", parsed()),
            Map.entry("strptime_timestamp", parsed()));

    private static final Set<String> TESTS = Set.of(
            "and_not",
            "xor",
            "between",
            "is_nan",
            "is_finite",
            "is_infinite",
            "contains",
            "starts_with",
            "ends_with",
            "like");

    private ScalarForms() {}

    /** A call of the function {@code name}; empty if Isthmus reads it well. */
    static Optional<RexNode> call(String name, RexBuilder rex, RelDataType type, List<RexNode> arguments) {
        return Optional.ofNullable(FORMS.get(name)).map(form -> form.of(rex, type, arguments));
    }

    /** What a call gives of which the plan does not tell. */
    static RelDataType type(String name, RelDataTypeFactory types, List<RexNode> arguments) {
        RelDataType type = TESTS.contains(name)
                ? types.createSqlType(SqlTypeName.BOOLEAN)
                : arguments.isEmpty()
                        ? types.createSqlType(SqlTypeName.VARCHAR)
                        : arguments.get(0).getType();
        return types.createTypeWithNullability(type, true);
    }

    /** A function of the engine's own. */
    static SqlFunction function(String name) {
        return new SqlFunction(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0_NULLABLE,
                InferTypes.ANY_NULLABLE,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static Form engine(String name) {
        SqlFunction function = function(name);
        return (rex, type, arguments) -> rex.makeCall(type, function, arguments);
    }

    private static Form infix(String symbol) {
        SqlOperator operator = new SqlBinaryOperator(
                symbol,
                SqlKind.OTHER,
                30,
                true,
                ReturnTypes.ARG0_NULLABLE,
                InferTypes.FIRST_KNOWN,
                OperandTypes.ANY_ANY);
        return (rex, type, arguments) -> rex.makeCall(type, operator, arguments);
    }

    private static Form parsed() {
        return (rex, type, arguments) -> rex.makeAbstractCast(
                type,
                rex.makeCall(
                        rex.getTypeFactory()
                                .createTypeWithNullability(
                                        rex.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP), true),
                        function("strptime"),
                        arguments),
                false);
    }

    /** The engine's skip nulls. */
    private static RexNode nullIfAnyIs(
            RexBuilder rex, RelDataType type, SqlFunction function, List<RexNode> arguments) {
        List<RexNode> tests =
                arguments.stream().map(each -> rex.makeCall(IS_NULL, each)).toList();
        RexNode any = tests.size() == 1 ? tests.get(0) : rex.makeCall(OR, tests);
        return rex.makeCall(
                type, CASE, List.of(any, rex.makeNullLiteral(type), rex.makeCall(type, function, arguments)));
    }
}
