package io.skyport.sql.text;

import static io.skyport.sql.parser.SkyportParserConstants.COMMA;
import static io.skyport.sql.parser.SkyportParserConstants.DOUBLE_QUOTE;
import static io.skyport.sql.parser.SkyportParserConstants.EOF;
import static io.skyport.sql.parser.SkyportParserConstants.IDENTIFIER;
import static io.skyport.sql.parser.SkyportParserConstants.QUOTE;
import static io.skyport.sql.parser.SkyportParserConstants.QUOTED_IDENTIFIER;
import static io.skyport.sql.parser.SkyportParserConstants.SEMICOLON;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.sql.parser.ParseException;
import io.skyport.sql.parser.Token;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Syntax errors in few words: what was found, and what could stand there if that is little. */
final class SyntaxErrors {

    /** More alternatives than these help nobody. */
    private static final int MAX_EXPECTED = 6;

    /** Productions that decide by one token, at which they fail. */
    private static final Set<String> ONE_TOKEN = Set.of(
            "SelectedExpression",
            "AddArg",
            "BareOperand",
            "AddIdentifierSegment",
            "ReservedWord",
            "Atom",
            "CaseExpression",
            "CastFunction",
            "ExtractFunction",
            "FunctionParameterList",
            "ListOperand",
            "StructOperand",
            "StructField",
            "ElementOrSlice",
            "IsOperator",
            "MatchOperator",
            "ParenthesizedQueryOrCommaList");

    /** Productions behind which anything may stand that has a value. */
    private static final Set<String> ANYTHING =
            Set.of("SelectedExpression", "BareOperand", "Atom", "AddIdentifierSegment", "ReservedWord");

    private SyntaxErrors() {}

    static SkyportException empty(String text) {
        return new SkyportException(ErrorCode.SYNTAX_ERROR, "the statement is empty", end(text), null);
    }

    static SkyportException tooDeep(Throwable failure) {
        return new SkyportException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", failure);
    }

    static SkyportException of(SqlParseException failure, String text) {
        if (failure.getCause() instanceof ParseException parse && parse.currentToken != null) {
            return unexpected(parse, failure, text);
        }
        if (failure.getCause() instanceof SkyportException refused) {
            return refused;
        }
        if (failure.getCause() instanceof CalciteContextException context) {
            return of(context);
        }
        if (failure.getCause() instanceof StackOverflowError) {
            return tooDeep(failure);
        }
        SqlParserPos pos = failure.getPos();
        SqlPosition position = pos == null ? end(text) : SqlText.position(pos);
        return error(lexicalText(failure), position, failure);
    }

    /** What the grammar's own checks refuse. */
    static SkyportException of(CalciteContextException failure) {
        return error(text(failure), SqlText.position(failure), failure);
    }

    private static SkyportException unexpected(ParseException parse, SqlParseException failure, String text) {
        Token last = parse.currentToken;
        Token first = last.next;
        if (first.kind == EOF && (last.kind == SEMICOLON || last.kind == EOF)) {
            return empty(text);
        }
        if (last.kind == SEMICOLON) {
            return error(
                    "a text holds one statement, but a second one starts with " + shown(first),
                    position(first, text),
                    failure);
        }
        if (first.kind == QUOTE || first.kind == DOUBLE_QUOTE) {
            return error("syntax error: the quote is not closed", position(first, text), failure);
        }
        String production = production(parse);
        Token found = last.kind == COMMA ? first : culprit(first, production);
        boolean says = found == first && !ANYTHING.contains(production);
        return error("syntax error at " + shown(found) + (says ? expected(parse) : ""), position(found, text), failure);
    }

    private static SqlPosition position(Token token, String text) {
        return token.kind == EOF ? end(text) : new SqlPosition(token.beginLine, token.beginColumn);
    }

    /**
     * Outside of expressions the parser decides by two tokens, but says where the first stands: the second is wrong if the
     * first is a word of SQL.
     */
    private static Token culprit(Token first, String production) {
        boolean name = first.kind == IDENTIFIER || first.kind == QUOTED_IDENTIFIER;
        boolean behindAll =
                production.equals("SqlStmtEof") && (Ahead.freeName(first) || !Ahead.word(first)) && first.kind != COMMA;
        boolean itself = first.next == null || name || behindAll || ONE_TOKEN.contains(production);
        return itself ? first : first.next;
    }

    /** Which production did not know how to go on: the one above the generated code that says so. */
    private static String production(ParseException parse) {
        StackTraceElement[] frames = parse.getStackTrace();
        return frames.length > 2 ? frames[2].getMethodName() : "";
    }

    private static SkyportException error(String text, SqlPosition position, Throwable cause) {
        return new SkyportException(ErrorCode.SYNTAX_ERROR, text, position, cause);
    }

    private static SqlPosition end(String text) {
        return SqlPosition.ofOffset(text, text.length());
    }

    private static String shown(Token token) {
        return token.kind == EOF ? "the end" : "\"" + token.image + "\"";
    }

    private static String expected(ParseException parse) {
        SortedSet<String> names = new TreeSet<>();
        for (int[] sequence : parse.expectedTokenSequences) {
            names.add(name(parse.tokenImage[sequence[0]]));
        }
        boolean says = !names.isEmpty() && names.size() <= MAX_EXPECTED && !names.contains("the end");
        return says ? names.stream().collect(Collectors.joining(", ", "; expected ", "")) : "";
    }

    private static String name(String image) {
        if (image.equals("<EOF>")) {
            return "the end";
        }
        String bare = image.substring(1, image.length() - 1);
        return image.startsWith("\"") ? bare : bare.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The innermost message, without Calcite's own "From line ..." in front. */
    static String text(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    private static String lexicalText(SqlParseException failure) {
        if (failure.getCause() instanceof RuntimeException || failure.getCause() instanceof AssertionError) {
            return "syntax error";
        }
        String message = text(failure);
        if (message.contains("<EOF>")) {
            return "syntax error: a quote or comment is not closed";
        }
        int at = message.indexOf("Encountered: ");
        return "syntax error: " + (at < 0 ? message : "unexpected character " + character(message, at));
    }

    private static String character(String message, int at) {
        String rest = message.substring(at + "Encountered: ".length());
        int end = rest.indexOf(" ", 1);
        return end < 0 ? rest : rest.substring(0, end);
    }
}
