package io.skyport.sql.query;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Operators of queries that Calcite does not have. */
public final class QueryOperators {

    /** {@code LIMIT 10%} */
    public static final SqlOperator PERCENT = operator("%");

    /** {@code ORDER BY ALL} */
    public static final SqlOperator ALL_COLUMNS = operator("ALL");

    /** {@code *COLUMNS(...)}: as arguments, not as columns. */
    public static final SqlOperator UNPACK = operator("*");

    /** {@code FROM f() WITH ORDINALITY} */
    public static final SqlOperator WITH_ORDINALITY = operator("WITH ORDINALITY");

    private static final SqlSetOperator UNION_BY_NAME = byName(SqlStdOperatorTable.UNION, false);
    private static final SqlSetOperator UNION_ALL_BY_NAME = byName(SqlStdOperatorTable.UNION_ALL, true);

    private QueryOperators() {}

    private static SqlOperator operator(String name) {
        return new SqlSpecialOperator(name, SqlKind.OTHER);
    }

    private static SqlSetOperator byName(SqlSetOperator operator, boolean all) {
        return new SqlSetOperator(operator.getName() + " BY NAME", SqlKind.UNION, operator.getLeftPrec() / 2, all);
    }

    public static SqlSetOperator setOperator(SqlKind kind, boolean all, boolean byName) {
        return switch (kind) {
            case UNION ->
                byName
                        ? all ? UNION_ALL_BY_NAME : UNION_BY_NAME
                        : all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
            case INTERSECT -> all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
            case EXCEPT -> all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
            default -> throw new IllegalArgumentException(kind.sql);
        };
    }

    public static boolean isByName(SqlSetOperator operator) {
        return operator == UNION_BY_NAME || operator == UNION_ALL_BY_NAME;
    }
}
