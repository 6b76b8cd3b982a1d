package io.skyport.sql.dialect;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** What the grammar produces that Calcite has no operator for. */
public final class EngineOperators {

    /** {@code a // b}: integer division; binds like {@code /}. */
    public static final SqlBinaryOperator INTEGER_DIVIDE = new SqlBinaryOperator(
            "//",
            SqlKind.OTHER,
            60,
            true,
            ReturnTypes.ARG0_NULLABLE,
            InferTypes.FIRST_KNOWN,
            OperandTypes.NUMERIC_NUMERIC);

    /** {@code FROM 'file.parquet'}: a file as a table. */
    public static final SqlOperator FILE_TABLE = new SqlSpecialOperator("FILE TABLE", SqlKind.OTHER);

    private EngineOperators() {}

    /** {@code $n}. */
    public static SqlDynamicParam numberedParameter(String image, SqlParserPos pos) {
        return new NumberedParameter(image, pos);
    }
}
