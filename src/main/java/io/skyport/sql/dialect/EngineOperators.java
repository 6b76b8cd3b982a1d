package io.skyport.sql.dialect;

import io.skyport.sql.text.Ahead;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** What the grammar produces that Calcite has no operator for, or binds otherwise than the engine. */
public final class EngineOperators {

    private static final int PRECEDENCE = 36;
    public static final String IS_JSON = "IS JSON";
    public static final String IS_NOT_JSON = "IS NOT JSON";
    private static final IntPredicate ALL = operand -> true;
    private static final IntPredicate FIRST = operand -> operand == 0;
    private static final IntPredicate NONE = operand -> false;

    public static final SqlBinaryOperator CONCAT = binary("||", ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator BIT_AND = binary("&", ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator BIT_OR = binary("|", ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator SHIFT_LEFT = binary("<<", ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator SHIFT_RIGHT = binary(">>", ReturnTypes.ARG0_NULLABLE);

    /** {@code a // b}: integer division. */
    public static final SqlBinaryOperator INTEGER_DIVIDE = binary("//", ReturnTypes.ARG0_NULLABLE);

    /** {@code a DIV b}: the quotient's integer part, also of numbers that are no integers. */
    public static final SqlBinaryOperator DIV = binary("DIV", ReturnTypes.BIGINT_NULLABLE);

    /** {@code a % b}; Calcite's does not tell parameters what they are. */
    public static final SqlBinaryOperator REMAINDER = binary("%", ReturnTypes.ARG0_NULLABLE);

    public static final SqlBinaryOperator POWER = binary("^", ReturnTypes.DOUBLE_NULLABLE);
    public static final SqlBinaryOperator POWER_STARS = binary("**", ReturnTypes.DOUBLE_NULLABLE);
    public static final SqlBinaryOperator HAS_ALL = predicate("@>");
    public static final SqlBinaryOperator CONTAINED_IN = predicate("<@");
    public static final SqlBinaryOperator HAS_ANY = predicate("&&");

    /** {@code json ? 'key'}. */
    public static final SqlBinaryOperator HAS_KEY = predicate("?");

    /** {@code json ?| keys}: keys are a list, or a text with commas between them. */
    public static final SqlBinaryOperator HAS_ANY_KEY = predicate("?|");

    /** {@code json ?& keys}. */
    public static final SqlBinaryOperator HAS_ALL_KEYS = predicate("?&");

    public static final SqlBinaryOperator STARTS_WITH = predicate("^@");
    public static final SqlBinaryOperator REGEX = predicate("~");
    public static final SqlBinaryOperator NOT_REGEX = predicate("!~");
    public static final SqlBinaryOperator REGEX_ANY_CASE = predicate("~*");
    public static final SqlBinaryOperator NOT_REGEX_ANY_CASE = predicate("!~*");
    public static final SqlBinaryOperator LIKE = predicate("~~");
    public static final SqlBinaryOperator NOT_LIKE = predicate("!~~");
    public static final SqlBinaryOperator ILIKE = predicate("~~*");
    public static final SqlBinaryOperator NOT_ILIKE = predicate("!~~*");
    public static final SqlBinaryOperator GLOB_SYMBOL = predicate("~~~");
    public static final SqlBinaryOperator GLOB = predicate("GLOB");

    /** The engine has GLOB only without NOT. */
    public static final SqlBinaryOperator NOT_GLOB = predicate("NOT GLOB");

    /** {@code a REGEXP b}: a match somewhere in the text. */
    public static final SqlBinaryOperator REGEXP = predicate("REGEXP");

    public static final SqlBinaryOperator NOT_REGEXP = predicate("NOT REGEXP");

    public static final SqlBinaryOperator DISTANCE = binary("<->", ReturnTypes.DOUBLE_NULLABLE);
    public static final SqlBinaryOperator COSINE_DISTANCE = binary("<=>", ReturnTypes.DOUBLE_NULLABLE);

    /** {@code json ->> path}. */
    public static final SqlOperator JSON_TEXT = new EngineOnlyOperator("->>", ALL);

    /** {@code x -> x + 1}, {@code json -> path}: which of them it is, the engine knows by where it stands. */
    public static final SqlOperator ARROW = new EngineOnlyOperator("->", NONE);

    /** {@code LAMBDA x, y: x + y}: the names, the body. */
    public static final SqlOperator LAMBDA = new EngineOnlyOperator("LAMBDA", NONE);

    /** {@code ts AT TIME ZONE zone}. */
    public static final SqlOperator AT_TIME_ZONE = new EngineOnlyOperator("AT TIME ZONE", ALL);

    /** {@code ~ a}. */
    public static final SqlOperator BIT_NOT = new EngineOnlyOperator("~", ALL);

    /** {@code @ a}. */
    public static final SqlOperator ABSOLUTE = new EngineOnlyOperator("@", ALL);

    /** {@code a !}. */
    public static final SqlOperator FACTORIAL = new EngineOnlyOperator("!", ALL);

    /** {@code a COLLATE name}. */
    public static final SqlOperator COLLATE = new EngineOnlyOperator("COLLATE", FIRST);

    /** {@code a IN list}, where the list is a value. */
    public static final SqlOperator IN_LIST = new EngineOnlyOperator("IN", ALL);

    public static final SqlOperator NOT_IN_LIST = new EngineOnlyOperator("NOT IN", ALL);

    /** {@code [a, b]}. */
    public static final SqlOperator LIST = new EngineOnlyOperator("LIST", ALL);

    /** {@code {a: 1, b: 2}}: name, value, name, value. */
    public static final SqlOperator STRUCT = new EngineOnlyOperator("STRUCT", operand -> operand % 2 == 1);

    /** {@code MAP {k: v}}: key, value, key, value. */
    public static final SqlOperator MAP = new EngineOnlyOperator("MAP", ALL);

    /** {@code [result FOR names IN list IF condition]}; the condition may be missing. */
    public static final SqlOperator COMPREHENSION = new EngineOnlyOperator("COMPREHENSION", operand -> operand == 2);

    /** {@code (a).b}. */
    public static final SqlOperator FIELD = new EngineOnlyOperator("FIELD", FIRST);

    /** {@code a[b]}. */
    public static final SqlOperator ELEMENT = new EngineOnlyOperator("ELEMENT", ALL);

    /** {@code #1}. */
    public static final SqlOperator POSITIONAL = new EngineOnlyOperator("POSITIONAL", NONE);

    /** {@code INTERVAL '90 days'}. */
    public static final SqlOperator INTERVAL_TEXT = new EngineOnlyOperator("INTERVAL", NONE);

    /** {@code INTERVAL (value) unit}, for units that Calcite does not know; the unit may be missing. */
    public static final SqlOperator INTERVAL_OF = new EngineOnlyOperator("INTERVAL OF", FIRST);

    /** Behind the arguments of an aggregate. */
    public static final SqlOperator IGNORE_NULLS = new SqlSpecialOperator("IGNORE NULLS", SqlKind.OTHER);

    /** Behind the arguments of an aggregate. */
    public static final SqlOperator RESPECT_NULLS = new SqlSpecialOperator("RESPECT NULLS", SqlKind.OTHER);

    /** {@code FROM 'file.parquet'}: a file as a table. */
    public static final SqlOperator FILE_TABLE = new SqlSpecialOperator("FILE TABLE", SqlKind.OTHER);

    private static final List<SqlOperator> BINARY = List.of(
            CONCAT,
            BIT_AND,
            BIT_OR,
            SHIFT_LEFT,
            SHIFT_RIGHT,
            INTEGER_DIVIDE,
            DIV,
            REMAINDER,
            POWER,
            POWER_STARS,
            HAS_ALL,
            CONTAINED_IN,
            HAS_ANY,
            HAS_KEY,
            HAS_ANY_KEY,
            HAS_ALL_KEYS,
            STARTS_WITH,
            REGEX,
            NOT_REGEX,
            REGEX_ANY_CASE,
            NOT_REGEX_ANY_CASE,
            LIKE,
            NOT_LIKE,
            ILIKE,
            NOT_ILIKE,
            GLOB_SYMBOL,
            GLOB,
            NOT_GLOB,
            REGEXP,
            NOT_REGEXP,
            DISTANCE,
            COSINE_DISTANCE);

    private EngineOperators() {}

    /** The binary operators, for Calcite's operator table. */
    public static List<SqlOperator> binaryOperators() {
        return BINARY;
    }

    /** {@code $n}. */
    public static SqlDynamicParam numberedParameter(String image, SqlParserPos pos) {
        return new NumberedParameter(image, pos);
    }

    /** {@code #n}. */
    public static SqlNode positional(String image, SqlParserPos pos) {
        return POSITIONAL.createCall(pos, SqlLiteral.createExactNumeric(image.substring(1), pos));
    }

    /**
     * {@code a[b]} or a slice.
     *
     * @param shape what stands in the brackets: 1 for each of the parts behind the first, the colons, and - for no end
     */
    public static SqlNode subscript(SqlParserPos pos, List<SqlNode> parts, String shape) {
        SqlOperator operator = shape.equals("1") ? ELEMENT : new EngineOnlyOperator("SLICE", ALL, shape);
        return operator.createCall(pos, parts);
    }

    /**
     * {@code a IS [NOT] JSON kind}.
     *
     * @param kind VALUE, ARRAY, OBJECT or SCALAR
     */
    public static SqlOperator isJson(boolean not, String kind) {
        return new EngineOnlyOperator(not ? IS_NOT_JSON : IS_JSON, ALL, kind);
    }

    /** {@code type 'text'}: for dates and times a literal that the validator types, for others a cast. */
    public static SqlNode typedLiteral(SqlDataTypeSpec type, SqlLiteral text) {
        SqlParserPos pos = type.getParserPosition().plus(text.getParserPosition());
        if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic && basic.getPrecision() < 0) {
            String name = basic.getTypeName().getSimple();
            if (List.of("DATE", "TIME", "TIMESTAMP").contains(name)) {
                return SqlLiteral.createUnknown(name, String.valueOf(text.getValueAs(String.class)), pos);
            }
        }
        return SqlStdOperatorTable.CAST.createCall(pos, text, type);
    }

    /** The type of {@code {d '...'}}, {@code {t '...'}} and {@code {ts '...'}}. */
    public static String jdbcLiteral(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "d" -> "DATE";
            case "t" -> "TIME";
            default -> "TIMESTAMP";
        };
    }

    /** {@code SQL_INTEGER} and the like. */
    public static SqlDataTypeSpec jdbcType(SqlIdentifier name) {
        String bare = name.getSimple().substring("SQL_".length()).toUpperCase(Locale.ROOT);
        SqlIdentifier type = new SqlIdentifier(bare, name.getParserPosition());
        return new SqlDataTypeSpec(
                EngineTypeNameSpec.named(type, List.of(), name.getParserPosition()), type.getParserPosition());
    }

    /** A unit of EXTRACT, which may be one that only the engine knows. */
    public static SqlIntervalQualifier timeUnit(String name, SqlParserPos pos) {
        String upper = name.toUpperCase(Locale.ROOT);
        TimeUnit unit = Util.enumVal(TimeUnit.class, upper);
        return unit == null || unit.name().length() == 1
                ? new SqlIntervalQualifier(name, pos)
                : new SqlIntervalQualifier(unit, null, pos);
    }

    /**
     * An interval.
     *
     * @param value a text, or anything that has a number
     * @param unit in the engine's words, or null
     * @param to the smaller unit of a compound one, or null
     */
    public static SqlNode interval(
            SqlParserPos pos, boolean negative, SqlNode value, @Nullable String unit, @Nullable String to) {
        SqlIntervalQualifier qualifier = unit == null ? null : qualifier(unit, to, pos);
        if (value instanceof SqlLiteral text && qualifier != null && isText(text)) {
            String written = text.getValueAs(String.class);
            return SqlLiteral.createInterval(negative ? -1 : 1, String.valueOf(written), qualifier, pos);
        }
        SqlNode amount = negative ? SqlStdOperatorTable.UNARY_MINUS.createCall(pos, value) : value;
        if (value instanceof SqlLiteral text && isText(text) && unit == null) {
            SqlNode interval = INTERVAL_TEXT.createCall(pos, value);
            return negative ? SqlStdOperatorTable.UNARY_MINUS.createCall(pos, interval) : interval;
        }
        if (qualifier != null) {
            return SqlStdOperatorTable.INTERVAL.createCall(pos, amount, qualifier);
        }
        return unit == null
                ? INTERVAL_OF.createCall(pos, amount)
                : INTERVAL_OF.createCall(pos, amount, new SqlIdentifier(unit, pos));
    }

    private static boolean isText(SqlLiteral literal) {
        return literal.getTypeName() == SqlTypeName.CHAR;
    }

    /** Null if Calcite has no interval of the unit. */
    private static @Nullable SqlIntervalQualifier qualifier(String unit, @Nullable String to, SqlParserPos pos) {
        return switch (unit) {
            case "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND" ->
                new SqlIntervalQualifier(
                        TimeUnit.valueOf(unit), to == null ? null : TimeUnit.valueOf(Ahead.singular(to)), pos);
            default -> null;
        };
    }

    private static SqlBinaryOperator predicate(String symbol) {
        return binary(symbol, ReturnTypes.BOOLEAN_NULLABLE);
    }

    private static SqlBinaryOperator binary(String symbol, SqlReturnTypeInference type) {
        return new SqlBinaryOperator(
                symbol, SqlKind.OTHER, PRECEDENCE, true, type, InferTypes.FIRST_KNOWN, OperandTypes.ANY_ANY);
    }
}
