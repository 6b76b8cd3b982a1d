package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A join that the engine may spell otherwise than Calcite: ASOF before the type, POSITIONAL. */
public final class Join extends SqlJoin {

    private static final String ASOF = "ASOF ";

    private final String words;

    @SuppressWarnings("NullAway") // Calcite's constructor takes null for no condition.
    private Join(
            SqlParserPos pos,
            SqlNode left,
            boolean natural,
            String asof,
            JoinType type,
            SqlNode right,
            JoinConditionType conditionType,
            @Nullable SqlNode condition) {
        super(
                pos,
                left,
                SqlLiteral.createBoolean(natural, pos),
                plain(type).symbol(pos),
                right,
                conditionType.symbol(pos),
                condition);
        this.words = type == JoinType.LEFT_ASOF ? ASOF + "LEFT JOIN " : asof + words(type);
    }

    private static JoinType plain(JoinType type) {
        return type == JoinType.LEFT_ASOF ? JoinType.LEFT : type;
    }

    private static String words(JoinType type) {
        return switch (type) {
            case INNER -> "JOIN ";
            case LEFT_SEMI_JOIN -> "SEMI JOIN ";
            case LEFT_ANTI_JOIN -> "ANTI JOIN ";
            default -> type.name() + " JOIN ";
        };
    }

    public static Join natural(SqlParserPos pos, SqlNode left, String asof, JoinType type, SqlNode right) {
        return new Join(pos, left, true, asof, type, right, JoinConditionType.NONE, null);
    }

    /** @param words POSITIONAL JOIN, or empty for CROSS JOIN */
    public static Join cross(SqlParserPos pos, SqlNode left, String words, SqlNode right) {
        return new Join(pos, left, words, right);
    }

    @SuppressWarnings("NullAway") // Calcite's constructor takes null for no condition.
    private Join(SqlParserPos pos, SqlNode left, String words, SqlNode right) {
        super(
                pos,
                left,
                SqlLiteral.createBoolean(false, pos),
                JoinType.CROSS.symbol(pos),
                right,
                JoinConditionType.NONE.symbol(pos),
                null);
        this.words = words.isEmpty() ? words(JoinType.CROSS) : words;
    }

    public static Join using(
            SqlParserPos pos, SqlNode left, String asof, JoinType type, SqlNode right, SqlNodeList names) {
        return new Join(pos, left, false, asof, type, right, JoinConditionType.USING, names);
    }

    public static Join on(
            SqlParserPos pos, SqlNode left, String asof, JoinType type, SqlNode right, @Nullable SqlNode condition) {
        JoinConditionType conditionType = condition == null ? JoinConditionType.NONE : JoinConditionType.ON;
        return new Join(pos, left, false, asof, type, right, conditionType, condition);
    }

    /** Both conditions, where there are two. */
    public static @Nullable SqlNode both(@Nullable SqlNode first, @Nullable SqlNode second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return SqlStdOperatorTable.AND.createCall(
                SqlParserPos.sum(List.of(first.getParserPosition(), second.getParserPosition())), first, second);
    }

    /** As the engine writes it, with a blank behind. */
    public String words() {
        return words;
    }
}
