package io.skyport.sql.dialect;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.parser.SkyportParserConstants;
import io.skyport.sql.parser.Token;
import io.skyport.sql.text.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The operands and operators of one expression in the order in which they are read, and the tree that they mean. Binding
 * is the engine's, which is PostgreSQL's; Calcite's is another.
 */
public final class Infix {

    /** How tightly operators bind, loosest first. */
    public enum Level {
        ARROW,
        OR,
        AND,
        NOT,
        IS,
        COMPARISON,
        /** LIKE, BETWEEN, IN and their kind. */
        MATCH,
        ESCAPE,
        POSTFIX,
        /** Every operator without a place of its own. */
        OTHER,
        ADD,
        MULTIPLY,
        POWER,
        AT,
        COLLATE,
        SIGN,
        CAST;

        private Level tighter() {
            return values()[ordinal() + 1];
        }

        /** {@code a = b = c} means nothing. */
        private boolean chains() {
            return this != COMPARISON && this != MATCH;
        }
    }

    private enum Place {
        OPERAND,
        PREFIX,
        INFIX,
        POSTFIX
    }

    private record Item(
            Place place,
            @Nullable SqlNode operand,
            @Nullable SqlOperator operator,
            Level level,
            SqlParserPos pos) {}

    private final List<Item> items = new ArrayList<>();
    private int next;
    private @Nullable Token following;

    public void operand(SqlNode operand) {
        items.add(new Item(Place.OPERAND, operand, null, Level.CAST, operand.getParserPosition()));
    }

    public void prefix(SqlOperator operator, Level level, SqlParserPos pos) {
        items.add(new Item(Place.PREFIX, null, operator, level, pos));
    }

    public void binary(SqlOperator operator, Level level, SqlParserPos pos) {
        items.add(new Item(Place.INFIX, null, operator, level, pos));
    }

    public void postfix(SqlOperator operator, Level level, SqlParserPos pos) {
        items.add(new Item(Place.POSTFIX, null, operator, level, pos));
    }

    /** A postfix operator that has something behind it that is no operand: a type, a collation. */
    public void postfix(SqlOperator operator, Level level, SqlParserPos pos, SqlNode argument) {
        items.add(new Item(Place.POSTFIX, argument, operator, level, pos));
    }

    /** Binds the operator that was read last otherwise than its kind does. */
    public void bindAs(Level level) {
        Item last = items.remove(items.size() - 1);
        items.add(new Item(last.place(), last.operand(), last.operator(), level, last.pos()));
    }

    /** What stood in parentheses behind IN or ANY. */
    public static SqlNode queryOrList(SqlNodeList list) {
        return list.size() == 1 && list.get(0).isA(SqlKind.QUERY) ? list.get(0) : list;
    }

    public static SkyportException syntaxError(String found, SqlParserPos pos) {
        String shown = found.isEmpty() ? "the end" : "\"" + found + "\"";
        return new SkyportException(ErrorCode.SYNTAX_ERROR, "syntax error at " + shown, SqlText.position(pos), null);
    }

    public static SkyportException unexpected(Token token) {
        boolean end = token.kind == SkyportParserConstants.EOF;
        SqlParserPos pos = new SqlParserPos(token.beginLine, end ? token.endColumn + 1 : token.beginColumn);
        return syntaxError(token.image, pos);
    }

    public static SkyportException tooDeep(int depth, SqlParserPos pos) {
        return new SkyportException(
                ErrorCode.STATEMENT_TOO_COMPLEX,
                "the statement is nested too deeply: more than " + depth + " levels",
                SqlText.position(pos),
                null);
    }

    /**
     * The tree of all that was read.
     *
     * @param following the first token that does not belong to it
     */
    public SqlNode tree(Token following) {
        this.following = following;
        if (items.size() == 1) {
            return operandOf(items.get(0));
        }
        SqlNode tree = expression(Level.ARROW);
        if (next < items.size()) {
            throw unexpected(items.get(next));
        }
        return tree;
    }

    private SqlNode expression(Level loosest) {
        Item first = items.get(next++);
        SqlNode left =
                first.place() == Place.PREFIX ? call(first, List.of(expression(first.level()))) : operandOf(first);
        while (next < items.size() && items.get(next).level().compareTo(loosest) >= 0) {
            Item item = items.get(next++);
            left = item.place() == Place.POSTFIX ? postfix(left, item) : infix(left, item);
        }
        return left;
    }

    private static SqlNode postfix(SqlNode left, Item item) {
        SqlNode argument = item.operand();
        return call(item, argument == null ? List.of(left) : List.of(left, argument));
    }

    private SqlNode infix(SqlNode left, Item item) {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(left);
        if (operatorOf(item).getKind() == SqlKind.BETWEEN) {
            operands.add(expression(Level.COMPARISON));
            expectAnd();
            operands.add(expression(item.level().tighter()));
        } else {
            boolean matches = matches(operatorOf(item));
            operands.add(expression(matches ? Level.POSTFIX : item.level().tighter()));
            if (matches && at(SqlStdOperatorTable.ESCAPE)) {
                next++;
                operands.add(expression(Level.POSTFIX));
            }
        }
        if (!item.level().chains() && next < items.size() && items.get(next).level() == item.level()) {
            throw unexpected(items.get(next));
        }
        return call(item, operands);
    }

    private static boolean matches(SqlOperator operator) {
        return operator.getKind() == SqlKind.LIKE || operator.getKind() == SqlKind.SIMILAR;
    }

    private boolean at(SqlOperator operator) {
        return next < items.size() && items.get(next).operator() == operator;
    }

    private void expectAnd() {
        if (at(SqlStdOperatorTable.AND)) {
            next++;
        } else if (next < items.size()) {
            throw unexpected(items.get(next));
        } else {
            throw unexpected(Objects.requireNonNull(following));
        }
    }

    private static SkyportException unexpected(Item item) {
        return syntaxError(operatorOf(item).getName().replace(" ASYMMETRIC", ""), item.pos());
    }

    private static SqlNode call(Item item, List<SqlNode> operands) {
        List<SqlParserPos> positions = new ArrayList<>();
        positions.add(item.pos());
        operands.forEach(operand -> positions.add(operand.getParserPosition()));
        return operatorOf(item).createCall(SqlParserPos.sum(positions), operands);
    }

    private static SqlNode operandOf(Item item) {
        SqlNode operand = item.operand();
        if (operand == null) {
            throw unexpected(item);
        }
        return operand;
    }

    private static SqlOperator operatorOf(Item item) {
        SqlOperator operator = item.operator();
        if (operator == null) {
            throw syntaxError(String.valueOf(item.operand()), item.pos());
        }
        return operator;
    }
}
