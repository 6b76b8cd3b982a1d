package io.skyport.sql.text;

import static io.skyport.sql.parser.SkyportParserConstants.*;

import io.skyport.sql.parser.SkyportParserConstants;
import io.skyport.sql.parser.Token;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** What the grammar sees in the tokens ahead where one token does not tell what starts there. */
public final class Ahead {

    /** Words that name nothing without quotes: the engine reserves them. */
    private static final BitSet RESERVED = kinds(List.of(
            "ALL",
            "AND",
            "ANY",
            "ARRAY",
            "AS",
            "ASC",
            "ASYMMETRIC",
            "BOTH",
            "CASE",
            "CHECK",
            "COLLATE",
            "COLUMN",
            "CONSTRAINT",
            "CREATE",
            "CROSS",
            "DEFAULT",
            "DESC",
            "DESCRIBE",
            "DISTINCT",
            "DO",
            "ELSE",
            "END",
            "EXCEPT",
            "FALSE",
            "FETCH",
            "FOR",
            "FOREIGN",
            "FROM",
            "GROUP",
            "HAVING",
            "IN",
            "INNER",
            "INTERSECT",
            "INTO",
            "IS",
            "ISNULL",
            "JOIN",
            "LATERAL",
            "LEADING",
            "LIKE",
            "LIMIT",
            "NATURAL",
            "NOT",
            "NOTNULL",
            "NULL",
            "OFFSET",
            "ON",
            "ONLY",
            "OR",
            "ORDER",
            "OUTER",
            "PIVOT",
            "PRIMARY",
            "QUALIFY",
            "REFERENCES",
            "RETURNING",
            "SELECT",
            "SIMILAR",
            "SOME",
            "SYMMETRIC",
            "TABLE",
            "THEN",
            "TO",
            "TRAILING",
            "TRUE",
            "UNION",
            "UNIQUE",
            "UNPIVOT",
            "USING",
            "WHEN",
            "WHERE",
            "WINDOW",
            "WITH"));

    private static final Set<Integer> SPECIAL_FUNCTIONS = Set.of(
            CAST,
            SAFE_CAST,
            TRY_CAST,
            CONVERT,
            EXTRACT,
            POSITION,
            OVERLAY,
            SUBSTRING,
            TRIM,
            FLOOR,
            CEIL,
            CEILING,
            TIMESTAMPADD,
            TIMESTAMPDIFF,
            JSON_EXISTS,
            JSON_VALUE,
            JSON_QUERY,
            JSON_OBJECT,
            JSON_OBJECTAGG,
            JSON_ARRAY,
            JSON_ARRAYAGG);

    private static final BitSet INFIX = bits(
            OR,
            AND,
            EQ,
            EQUALS_TWICE,
            NE,
            NE2,
            LT,
            LE,
            GT,
            GE,
            PLUS,
            MINUS,
            STAR,
            SLASH,
            PERCENT_REMAINDER,
            INTEGER_DIVIDE,
            CARET,
            POWER_OPERATOR,
            CONCAT,
            AMPERSAND,
            VERTICAL_BAR,
            LEFTSHIFT,
            RIGHTSHIFT,
            LAMBDA,
            JSON_TEXT_ARROW,
            HAS_ALL,
            HOOK,
            CONTAINED_IN,
            HAS_ANY,
            STARTS_WITH,
            DISTANCE,
            COSINE_DISTANCE,
            TILDE,
            NOT_REGEX,
            REGEX_ANY_CASE,
            NOT_REGEX_ANY_CASE,
            LIKE_SYMBOL,
            NOT_LIKE_SYMBOL,
            ILIKE_SYMBOL,
            NOT_ILIKE_SYMBOL,
            GLOB_SYMBOL,
            INFIX_CAST,
            IS,
            BETWEEN,
            LIKE,
            ILIKE,
            SIMILAR,
            GLOB,
            ISNULL,
            NOTNULL,
            NEGATE,
            COLLATE,
            OVERLAPS);

    /** Beside names, texts and parentheses. */
    private static final BitSet STARTS_OPERAND = bits(
            UNSIGNED_INTEGER_LITERAL,
            DECIMAL_NUMERIC_LITERAL,
            APPROX_NUMERIC_LITERAL,
            RADIX_LITERAL,
            PLUS,
            MINUS,
            CASE,
            NULL);

    /** What follows the sign of {@code LIMIT 10%}. */
    private static final BitSet AFTER_PERCENT =
            bits(EOF, SEMICOLON, RPAREN, COMMA, OFFSET, FOR, UNION, EXCEPT, INTERSECT, WITH, ON, RETURNING);

    /** Also in the plural; in the singular they are the engine's. */
    private static final Map<String, String> PLURALS = Map.of("CENTURIES", "CENTURY", "MILLENNIA", "MILLENNIUM");

    private static final Set<String> UNITS = Set.of(
            "MILLENNIUM",
            "CENTURY",
            "DECADE",
            "YEAR",
            "QUARTER",
            "MONTH",
            "WEEK",
            "DAY",
            "HOUR",
            "MINUTE",
            "SECOND",
            "MILLISECOND",
            "MICROSECOND");

    private Ahead() {}

    /** A word: a name without quotes or a keyword. */
    public static boolean word(Token token) {
        String image = token.image;
        if (image.isEmpty()) {
            return false;
        }
        char first = image.charAt(0);
        char last = image.charAt(image.length() - 1);
        return (first == '_' || Character.isLetter(first)) && last != '\'' && last != '"';
    }

    /** What names something where no keyword could stand. */
    public static boolean name(Token token) {
        return word(token) || quotedName(token);
    }

    private static boolean quotedName(Token token) {
        return token.kind == QUOTED_IDENTIFIER || token.kind == UNICODE_QUOTED_IDENTIFIER;
    }

    /** What names something where a keyword could stand as well. */
    static boolean freeName(Token token) {
        return quotedName(token) || (word(token) && !RESERVED.get(token.kind));
    }

    public static boolean prefixOperator(Token token) {
        return switch (token.kind) {
            case PLUS, MINUS, NOT, TILDE, AT_SIGN -> true;
            default -> false;
        };
    }

    /**
     * Whether an operator follows an operand.
     *
     * @param stop a word that is none here
     */
    public static boolean operator(IntFunction<Token> tokens, int stop) {
        Token token = tokens.apply(1);
        if (INFIX.get(token.kind)) {
            return token.kind != PERCENT_REMAINDER || !AFTER_PERCENT.get(tokens.apply(2).kind);
        }
        return switch (token.kind) {
            case IN -> stop != IN;
            case NOT -> stop != NOT && (negatable(tokens.apply(2)) || isRegexp(tokens.apply(2)));
            case AT -> tokens.apply(2).kind == TIME || tokens.apply(2).kind == LOCAL;
            case ESCAPE -> startsText(tokens.apply(2));
            default -> wordOperator(tokens);
        };
    }

    private static boolean negatable(Token token) {
        return switch (token.kind) {
            case IN, BETWEEN, LIKE, ILIKE, SIMILAR, GLOB, NULL -> true;
            default -> false;
        };
    }

    /** Words that are names of columns elsewhere: DIV, MOD, REGEXP, OPERATOR(...). */
    public static boolean wordOperator(IntFunction<Token> tokens) {
        Token first = tokens.apply(1);
        if (first.kind == NOT) {
            return isRegexp(tokens.apply(2));
        }
        if (!word(first) || first.image.length() < 3) {
            return false;
        }
        return switch (first.image.toUpperCase(Locale.ROOT)) {
            case "DIV", "MOD", "REGEXP", "RLIKE" -> startsOperand(tokens.apply(2));
            case "OPERATOR" -> tokens.apply(2).kind == LPAREN;
            default -> false;
        };
    }

    private static boolean isRegexp(Token token) {
        return word(token) && (token.image.equalsIgnoreCase("REGEXP") || token.image.equalsIgnoreCase("RLIKE"));
    }

    /** Behind a name that an expression may have: then the name is no name. */
    private static boolean startsOperand(Token token) {
        return startsText(token) || freeName(token) || STARTS_OPERAND.get(token.kind);
    }

    private static boolean startsText(Token token) {
        return switch (token.kind) {
            case QUOTED_STRING, C_STYLE_ESCAPED_STRING_LITERAL, HOOK, NUMBERED_PARAMETER, LPAREN -> true;
            default -> false;
        };
    }

    /** Whether nothing stands between two tokens. */
    public static boolean adjacent(Token first, Token second) {
        return first.endLine == second.beginLine && first.endColumn + 1 == second.beginColumn;
    }

    /** ANY ( and the like, behind a comparison. */
    public static boolean quantified(Token second, Token third) {
        return third.kind == LPAREN && (second.kind == ANY || second.kind == SOME || second.kind == ALL);
    }

    public static boolean inOperator(Token first, Token second) {
        return first.kind == IN || (first.kind == NOT && second.kind == IN);
    }

    public static boolean betweenOperator(Token first, Token second) {
        return first.kind == BETWEEN || (first.kind == NOT && second.kind == BETWEEN);
    }

    /** {d '...'}, {fn name ...}: {d: 1} is a struct. */
    public static boolean jdbcEscape(Token first, Token second, Token third) {
        if (first.kind != LBRACE || !word(second)) {
            return false;
        }
        return switch (second.image.toLowerCase(Locale.ROOT)) {
            case "d", "t", "ts" -> third.kind == QUOTED_STRING;
            case "fn" -> name(third);
            default -> false;
        };
    }

    /** LAMBDA x : or LAMBDA x, */
    public static boolean lambda(Token first, Token second, Token third) {
        return first.kind == IDENTIFIER
                && first.image.equalsIgnoreCase("lambda")
                && name(second)
                && (third.kind == COLON || third.kind == COMMA);
    }

    public static boolean specialFunction(Token token) {
        return SPECIAL_FUNCTIONS.contains(token.kind);
    }

    /** name ( or name . name ( */
    public static boolean function(IntFunction<Token> tokens) {
        if (!freeName(tokens.apply(1))) {
            return false;
        }
        int at = 2;
        while (tokens.apply(at).kind == DOT && name(tokens.apply(at + 1))) {
            at += 2;
        }
        return tokens.apply(at).kind == LPAREN;
    }

    /** type 'text', where the type may have arguments and several words. */
    public static boolean typedLiteral(IntFunction<Token> tokens) {
        if (!freeName(tokens.apply(1))) {
            return false;
        }
        int at = 2;
        while (tokens.apply(at).kind == DOT && name(tokens.apply(at + 1))) {
            at += 2;
        }
        if (tokens.apply(at).kind == QUOTED_STRING) {
            return true;
        }
        Token next = tokens.apply(at);
        if (next.kind == VARYING || next.kind == PRECISION) {
            next = tokens.apply(++at);
        }
        if (next.kind == LPAREN) {
            at = afterNumbers(tokens, at);
            next = tokens.apply(at);
        }
        if (next.kind == WITH || next.kind == WITHOUT) {
            at += tokens.apply(at + 1).kind == LOCAL ? 2 : 1;
            boolean zone = tokens.apply(at).kind == TIME && tokens.apply(at + 1).kind == ZONE;
            next = tokens.apply(zone ? at + 2 : at);
        }
        return next.kind == QUOTED_STRING;
    }

    /** Behind ( number, ... ); where it stands if there is none. */
    private static int afterNumbers(IntFunction<Token> tokens, int open) {
        int at = open + 1;
        while (tokens.apply(at).kind == UNSIGNED_INTEGER_LITERAL || tokens.apply(at).kind == COMMA) {
            at++;
        }
        return tokens.apply(at).kind == RPAREN ? at + 1 : open;
    }

    /** INTERVAL and a value; otherwise it is a name. */
    public static boolean interval(IntFunction<Token> tokens) {
        if (tokens.apply(1).kind != INTERVAL) {
            return false;
        }
        Token value = tokens.apply(2);
        return switch (value.kind) {
            case QUOTED_STRING,
                    DOLLAR_QUOTED_STRING,
                    C_STYLE_ESCAPED_STRING_LITERAL,
                    UNSIGNED_INTEGER_LITERAL,
                    DECIMAL_NUMERIC_LITERAL,
                    APPROX_NUMERIC_LITERAL,
                    RADIX_LITERAL,
                    HOOK,
                    NUMBERED_PARAMETER,
                    LPAREN -> true;
            case PLUS, MINUS -> tokens.apply(3).kind == QUOTED_STRING;
            default -> freeName(value) && unitBehindName(tokens);
        };
    }

    private static boolean unitBehindName(IntFunction<Token> tokens) {
        int at = 3;
        while (tokens.apply(at).kind == DOT && name(tokens.apply(at + 1))) {
            at += 2;
        }
        return intervalUnit(tokens.apply(at));
    }

    public static boolean intervalUnit(Token token) {
        return word(token) && UNITS.contains(singular(token.image));
    }

    /** In upper case and without the plural's ending. */
    public static String singular(String unit) {
        String upper = unit.toUpperCase(Locale.ROOT);
        if (PLURALS.containsKey(upper)) {
            return PLURALS.get(upper);
        }
        return upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
    }

    private static BitSet bits(int... kinds) {
        BitSet set = new BitSet();
        for (int kind : kinds) {
            set.set(kind);
        }
        return set;
    }

    private static BitSet kinds(List<String> words) {
        BitSet set = new BitSet();
        for (int kind = 0; kind < SkyportParserConstants.tokenImage.length; kind++) {
            String image = SkyportParserConstants.tokenImage[kind];
            if (image.startsWith("\"") && words.contains(image.substring(1, image.length() - 1))) {
                set.set(kind);
            }
        }
        return set;
    }
}
