package io.skyport.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a statement as the engine prints it. The engine keeps some facts nowhere but in that text (generated
 * columns, the mark of external tables); its own printing is regular enough to be read token by token.
 */
public final class EngineSqlTokens {

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private EngineSqlTokens(String sql) {
        this.sql = sql;
    }

    /** All of them, in order; blanks are none. */
    public static List<Token> of(String sql) {
        EngineSqlTokens lexer = new EngineSqlTokens(sql);
        while (lexer.at < sql.length()) {
            lexer.token();
        }
        return lexer.tokens;
    }

    private void token() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '"') {
            int start = at;
            tokens.add(new Token(Kind.QUOTED, quoted('"'), start, at));
        } else if (c == '\'') {
            int start = at;
            tokens.add(new Token(Kind.STRING, quoted('\''), start, at));
        } else if (isWordPart(c)) {
            int start = at;
            while (at < sql.length() && isWordPart(sql.charAt(at))) {
                at++;
            }
            tokens.add(new Token(Kind.WORD, sql.substring(start, at), start, at));
        } else {
            at++;
            tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), at - 1, at));
        }
    }

    /** The content; a quote that is never closed ends with the text. */
    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == quote) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
                    break;
                }
                at++;
            }
            content.append(c);
        }
        at = Math.min(at + 1, sql.length());
        return content.toString();
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** What a token is. */
    public enum Kind {
        WORD,
        QUOTED,
        STRING,
        SYMBOL,
        END
    }

    /** A token, from {@code start} to before {@code end}; {@code text} is without quotes. */
    public record Token(Kind kind, String text, int start, int end) {

        static final Token END = new Token(Kind.END, "", 0, 0);

        /** A keyword, not a quoted name. */
        public boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        /** A name, quoted or not. */
        public boolean isName(String name) {
            return isName() && text.equalsIgnoreCase(name);
        }

        /** Any name or keyword. */
        public boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }

        /** A character literal. */
        public boolean isString() {
            return kind == Kind.STRING;
        }

        /** This one character. */
        public boolean isSymbol(char symbol) {
            return kind == Kind.SYMBOL && text.charAt(0) == symbol;
        }
    }
}
