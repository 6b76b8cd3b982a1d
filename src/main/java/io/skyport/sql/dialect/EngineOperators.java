package io.skyport.sql.dialect;

import java.util.List;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** What the grammar produces that Calcite has no operator for, or binds otherwise than the engine. */
public final class EngineOperators {

    /** Looser than addition, tighter than comparison: where PostgreSQL and the engine put what has no place of its own. */
    private static final int OTHER_OPERATORS = 36;

    private static final int MULTIPLICATION = 60;
    private static final int EXPONENTIATION = 70;

    public static final SqlBinaryOperator CONCAT = binary("||", OTHER_OPERATORS, ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator BIT_AND = binary("&", OTHER_OPERATORS, ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator BIT_OR = binary("|", OTHER_OPERATORS, ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator SHIFT_LEFT = binary("<<", OTHER_OPERATORS, ReturnTypes.ARG0_NULLABLE);
    public static final SqlBinaryOperator SHIFT_RIGHT = binary(">>", OTHER_OPERATORS, ReturnTypes.ARG0_NULLABLE);

    /** {@code a // b}: integer division. */
    public static final SqlBinaryOperator INTEGER_DIVIDE = binary("//", MULTIPLICATION, ReturnTypes.ARG0_NULLABLE);

    public static final SqlBinaryOperator POWER = binary("^", EXPONENTIATION, ReturnTypes.DOUBLE_NULLABLE);
    public static final SqlBinaryOperator POWER_STARS = binary("**", EXPONENTIATION, ReturnTypes.DOUBLE_NULLABLE);

    /** {@code INTERVAL '90 days'}. */
    public static final SqlOperator INTERVAL_TEXT = new SqlSpecialOperator("INTERVAL", SqlKind.OTHER);

    /** Behind the arguments of an aggregate. */
    public static final SqlOperator IGNORE_NULLS = new SqlSpecialOperator("IGNORE NULLS", SqlKind.OTHER);

    /** Behind the arguments of an aggregate. */
    public static final SqlOperator RESPECT_NULLS = new SqlSpecialOperator("RESPECT NULLS", SqlKind.OTHER);

    /** {@code FROM 'file.parquet'}: a file as a table. */
    public static final SqlOperator FILE_TABLE = new SqlSpecialOperator("FILE TABLE", SqlKind.OTHER);

    private EngineOperators() {}

    /** The binary operators, for Calcite's operator table. */
    public static List<SqlOperator> binaryOperators() {
        return List.of(CONCAT, BIT_AND, BIT_OR, SHIFT_LEFT, SHIFT_RIGHT, INTEGER_DIVIDE, POWER, POWER_STARS);
    }

    /** {@code $n}. */
    public static SqlDynamicParam numberedParameter(String image, SqlParserPos pos) {
        return new NumberedParameter(image, pos);
    }

    private static SqlBinaryOperator binary(String symbol, int precedence, SqlReturnTypeInference type) {
        return new SqlBinaryOperator(
                symbol, SqlKind.OTHER, precedence, true, type, InferTypes.FIRST_KNOWN, OperandTypes.ANY_ANY);
    }
}
